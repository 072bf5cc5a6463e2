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
  const inverse = Array.from({ length: m }, (_, j) => choleskySolve(L, unit(m, j)));

  return (v, base, total, values, errors) => {
    const b = new Float64Array(m);
    const y = v.map((value, c) => value - base - members[c * groups + m] * total);
    for (let c = 2; c < Z.rows; c++)
      for (let j = 0, o = c * m; j < m; j++) b[j] += weights[c] * y[c] * Z.data[o + j];
    values.set(choleskySolve(L, b));
    values[m] = total;
    for (let j = 0; j < m; j++) values[m] -= values[j];
    if (draws > 1) sandwich(Z, y, values, weights, firstDrawn, draws, inverse, errors);
  };
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

const unit = (m: number, j: number): Float64Array =>
  Float64Array.from({ length: m }, (_, k) => Number(k === j));

/**
 * Errors from the scores `w z (y − zᵀφ)` of the drawn pairs: `(ZᵀWZ)⁻¹ S (ZᵀWZ)⁻¹`, S the sum over pairs of squared
 * scores, each pair counted as often as it was drawn.
 */
function sandwich(
  Z: Matrix,
  y: Float64Array,
  values: Float64Array,
  weights: number[],
  firstDrawn: number,
  draws: number,
  inverse: Float64Array[],
  errors: Float64Array,
): void {
  const m = Z.cols;
  const restOfDraw = restWeight(weights, firstDrawn) / (2 * draws);
  const variances = new Float64Array(m + 1);
  const means = new Float64Array(m + 1);
  const score = new Float64Array(m);
  for (let c = firstDrawn; c < Z.rows; c += 2) {
    score.fill(0);
    for (const side of [c, c + 1]) {
      const residual = y[side] - dot(Z.data, side * m, values, m);
      for (let j = 0; j < m; j++) score[j] += restOfDraw * residual * Z.data[side * m + j];
    }
    const times = weights[c] / restOfDraw;
    let last = 0;
    for (let j = 0; j < m; j++) {
      const influence = dot(inverse[j], 0, score, m);
      last -= influence;
      variances[j] += times * influence * influence;
      means[j] += times * influence;
    }
    variances[m] += times * last * last;
    means[m] += times * last;
  }
  for (let j = 0; j <= m; j++)
    errors[j] = Math.sqrt(Math.max(0, variances[j] - (means[j] * means[j]) / draws) * (draws / (draws - 1)));
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
