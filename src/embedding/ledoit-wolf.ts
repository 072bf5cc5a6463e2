import { checkFinite, checkRows } from '../numeric/check.js';
import { gram } from '../numeric/gram.js';
import type { Matrix } from '../numeric/matrix.js';
import { centre, columnMeans, square } from '../numeric/statistics.js';

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
  const Z = centre(X, mean);
  const S = gram(Z);
  const shrinkage = ledoitWolfShrinkage(Z, S);
  return { covariance: shrink(S, shrinkage, X.rows), shrinkage, mean };
}

/**
 * The optimal share of the target.
 * @param Z - n × d, centred.
 * @param G - `Zᵀ Z`.
 */
export function ledoitWolfShrinkage(Z: Matrix, G: Matrix): number {
  const { rows: n, cols: d } = Z;
  let trace = 0;
  for (let j = 0; j < d; j++) trace += G.data[j * d + j] / n;
  let squares = 0;
  for (let k = 0; k < G.data.length; k++) squares += square(G.data[k] / n);
  let fourth = 0;
  for (let i = 0; i < n; i++) fourth += square(squaredNorm(Z, i));
  const delta = squares - (trace * trace) / d;
  const beta = Math.min((fourth / n - squares) / n, delta);
  return delta > 0 && beta > 0 ? beta / delta : 0;
}

function squaredNorm(Z: Matrix, i: number): number {
  let sum = 0;
  for (let k = i * Z.cols; k < (i + 1) * Z.cols; k++) sum += Z.data[k] * Z.data[k];
  return sum;
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
