import { type SharedMemory, sharedMemory } from '../numeric/wasm/shared-memory.js';
import { LANES } from './grid.js';
import { dataSizes, TILE } from './map-data.js';

/** Queries whose neighbours are sought together. */
export const QUERY_BLOCK = 32;

/** Sizes of a map, and where its arrays lie in the memory that threads share. */
export interface MapMemory {
  readonly memory: WebAssembly.Memory;
  readonly n: number;
  readonly d: number;
  /** Neighbours per point, and how many candidates are looked at exactly. */
  readonly k: number;
  readonly keep: number;
  /** Points per block of work: depends on n only, so that sums are the same for any number of threads. */
  readonly block: number;
  /** Largest grid for interpolated repulsion, along a side; 0 for none. */
  readonly gridSize: number;
  readonly at: Readonly<Record<ArrayName, number>>;
  /** One scratch area for each thread. */
  readonly scratch: readonly number[];
}

type ArrayName = keyof ReturnType<typeof arraySizes>;

/** Room for everything that a map of n points in d dimensions needs. */
export function mapMemory(n: number, d: number, k: number, threads: number, gridSize = 0): MapMemory {
  const keep = Math.min(n - 1, k + 8);
  const block = 128 * Math.ceil(n / (128 * 4096));
  const sizes = arraySizes(n, d, k, block, gridSize);
  const searching = 4 * QUERY_BLOCK * TILE + 16 * QUERY_BLOCK * keep + 4 * (k + 4);
  const scratchSize = Math.max(searching, 8 * gridSize * LANES);
  const room = sharedMemory([...Object.values(sizes), ...new Array(threads).fill(scratchSize)]);
  const at = Object.fromEntries(
    Object.entries(sizes).map(([name, size]) => [name, room.allocate(size)]),
  ) as Record<ArrayName, number>;
  return {
    memory: room.memory,
    n,
    d,
    k,
    keep,
    block,
    gridSize,
    at,
    scratch: scratches(room, threads, scratchSize),
  };
}

const scratches = (room: SharedMemory, threads: number, size: number): number[] =>
  Array.from({ length: threads }, () => room.allocate(size));

/** Bytes of each array; names as in the kernels. */
function arraySizes(n: number, d: number, k: number, block: number, gridSize: number) {
  const square = 4 * gridSize * gridSize;
  const parts = Math.ceil(n / block);
  return {
    X: 4 * n * d,
    ...dataSizes(n, d),
    proven: 4 * n,
    neighbours: 4 * n * k,
    conditional: 4 * n * k,
    starts: 4 * (n + 1),
    ends: 8 * n * k,
    P: 8 * n * k,
    Y: 8 * (n + 4),
    attractive: 8 * (n + 4),
    repulsive: 8 * (n + 4),
    step: 8 * (n + 4),
    gain: 8 * (n + 4),
    ranks: 4 * n,
    ranked: 8 * (n + 4),
    tree: 64 * n,
    nodes: 4,
    sorting: 4 * (3 * n + 2048),
    parts: 8 * Math.max(parts, gridSize / LANES),
    grid: 64,
    turns: 4 * gridSize,
    ...{ gridRe: square, gridIm: square, potential: square, forceRe: square, forceIm: square },
  };
}
