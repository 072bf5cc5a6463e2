import { checkColumns, checkFinite, checkRows } from '../numeric/check.js';
import { symmetricEigen } from '../numeric/eigen.js';
import { gram } from '../numeric/gram.js';
import type { Matrix } from '../numeric/matrix.js';
import { centre, columnDeviations, columnMeans } from '../numeric/statistics.js';

/** How strongly each row would pull a linear model towards itself. */
export interface Leverages {
  readonly training: Float64Array;
  readonly query: Float64Array;
  /** The warning leverage h* = 3 p / n. */
  readonly limit: number;
  /** p: independent directions of the descriptors, and the intercept. */
  readonly parameters: number;
}

/** Directions with less variance than this share of the largest are collinear with the others. */
const COLLINEAR = 1e-10;

/**
 * Leverages `h = 1/n + (x − μ)ᵀ (Xᵀ X)⁺ (x − μ)` of training and query rows: the horizontal axis of a Williams plot.
 * Constant columns and collinear directions have no part in it.
 *
 * Tropsha, Gramatica & Gombar (2003), doi:10.1002/qsar.200390007
 * @param X - n × d descriptors of the training rows. @param query - m × d.
 * @throws RangeError when X is empty or the columns differ in number.
 */
export function leverages(X: Matrix, query: Matrix): Leverages {
  checkRows('X', X, 1);
  checkColumns('query', query, X.cols);
  checkFinite('X', X);
  checkFinite('query', query);
  const means = columnMeans(X);
  const deviations = columnDeviations(X, means).map((s, j) =>
    s > 1e-14 * Math.abs(means[j]) ? s : Infinity,
  );
  const Z = centre(X, means, deviations);
  const { values, vectors } = symmetricEigen(gram(Z));
  const rank = values.filter((v) => v > COLLINEAR * values[0]).length;
  const of = (rows: Matrix) => Float64Array.from({ length: rows.rows }, (_, i) => leverage(rows, i));
  function leverage(rows: Matrix, i: number): number {
    let h = 1 / X.rows;
    for (let r = 0; r < rank; r++) {
      const along = projection(rows, i, vectors, r);
      h += (along * along) / values[r];
    }
    return h;
  }
  return {
    training: of(Z),
    query: of(centre(query, means, deviations)),
    limit: (3 * (rank + 1)) / X.rows,
    parameters: rank + 1,
  };
}

function projection(Z: Matrix, i: number, vectors: Matrix, r: number): number {
  let sum = 0;
  for (let j = 0; j < Z.cols; j++) sum += Z.data[i * Z.cols + j] * vectors.data[r * Z.cols + j];
  return sum;
}
