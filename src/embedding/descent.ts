import { log } from '../numeric/elementary.js';
import { lead } from '../numeric/team.js';
import { mapKernels } from '../numeric/wasm/map.js';
import { doublesAt, floatsAt, integersAt } from '../numeric/wasm/shared-memory.js';
import { layGrid } from './grid.js';
import {
  type BlockSettings,
  blockRunner,
  blocksOf,
  COLUMNS,
  COLUMNS_BACK,
  DIVERGENCE,
  FORCES,
  GRID_FORCES,
  ROWS,
  SPREAD,
} from './map-blocks.js';
import type { MapMemory } from './map-memory.js';

export interface DescentSettings {
  readonly iterations: number;
  readonly earlyExaggeration: number;
  readonly learningRate: number;
  /** Repulsion by interpolation on a grid instead of the tree, as long as the map fits the largest grid. */
  readonly interpolate: boolean;
  /** θ of Barnes & Hut. */
  readonly opening: number;
  /** Iterations between reports; 0 for none. */
  readonly every: number;
}

/** A map on its way. */
export interface MapReport {
  readonly iteration: number;
  /** n × 2, row after row. */
  readonly embedding: Float64Array;
  readonly klDivergence: number;
}

/** As van der Maaten (2014): exaggerated attraction and little momentum at first. */
const EXPLORATION = 250;

/**
 * Gradient descent on the Kullback–Leibler divergence, led by thread 0. Yields after each iteration, so that the
 * caller may let others run or stop.
 * @returns the final map.
 */
export function* descent(
  map: MapMemory,
  control: Int32Array,
  blockSettings: BlockSettings,
  settings: DescentSettings,
  report: (value: MapReport) => void,
): Generator<void, MapReport> {
  const kernels = mapKernels(map.memory);
  const run = blockRunner(map, blockSettings, 0);
  const { n, at } = map;
  const nodes = integersAt(map.memory, at.nodes, 1);
  floatsAt(map.memory, at.gain, 2 * n).fill(1);
  let Z = 1;
  for (let iteration = 0; iteration < settings.iterations; iteration++) {
    const exploring = iteration < EXPLORATION;
    Z = settings.interpolate && layGrid(map, kernels) ? gridForces() : treeForces();
    kernels.descend(
      ...([at.Y, at.attractive, at.repulsive, at.step, at.gain, 2 * n] as const),
      ...([exploring ? settings.earlyExaggeration : 1, 1 / Z] as const),
      ...([settings.learningRate, exploring ? 0.5 : 0.8] as const),
    );
    if (settings.every > 0 && (iteration + 1) % settings.every === 0 && iteration + 1 < settings.iterations)
      report(present(iteration + 1));
    yield;
  }
  return present(settings.iterations);

  function treeForces(): number {
    nodes[0] = kernels.buildTree(at.Y, n, at.ranks, at.ranked, at.tree, at.sorting, settings.opening);
    lead(control, FORCES, blocksOf(map, FORCES), run);
    return Math.max(sumOfParts(map, FORCES), Number.MIN_VALUE);
  }

  function gridForces(): number {
    lead(control, SPREAD, blocksOf(map, SPREAD), run);
    lead(control, COLUMNS, blocksOf(map, COLUMNS), run);
    lead(control, ROWS, blocksOf(map, ROWS), run);
    const Z = sumOfParts(map, ROWS); // by Parseval's theorem; the spectra are divided by m² already
    lead(control, COLUMNS_BACK, blocksOf(map, COLUMNS_BACK), run);
    lead(control, GRID_FORCES, blocksOf(map, GRID_FORCES), run);
    return Math.max(Z - n, Number.MIN_VALUE);
  }

  /** Z is that of the forces just used: one step old. */
  function present(iteration: number): MapReport {
    lead(control, DIVERGENCE, blocksOf(map, DIVERGENCE), run);
    const klDivergence = sumOfParts(map, DIVERGENCE) + log(Z);
    return { iteration, embedding: centred(map), klDivergence };
  }
}

/** Adds what the blocks left, in their order. */
function sumOfParts(map: MapMemory, operation: number): number {
  return doublesAt(map.memory, map.at.parts, blocksOf(map, operation)).reduce((sum, part) => sum + part, 0);
}

/** The map in doubles, around its mean. */
function centred({ memory, n, at }: MapMemory): Float64Array {
  const Y = Float64Array.from(floatsAt(memory, at.Y, 2 * n));
  for (const axis of [0, 1]) {
    let mean = 0;
    for (let i = 0; i < n; i++) mean += Y[2 * i + axis] / n;
    for (let i = 0; i < n; i++) Y[2 * i + axis] -= mean;
  }
  return Y;
}
