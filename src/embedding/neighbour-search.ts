import type { Matrix } from '../numeric/matrix.js';
import { mapKernels } from '../numeric/wasm/map.js';
import { doublesAt, integersAt, sharedMemory } from '../numeric/wasm/shared-memory.js';
import { dataSizes, TILE, writeData, writeQueries } from './map-data.js';

/** Neighbours found by the kernel. */
export interface FoundNeighbours {
  readonly k: number;
  /** m × k, nearest first. */
  readonly indices: Int32Array;
  /** m × k squared distances. */
  readonly squares: Float64Array;
  /** Queries for which another point may belong to the nearest, too. */
  readonly unproven: readonly number[];
}

/** Queries that go through the data together. */
const BLOCK = 32;
/** Candidates beyond k that are looked at exactly. */
const SPARE = 8;

/**
 * The k nearest rows of X to each row of Q, in the calling thread.
 * @param own - false when Q is X: then no row is its own neighbour.
 */
export function searchNeighbours(X: Matrix, Q: Matrix, k: number, own: boolean): FoundNeighbours {
  const { rows: n, cols: d } = X;
  const keep = Math.min(own ? n : n - 1, k + SPARE);
  const sizes = {
    ...dataSizes(n, d),
    queries: 4 * BLOCK * d,
    exactQueries: 8 * BLOCK * d,
    scratch: 4 * BLOCK * TILE + 8 * BLOCK * keep,
    squares: 8 * BLOCK * keep,
    indices: 4 * BLOCK * k,
    proven: 4 * BLOCK,
  };
  const room = sharedMemory(Object.values(sizes));
  const at = Object.fromEntries(
    Object.entries(sizes).map(([name, size]) => [name, room.allocate(size)]),
  ) as typeof sizes;
  const bounds = writeData(room.memory, at, X);
  const kernels = mapKernels(room.memory);
  const found = {
    k,
    indices: new Int32Array(Q.rows * k),
    squares: new Float64Array(Q.rows * k),
    unproven: [] as number[],
  };
  for (let from = 0; from < Q.rows; from += BLOCK) {
    const count = Math.min(BLOCK, Q.rows - from);
    writeQueries(room.memory, at.queries, Q, bounds, from, count);
    doublesAt(room.memory, at.exactQueries, count * d).set(Q.data.subarray(from * d, (from + count) * d));
    kernels.neighbours(
      ...([at.queries, at.exactQueries, count] as const),
      ...([at.transposed, at.exact, at.norms, bounds.largest] as const),
      ...([n, d, d, TILE * Math.ceil(n / TILE), own ? -1 : from, k, keep] as const),
      ...([at.scratch, at.squares, at.indices] as const),
      ...([bounds.slack, bounds.unit, at.proven] as const),
    );
    collect(room.memory, at, from, count, keep, found);
  }
  return found;
}

function collect(
  memory: WebAssembly.Memory,
  at: { squares: number; indices: number; proven: number },
  from: number,
  count: number,
  keep: number,
  { k, indices, squares, unproven }: FoundNeighbours & { unproven: number[] },
): void {
  indices.set(integersAt(memory, at.indices, count * k), from * k);
  const proven = integersAt(memory, at.proven, count);
  for (let i = 0; i < count; i++) {
    squares.set(doublesAt(memory, at.squares + 8 * i * keep, k), (from + i) * k);
    if (!proven[i]) unproven.push(from + i);
  }
}
