import type { Matrix } from './matrix.js';
import { arena, padded } from './wasm/arena.js';
import { distanceKernels } from './wasm/distances.js';

/** Rows at a time: a panel of them stays in cache while all blocks of the result pass over it. */
const PANEL = 64;

/** Products of the columns, `Zᵀ Z` (d × d), symmetric to the bit. */
export function gram(Z: Matrix): Matrix {
  const { rows: n, cols: d, data } = Z;
  const ld = padded(d);
  const memory = arena();
  const kernels = distanceKernels(memory);
  const panel = memory.allocate(2 * PANEL * ld);
  const G = memory.allocate(2 * ld * ld);
  const rows = new Float64Array(memory.memory.buffer, panel, PANEL * ld);
  for (let from = 0; from < n; from += PANEL) {
    const m = Math.min(PANEL, n - from);
    for (let i = 0; i < m; i++) rows.set(data.subarray((from + i) * d, (from + i + 1) * d), i * ld);
    kernels.addGram(panel, m, ld, G);
  }
  return symmetric(new Float64Array(memory.memory.buffer, G, ld * ld), ld, d);
}

/** The lower triangle on both sides. */
function symmetric(G: Float64Array, ld: number, d: number): Matrix {
  const data = new Float64Array(d * d);
  for (let a = 0; a < d; a++) for (let b = 0; b <= a; b++) data[a * d + b] = data[b * d + a] = G[a * ld + b];
  return { rows: d, cols: d, data };
}
