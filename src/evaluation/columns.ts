import type { Matrix } from '../numeric/matrix.js';

/** Smallest and largest value of each column. */
export function columnRanges(X: Matrix): { low: number; high: number }[] {
  return Array.from({ length: X.cols }, (_, j) => {
    let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (let i = 0; i < X.rows; i++) {
      low = Math.min(low, X.data[i * X.cols + j]);
      high = Math.max(high, X.data[i * X.cols + j]);
    }
    return { low, high };
  });
}

/** The columns that hold more than one value, beyond what rounding makes. */
export const variedColumns = (X: Matrix): number[] =>
  columnRanges(X).flatMap(({ low, high }, j) =>
    high - low > 1e-12 * Math.max(Math.abs(low), Math.abs(high)) ? [j] : [],
  );

/** The named columns as a new matrix. */
export function pickColumns(X: Matrix, columns: readonly number[]): Matrix {
  const data = new Float64Array(X.rows * columns.length);
  for (let i = 0; i < X.rows; i++)
    for (let k = 0; k < columns.length; k++) data[i * columns.length + k] = X.data[i * X.cols + columns[k]];
  return { rows: X.rows, cols: columns.length, data };
}
