import type { Matrix } from './matrix.js';

/** Mean of each column. */
export function columnMeans(X: Matrix): Float64Array {
  const { rows, cols, data } = X;
  const means = new Float64Array(cols);
  for (let i = 0, k = 0; i < rows; i++) for (let j = 0; j < cols; j++, k++) means[j] += data[k];
  for (let j = 0; j < cols; j++) means[j] /= rows;
  return means;
}

/** Standard deviation of each column around `means`, with divisor n. */
export function columnDeviations(X: Matrix, means = columnMeans(X)): Float64Array {
  const { rows, cols, data } = X;
  const squares = new Float64Array(cols);
  for (let i = 0, k = 0; i < rows; i++)
    for (let j = 0; j < cols; j++, k++) squares[j] += square(data[k] - means[j]);
  return squares.map((s) => Math.sqrt(s / rows));
}

/** X with `means` taken away from its rows and, where given, each column divided by its `scale`. */
export function centre(X: Matrix, means: ArrayLike<number>, scale?: ArrayLike<number>): Matrix {
  const { rows, cols } = X;
  const from = X.data;
  const data = new Float64Array(from.length);
  for (let i = 0, k = 0; i < rows; i++)
    for (let j = 0; j < cols; j++, k++) {
      const c = from[k] - means[j];
      data[k] = scale ? c / scale[j] : c;
    }
  return { rows, cols, data };
}

/** x · x: the power operator may round differently from one JavaScript engine to the next. */
export const square = (x: number): number => x * x;

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
