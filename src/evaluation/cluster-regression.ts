import { checkShare } from '../numeric/check.js';
import { cholesky, choleskySolve } from '../numeric/cholesky.js';
import { normalQuantile, normalTwoSided } from '../numeric/distributions.js';
import { sigmoid } from '../numeric/elementary.js';
import { fitLogistic } from '../numeric/logistic.js';
import { type Matrix, row } from '../numeric/matrix.js';
import { clustersOf } from '../numeric/resample.js';
import type { Interval } from './bootstrap.js';
import { checkGroups } from './labels.js';

/** A coefficient (a change of log odds per unit) with its test. */
export interface Coefficient extends Interval {
  readonly name: string;
  readonly standardError: number;
  readonly z: number;
  readonly pValue: number;
}

/**
 * Logistic regression whose errors allow for rows of one publication going together: the sandwich estimator with the
 * correction `G / (G − 1) · (n − 1) / (n − d)` that statsmodels and Stata use.
 *
 * Liang & Zeger (1986), doi:10.1093/biomet/73.1.13
 * @param X - n × d without the intercept, which is added as the first column, `intercept`.
 * @param labels - n labels, 0 or 1. @param groups - n publications, at least two.
 * @param names - d names of the columns.
 * @throws RangeError when columns are collinear or separate the classes, or there is one publication only.
 */
export function clusterRobustLogistic(
  X: Matrix,
  labels: ArrayLike<number>,
  groups: readonly string[],
  names: readonly string[],
  { level = 0.95 }: { level?: number } = {},
): Coefficient[] {
  checkGroups(groups, X.rows);
  checkShare('level', level);
  const { ofRow, count } = clustersOf(groups);
  if (count < 2) throw new RangeError(`groups must be at least 2, but are ${count}`);
  const design = withIntercept(X);
  const { coefficients, information } = fitLogistic(design, labels);
  const scores = clusterScores(design, labels, coefficients, ofRow, count);
  const [n, d] = [X.rows, design.cols];
  const correction = ((count / (count - 1)) * (n - 1)) / (n - d);
  const errors = sandwich(information, scores).map((variance) => Math.sqrt(variance * correction));
  const half = normalQuantile((1 + level) / 2);
  return ['intercept', ...names].map((name, j): Coefficient => {
    const [value, standardError] = [coefficients[j], errors[j]];
    const z = value / standardError;
    const bounds = { low: value - half * standardError, high: value + half * standardError };
    return { name, value, ...bounds, standardError, z, pValue: normalTwoSided(z) };
  });
}

function withIntercept(X: Matrix): Matrix {
  const data = new Float64Array(X.rows * (X.cols + 1)).fill(1);
  for (let i = 0; i < X.rows; i++) data.set(row(X, i), i * (X.cols + 1) + 1);
  return { rows: X.rows, cols: X.cols + 1, data };
}

/** For each cluster the sum of `(y − p) x` over its rows. */
function clusterScores(
  X: Matrix,
  labels: ArrayLike<number>,
  beta: Float64Array,
  ofRow: Int32Array,
  count: number,
): Float64Array[] {
  const sums = Array.from({ length: count }, () => new Float64Array(X.cols));
  for (let i = 0; i < X.rows; i++) {
    const x = row(X, i);
    const error = labels[i] - sigmoid(x.reduce((sum, v, j) => sum + v * beta[j], 0));
    for (let j = 0; j < x.length; j++) sums[ofRow[i]][j] += error * x[j];
  }
  return sums;
}

/** The diagonal of `A⁻¹ (Σ u uᵀ) A⁻¹`. */
function sandwich(information: Matrix, scores: readonly Float64Array[]): Float64Array {
  const L = cholesky(information)!;
  const variances = new Float64Array(information.rows);
  for (const u of scores)
    choleskySolve(L, u).forEach((v, j) => {
      variances[j] += v * v;
    });
  return variances;
}
