import { cholesky, choleskySolve } from '../numeric/cholesky.js';
import type { Matrix } from '../numeric/matrix.js';
import type { KernelSample } from './kernel-coalitions.js';

/** Shapley values of one row from the mean prediction of every coalition, and their standard errors. */
export type Solve = (
  v: Float64Array,
  base: number,
  total: number,
  values: Float64Array,
  errors: Float64Array,
) => void;

/** Least squares under `Σ φ = total`, by putting the last group in terms of the others. */
export function regression(groups: number, members: Uint8Array, sample: KernelSample): Solve {
  const { weights, firstDrawn, draws } = sample;
  const m = groups - 1;
  const Z = reduced(members, groups);
  const L = cholesky(normalMatrix(Z, weights));
  if (!L)
    throw new RangeError(
      `samples must be large enough to tell ${groups} groups apart, but ${weights.length} coalitions are not; ask for more`,
    );
  const T = solvedRows(L, Z);

  return (v, base, total, values, errors) => {
    const y = v.map((value, c) => value - base - members[c * groups + m] * total);
    values.fill(0);
    for (let c = 2; c < Z.rows; c++) addTimes(values, weights[c] * y[c], T, c);
    values[m] = total;
    for (let j = 0; j < m; j++) values[m] -= values[j];
    if (draws > 1) sandwich(Z, T, y, values, weights, firstDrawn, draws, errors);
  };
}

/** Row c is `(ZᵀWZ)⁻¹ z_c`: what a unit of weighted prediction of coalition c adds to each value. */
function solvedRows(L: Matrix, Z: Matrix): Matrix {
  const data = new Float64Array(Z.data.length);
  for (let c = 0; c < Z.rows; c++)
    data.set(choleskySolve(L, Z.data.subarray(c * Z.cols, (c + 1) * Z.cols)), c * Z.cols);
  return { ...Z, data };
}

function addTimes(out: Float64Array, factor: number, T: Matrix, c: number): void {
  for (let j = 0, o = c * T.cols; j < T.cols; j++, o++) out[j] += factor * T.data[o];
}

/** Row c is z_c without its last group, minus that group's. */
function reduced(members: Uint8Array, groups: number): Matrix {
  const m = groups - 1;
  const rows = members.length / groups;
  const data = new Float64Array(rows * m);
  for (let c = 0; c < rows; c++)
    for (let j = 0; j < m; j++) data[c * m + j] = members[c * groups + j] - members[c * groups + m];
  return { rows, cols: m, data };
}

function normalMatrix(Z: Matrix, weights: number[]): Matrix {
  const m = Z.cols;
  const G = new Float64Array(m * m);
  for (let c = 2; c < Z.rows; c++)
    for (let a = 0, o = c * m; a < m; a++) {
      const w = weights[c] * Z.data[o + a];
      if (w !== 0) for (let b = 0; b < m; b++) G[a * m + b] += w * Z.data[o + b];
    }
  return { rows: m, cols: m, data: G };
}

/**
 * Errors from the scores `w z (y − zᵀφ)` of the drawn pairs: `(ZᵀWZ)⁻¹ S (ZᵀWZ)⁻¹`, S the sum over pairs of squared
 * scores, each pair counted as often as it was drawn.
 */
function sandwich(
  Z: Matrix,
  T: Matrix,
  y: Float64Array,
  values: Float64Array,
  weights: number[],
  firstDrawn: number,
  draws: number,
  errors: Float64Array,
): void {
  const m = Z.cols;
  const once = restWeight(weights, firstDrawn) / (2 * draws);
  const influence = new Float64Array(m + 1);
  const means = new Float64Array(m + 1);
  const squares = new Float64Array(m + 1);
  for (let c = firstDrawn; c < Z.rows; c += 2) {
    influence.fill(0);
    for (const side of [c, c + 1])
      addTimes(influence, once * (y[side] - dot(Z.data, side * m, values, m)), T, side);
    for (let j = 0; j < m; j++) influence[m] -= influence[j];
    const times = weights[c] / once;
    for (let j = 0; j <= m; j++) {
      means[j] += times * influence[j];
      squares[j] += times * influence[j] * influence[j];
    }
  }
  for (let j = 0; j <= m; j++)
    errors[j] = Math.sqrt(Math.max(0, squares[j] - (means[j] * means[j]) / draws) * (draws / (draws - 1)));
}

function restWeight(weights: number[], from: number): number {
  let sum = 0;
  for (let c = from; c < weights.length; c++) sum += weights[c];
  return sum;
}

function dot(a: Float64Array, at: number, b: Float64Array, length: number): number {
  let sum = 0;
  for (let j = 0; j < length; j++) sum += a[at + j] * b[j];
  return sum;
}
