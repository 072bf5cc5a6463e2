import type { Matrix } from './matrix.js';

/** Mean of each column. */
export function columnMeans(X: Matrix): Float64Array {
  const means = new Float64Array(X.cols);
  for (let i = 0; i < X.rows; i++) for (let j = 0; j < X.cols; j++) means[j] += X.data[i * X.cols + j];
  for (let j = 0; j < X.cols; j++) means[j] /= X.rows;
  return means;
}

/** Standard deviation of each column around `means`, with divisor n. */
export function columnDeviations(X: Matrix, means = columnMeans(X)): Float64Array {
  const squares = new Float64Array(X.cols);
  for (let i = 0; i < X.rows; i++)
    for (let j = 0; j < X.cols; j++) squares[j] += square(X.data[i * X.cols + j] - means[j]);
  return squares.map((s) => Math.sqrt(s / X.rows));
}

/** X with `means` taken away from its rows and, where given, each column divided by its `scale`. */
export function centre(X: Matrix, means: ArrayLike<number>, scale?: ArrayLike<number>): Matrix {
  const data = new Float64Array(X.data.length);
  for (let i = 0, k = 0; i < X.rows; i++)
    for (let j = 0; j < X.cols; j++, k++) {
      const c = X.data[k] - means[j];
      data[k] = scale ? c / scale[j] : c;
    }
  return { rows: X.rows, cols: X.cols, data };
}

/** x · x: the power operator may round differently from one JavaScript engine to the next. */
export const square = (x: number): number => x * x;

/** Products of the columns, `Zᵀ Z` (d × d), in blocks that stay in cache. */
export function gram(Z: Matrix): Matrix {
  const { rows: n, cols: d, data } = Z;
  const G = new Float64Array(d * d);
  for (let i = 0; i < n; i++) {
    const x = data.subarray(i * d, (i + 1) * d);
    for (let a = 0; a < d; a++) {
      const xa = x[a];
      if (xa === 0) continue;
      for (let b = 0, o = a * d; b <= a; b++) G[o + b] += xa * x[b];
    }
  }
  for (let a = 0; a < d; a++) for (let b = 0; b < a; b++) G[b * d + a] = G[a * d + b];
  return { rows: d, cols: d, data: G };
}

/**
 * The value below which a share `p` of the sorted values lies, by linear interpolation
 * (definition 7 of Hyndman & Fan 1996, doi:10.2307/2684934: NumPy's default).
 */
export function quantile(sorted: ArrayLike<number>, p: number): number {
  if (sorted.length === 0) return Number.NaN;
  const at = p * (sorted.length - 1);
  const low = Math.floor(at);
  const high = Math.min(low + 1, sorted.length - 1);
  return sorted[low] + (at - low) * (sorted[high] - sorted[low]);
}
