import { arena, padded } from '../../numeric/wasm/arena.js';
import { loadKernels } from '../../numeric/wasm/load.js';
import type { NetworkKernels } from '../../numeric/wasm/network.js';

/** Library rows that the kernel multiplies at once: two registers of four. */
export const PANEL = 8;
/** Queries that stay in cache while the library passes by. */
const BLOCK = 64;

/** A part of the library and all queries, in floats; arrays may be shared between threads. */
export interface ProductTask {
  /** Panels of 8 library rows: entry (row r, column k) of a panel at `8 k + r`. */
  readonly panels: Float32Array;
  /** m × width. */
  readonly queries: Float32Array;
  readonly width: number;
  /** Which panels. */
  readonly from: number;
  readonly to: number;
  /** Library rows in all: the last panel may be filled up with zeros. */
  readonly rows: number;
  /** How many best rows to keep for each query. */
  readonly keep: number;
}

/** For each query the best rows of a part, best first: m × keep; −1 where there are fewer. */
export interface BestRows {
  readonly indices: Int32Array;
  readonly products: Float32Array;
}

/** Multiplies every query with every library row of a part and keeps the best. Each product is summed in rising order. */
export function bestProducts({ panels, queries, width, from, to, rows, keep }: ProductTask): BestRows {
  const m = queries.length / width;
  const best: BestRows = {
    indices: new Int32Array(m * keep).fill(-1),
    products: new Float32Array(m * keep).fill(Number.NEGATIVE_INFINITY),
  };
  const memory = arena();
  const A = memory.allocate(BLOCK * width);
  const B = memory.allocate((to - from) * PANEL * width);
  const C = memory.allocate(BLOCK * PANEL);
  const kernels = loadKernels<NetworkKernels>('network', memory);
  memory
    .floats(B, (to - from) * PANEL * width)
    .set(panels.subarray(from * PANEL * width, to * PANEL * width));
  const block = memory.floats(A, BLOCK * width);
  const products = memory.floats(C, BLOCK * PANEL);
  for (let first = 0; first < m; first += BLOCK) {
    const count = Math.min(BLOCK, m - first);
    block.set(queries.subarray(first * width, (first + count) * width));
    for (let panel = from; panel < to; panel++) {
      const at = B + 4 * (panel - from) * PANEL * width;
      kernels.matmul(A, width, 1, at, PANEL, C, PANEL, padded(count), PANEL, width);
      keepBest(best, products, first, count, panel * PANEL, rows, keep);
    }
  }
  return best;
}

/** Puts a block of products, count × 8, among the best so far. */
function keepBest(
  { indices, products }: BestRows,
  block: Float32Array,
  first: number,
  count: number,
  row: number,
  rows: number,
  keep: number,
): void {
  const width = Math.min(PANEL, rows - row);
  for (let i = 0; i < count; i++) {
    const start = (first + i) * keep;
    const last = start + keep - 1;
    for (let j = 0; j < width; j++) {
      const product = block[i * PANEL + j];
      if (!(product > products[last])) continue;
      let at = last;
      for (; at > start && products[at - 1] < product; at--) {
        products[at] = products[at - 1];
        indices[at] = indices[at - 1];
      }
      products[at] = product;
      indices[at] = row + j;
    }
  }
}
