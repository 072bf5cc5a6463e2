import type { Matrix } from '../numeric/matrix.js';
import { type Arena, arena, padded } from '../numeric/wasm/arena.js';
import { distanceKernels } from '../numeric/wasm/distances.js';

/** Rows at a time. */
const PANEL = 32;

/**
 * Euclidean distances between `W x` and `W c` for each row x and each centre c. Values are taken from the first
 * centre first, so that differences stay small where values are large.
 * @param X - m × d.
 * @param centres - k × d.
 * @param W - d × d, lower triangular.
 * @returns m × k.
 */
export function whitenedDistances(X: Matrix, centres: Matrix, W: Matrix): Matrix {
  const [m, k, d] = [X.rows, centres.rows, X.cols];
  const ld = padded(d);
  const memory = arena();
  const kernels = distanceKernels(memory);
  const T = putBlocks(memory, W, ld);
  const panel = memory.allocate(2 * PANEL * ld);
  const U = memory.allocate(2 * PANEL * ld);
  const V = memory.allocate(2 * padded(k) * ld);
  const D = memory.allocate(2 * PANEL * k);
  const doubles = (address: number, length: number) =>
    new Float64Array(memory.memory.buffer, address, length);
  const rows = doubles(panel, PANEL * ld);
  const distances = doubles(D, PANEL * k);
  const origin = centres.data.subarray(0, d);
  for (let c = 0; c < k; c += PANEL) {
    const count = Math.min(PANEL, k - c);
    putShifted(rows, centres, c, count, origin, ld);
    kernels.whiten(panel, padded(count), ld, T, V + 8 * c * ld);
  }
  const data = new Float64Array(m * k);
  for (let from = 0; from < m; from += PANEL) {
    const count = Math.min(PANEL, m - from);
    putShifted(rows, X, from, count, origin, ld);
    kernels.whiten(panel, padded(count), ld, T, U);
    kernels.distances(U, count, ld, V, k, D);
    data.set(distances.subarray(0, count * k), from * k);
  }
  return { rows: m, cols: k, data };
}

/** Wᵀ in blocks of four columns, each with as many rows as the triangle fills: read from end to end. */
function putBlocks(memory: Arena, W: Matrix, ld: number): number {
  const address = memory.allocate(ld * (ld + 4));
  const T = new Float64Array(memory.memory.buffer, address, (ld * (ld + 4)) / 2);
  for (let i = 0; i < W.rows; i++) {
    const block = i >> 2;
    const at = 8 * block * (block + 1) + (i & 3);
    for (let j = 0; j <= i; j++) T[at + 4 * j] = W.data[i * W.cols + j];
  }
  return address;
}

/** Rows `from … from + count` less the origin, into a panel. */
function putShifted(
  panel: Float64Array,
  X: Matrix,
  from: number,
  count: number,
  origin: Float64Array,
  ld: number,
): void {
  const { cols: d, data } = X;
  for (let i = 0, x = from * d; i < count; i++)
    for (let j = 0, o = i * ld; j < d; j++, o++, x++) panel[o] = data[x] - origin[j];
}
