import { checkColumns, checkFinite, checkRows, checkWhole } from '../numeric/check.js';
import { type Matrix, row } from '../numeric/matrix.js';
import { random } from '../numeric/random.js';
import { ascendingOrder } from '../numeric/ranks.js';
import type { Predict } from './attribution.js';
import { chordFill } from './fill.js';
import { checkRegions, fillRegion, type OcclusionOptions, predictions } from './occlusion.js';
import type { Region } from './regions.js';

export interface DeletionOptions extends OcclusionOptions {
  /** Points of a curve after the first; default: one a region, at most 16. */
  readonly steps?: number;
}

/** How predictions fall while regions are taken away. */
export interface DeletionCurves {
  /** Shares of regions taken away, 0 … 1: one a point. */
  readonly shares: Float64Array;
  /** n × points. */
  readonly values: Matrix;
  /** n areas under the curves: the smaller, the better the regions that matter were named. */
  readonly areas: Float64Array;
}

/**
 * Deletion curves: the regions are taken away in the order of their scores, the highest first. An attribution that names
 * what the model uses makes the prediction fall at once; compare it with `randomOrder`.
 *
 * Petsiuk, Das & Saenko (2018), arXiv:1806.07421
 * @param predict - as for `occlusion`: all rows in their order, once a point.
 * @param scores - n × regions, from any method.
 * @throws RangeError when shapes disagree.
 */
export async function deletionCurves(
  predict: Predict,
  rows: Matrix,
  regions: readonly Region[],
  scores: Matrix,
  { fill = chordFill, steps = Math.min(16, regions.length), signal, onProgress }: DeletionOptions = {},
): Promise<DeletionCurves> {
  checkRows('rows', rows, 1);
  checkFinite('rows', rows);
  checkRegions(regions, rows.cols);
  checkScores(scores, rows.rows, regions.length);
  checkWhole('steps', steps, 1, regions.length);
  const orders = Array.from({ length: rows.rows }, (_, i) => ascendingOrder(row(scores, i).map((s) => -s)));
  const counts = Array.from({ length: steps + 1 }, (_, s) => Math.round((s * regions.length) / steps));
  const values = { rows: rows.rows, cols: steps + 1, data: new Float64Array(rows.rows * (steps + 1)) };
  const left = { ...rows, data: rows.data.slice() };
  for (let s = 0; s <= steps; s++) {
    signal?.throwIfAborted();
    for (let i = 0; i < rows.rows; i++)
      for (let k = counts[s - 1] ?? 0; k < counts[s]; k++)
        fillRegion(row(left, i), row(rows, i), regions[orders[i][k]].columns, fill);
    const now = await predictions(predict, { ...left, data: left.data.slice() });
    now.forEach((value, i) => {
      values.data[i * (steps + 1) + s] = value;
    });
    onProgress?.(s, steps);
  }
  const shares = Float64Array.from(counts, (count) => count / regions.length);
  return {
    shares,
    values,
    areas: Float64Array.from({ length: rows.rows }, (_, i) => area(shares, row(values, i))),
  };
}

/** Scores in a random order of the regions, another in each row: what deletion must beat. */
export function randomOrder(rows: number, regions: number, seed = 1): Matrix {
  const stream = random(seed).fork('deletion order');
  const data = new Float64Array(rows * regions);
  for (let i = 0; i < rows; i++) data.set(stream.permutation(regions), i * regions);
  return { rows, cols: regions, data };
}

function checkScores(scores: Matrix, rows: number, regions: number): void {
  if (scores.rows !== rows) throw new RangeError(`scores must have ${rows} rows, but has ${scores.rows}`);
  checkColumns('scores', scores, regions);
  checkFinite('scores', scores);
}

/** By the trapezoidal rule. */
function area(x: Float64Array, y: Float64Array): number {
  let sum = 0;
  for (let k = 1; k < x.length; k++) sum += ((x[k] - x[k - 1]) * (y[k] + y[k - 1])) / 2;
  return sum;
}
