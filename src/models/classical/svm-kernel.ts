import { exp } from '../../numeric/elementary.js';
import type { Matrix } from '../../numeric/matrix.js';

/** How alike two rows are: their product, or `exp(−γ |x − z|²)`. */
export type SvmKernel = { readonly kind: 'linear' } | { readonly kind: 'rbf'; readonly gamma: number };

/** The kernel of each row of X with row `i` of Q, written into `out`. */
export function kernelRow(
  kernel: SvmKernel,
  X: Matrix,
  norms: Float64Array,
  Q: Matrix,
  i: number,
  out: Float64Array,
): void {
  const d = X.cols;
  const q = Q.data.subarray(i * d, (i + 1) * d);
  const norm = dot(q, q, 0, d);
  for (let r = 0, at = 0; r < X.rows; r++, at += d) out[r] = dot(q, X.data, at, d);
  if (kernel.kind === 'linear') return;
  for (let r = 0; r < X.rows; r++) out[r] = exp(-kernel.gamma * Math.max(0, norms[r] + norm - 2 * out[r]));
}

/** Squared length of each row. */
export function squaredNorms(X: Matrix): Float64Array {
  const norms = new Float64Array(X.rows);
  for (let i = 0; i < X.rows; i++) {
    const row = X.data.subarray(i * X.cols, (i + 1) * X.cols);
    norms[i] = dot(row, row, 0, X.cols);
  }
  return norms;
}

function dot(q: Float64Array, data: Float64Array, at: number, d: number): number {
  let sum = 0;
  for (let j = 0; j < d; j++) sum += q[j] * data[at + j];
  return sum;
}

/** Rows of the kernel matrix of X, computed when first asked for; the least recently used go when room runs out. */
export function kernelRows(kernel: SvmKernel, X: Matrix, bytes: number): (i: number) => Float64Array {
  const norms = squaredNorms(X);
  const room = Math.max(2, Math.floor(bytes / (8 * X.rows)));
  const kept = new Map<number, Float64Array>();
  return (i) => {
    let row = kept.get(i);
    if (row) kept.delete(i);
    else {
      row = kept.size < room ? new Float64Array(X.rows) : oldest(kept);
      kernelRow(kernel, X, norms, X, i, row);
    }
    kept.set(i, row);
    return row;
  };
}

/** Takes the row that was not asked for the longest: a Map keeps its keys in order of insertion. */
function oldest(kept: Map<number, Float64Array>): Float64Array {
  const [i, row] = kept.entries().next().value!;
  kept.delete(i);
  return row;
}
