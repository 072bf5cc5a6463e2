import type { RunBlock } from '../numeric/team.js';
import { type MapKernels, mapKernels } from '../numeric/wasm/map.js';
import { doublesAt, integersAt } from '../numeric/wasm/shared-memory.js';
import { LANES, presentGrid } from './grid.js';
import { type DataBounds, TILE } from './map-data.js';
import { type MapMemory, QUERY_BLOCK } from './map-memory.js';

/** The operations of a map's team, each on one block of points. */
export const NEIGHBOURS = 0;
export const FORCES = 1;
export const DIVERGENCE = 2;
export const COLUMNS = 3;
export const ROWS = 4;
export const COLUMNS_BACK = 5;
export const GRID_FORCES = 6;
export const SPREAD = 7;

/** What every thread needs to know to do its blocks. */
export interface BlockSettings {
  readonly logPerplexity: number;
  readonly bounds: DataBounds;
}

/** How many blocks an operation has. */
export function blocksOf(map: MapMemory, operation: number): number {
  if (operation === NEIGHBOURS) return Math.ceil(map.n / QUERY_BLOCK);
  if (operation === SPREAD) return 2; // half the points on gridRe, half on gridIm, which are then added
  if (operation === ROWS) return presentGrid(map).m / LANES;
  if (operation === COLUMNS || operation === COLUMNS_BACK) return presentGrid(map).m / (2 * LANES);
  return Math.ceil(map.n / map.block);
}

/** The function that does one block of any operation, for thread number `thread`. */
export function blockRunner(map: MapMemory, settings: BlockSettings, thread: number): RunBlock {
  const kernels = mapKernels(map.memory);
  const parts = doublesAt(map.memory, map.at.parts, Math.max(blocksOf(map, FORCES), map.gridSize / LANES));
  const counts = integersAt(map.memory, map.at.nodes, 1);
  const scratch = map.scratch[thread];
  return (operation, block) => {
    if (operation === NEIGHBOURS) return neighbourBlock(kernels, map, settings, scratch, block);
    if (operation === SPREAD) return spreadBlock(kernels, map, block);
    if (operation >= COLUMNS && operation <= COLUMNS_BACK)
      parts[block] = gridBlock(kernels, map, operation, scratch, block * LANES);
    else {
      const from = block * map.block;
      const to = Math.min(map.n, from + map.block);
      if (operation === FORCES) parts[block] = forceBlock(kernels, map, from, to, counts[0]);
      else if (operation === GRID_FORCES) gridForceBlock(kernels, map, from, to);
      else parts[block] = kernels.divergence(from, to, map.at.starts, map.at.ends, map.at.P, map.at.Y);
    }
  };
}

/** Nearest neighbours of 32 points, and their affinities. */
function neighbourBlock(
  kernels: MapKernels,
  { n, d, k, keep, at }: MapMemory,
  { logPerplexity, bounds }: BlockSettings,
  scratch: number,
  block: number,
): void {
  const from = block * QUERY_BLOCK;
  const count = Math.min(QUERY_BLOCK, n - from);
  const squares = scratch + 4 * QUERY_BLOCK * TILE + 8 * QUERY_BLOCK * keep;
  const work = squares + 8 * QUERY_BLOCK * keep;
  const ldx = TILE * Math.ceil(n / TILE);
  kernels.neighbours(
    ...([at.X + 4 * from * d, at.exact + 8 * from * d, count] as const),
    ...([at.transposed, at.exact, at.norms, bounds.largest] as const),
    ...([n, d, d, ldx, from, k, keep] as const),
    ...([scratch, squares, at.neighbours + 4 * from * k] as const),
    ...([bounds.slack, bounds.unit, at.proven + 4 * from] as const),
  );
  for (let i = 0; i < count; i++)
    kernels.affinities(squares + 8 * i * keep, k, logPerplexity, at.conditional + 4 * (from + i) * k, work);
}

function forceBlock(kernels: MapKernels, { at }: MapMemory, from: number, to: number, nodes: number): number {
  kernels.attraction(from, to, at.starts, at.ends, at.P, at.Y, at.attractive);
  return kernels.repulsion(from, to, at.ranks, at.ranked, at.tree, nodes, at.repulsive);
}

/** One group of columns or rows of the grid's convolution; rows return their part of Z. */
function gridBlock(
  kernels: MapKernels,
  map: MapMemory,
  operation: number,
  scratch: number,
  first: number,
): number {
  const { at } = map;
  const { m } = presentGrid(map);
  if (operation === ROWS)
    return kernels.rowsConvolve(
      ...([first, at.gridRe, at.gridIm, m, at.turns] as const),
      ...([at.potential, at.forceRe, at.forceIm, scratch] as const),
    );
  if (operation === COLUMNS)
    kernels.columnsForward(first, m / 2, 0, at.gridRe, at.gridIm, m, at.turns, scratch);
  else kernels.columnsBackward(first, at.gridRe, at.gridIm, m, at.turns, scratch);
  return 0;
}

function spreadBlock(kernels: MapKernels, map: MapMemory, block: number): void {
  const { n, at } = map;
  const { m, x0, y0, perUnit } = presentGrid(map);
  const half = n >> 1;
  const [from, to, grid] = block === 0 ? [0, half, at.gridRe] : [half, n, at.gridIm];
  kernels.spread(from, to, at.Y, x0, y0, perUnit, grid, m);
}

function gridForceBlock(kernels: MapKernels, map: MapMemory, from: number, to: number): void {
  const { at } = map;
  const { m, x0, y0, perUnit } = presentGrid(map);
  kernels.attraction(from, to, at.starts, at.ends, at.P, at.Y, at.attractive);
  kernels.gather(
    ...([from, to, at.Y, x0, y0, perUnit] as const),
    ...([at.gridRe, at.gridIm, m, at.repulsive] as const),
  );
}
