import { checkFinite, checkRows } from '../numeric/check.js';
import { type Centres, gram } from '../numeric/gram.js';
import type { Matrix } from '../numeric/matrix.js';
import { columnMeans, square } from '../numeric/statistics.js';

export interface LedoitWolf {
  /** d × d. */
  readonly covariance: Matrix;
  /** Share of the target `trace(S) / d · I`, 0 … 1. */
  readonly shrinkage: number;
  readonly mean: Float64Array;
}

/** How a covariance is estimated. */
export interface CovarianceOptions {
  /**
   * 'ledoit-wolf' (default) chooses the share of the spherical target from the data; a number in 0 … 1 sets it;
   * 'none' is the sample covariance (divisor n − 1).
   */
  readonly shrinkage?: 'ledoit-wolf' | 'none' | number;
}

/**
 * Covariance shrunk towards a sphere, by as much as minimises the expected squared error: usable when there are
 * fewer particles than descriptors. Ledoit & Wolf (2004), doi:10.1016/S0047-259X(03)00096-4; divisor n.
 * @param X - n × d.
 * @throws RangeError when X is empty or holds a value that is not finite.
 */
export function ledoitWolf(X: Matrix): LedoitWolf {
  checkRows('X', X, 1);
  checkFinite('X', X);
  const mean = columnMeans(X);
  const centres = { means: { rows: 1, cols: X.cols, data: mean }, classOf: new Int32Array(X.rows) };
  const S = gram(X, centres);
  const shrinkage = ledoitWolfShrinkage(squaredNorms(X, centres), S);
  return { covariance: shrink(S, shrinkage, X.rows), shrinkage, mean };
}

/**
 * The optimal share of the target.
 * @param norms - squared lengths of the n centred rows.
 * @param G - `Zᵀ Z` of these rows Z.
 */
export function ledoitWolfShrinkage(norms: Float64Array, G: Matrix): number {
  const n = norms.length;
  const d = G.cols;
  let trace = 0;
  for (let j = 0; j < d; j++) trace += G.data[j * d + j] / n;
  let squares = 0;
  for (let k = 0; k < G.data.length; k++) squares += square(G.data[k] / n);
  let fourth = 0;
  for (let i = 0; i < n; i++) fourth += square(norms[i]);
  const delta = squares - (trace * trace) / d;
  const beta = Math.min((fourth / n - squares) / n, delta);
  return delta > 0 && beta > 0 ? beta / delta : 0;
}

/** Squared lengths of centred rows, each column in units of its `scale`. */
export function squaredNorms(
  { rows, cols, data }: Matrix,
  { means, classOf }: Centres,
  scale?: Float64Array,
): Float64Array {
  const norms = new Float64Array(rows);
  for (let i = 0, k = 0; i < rows; i++)
    for (let j = 0, c = classOf[i] * cols; j < cols; j++, k++, c++)
      norms[i] += square((data[k] - means.data[c]) / (scale ? scale[j] : 1));
  return norms;
}

/** `(1 − δ) G / divisor + δ · mean variance · I`. */
export function shrink(G: Matrix, shrinkage: number, divisor: number): Matrix {
  const d = G.rows;
  const data = G.data.map((v) => ((1 - shrinkage) * v) / divisor);
  let trace = 0;
  for (let j = 0; j < d; j++) trace += G.data[j * d + j] / divisor;
  for (let j = 0; j < d; j++) data[j * d + j] += (shrinkage * trace) / d;
  return { rows: d, cols: d, data };
}
