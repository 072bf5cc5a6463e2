import { checkColumns, checkFinite, checkRows } from '../numeric/check.js';
import { type Matrix, row } from '../numeric/matrix.js';
import { ascendingOrder } from '../numeric/ranks.js';
import type { BootstrapOptions, Interval } from './bootstrap.js';
import { checkGroups } from './labels.js';
import { rateIntervals } from './rates.js';

/** How often the two causes of a sample are named. */
export interface DualAttribution {
  /** Both named. */
  readonly both: Interval;
  /** At least one of them named. */
  readonly either: Interval;
  /** Share in which two classes drawn at random are both right: 1 / (K choose 2), 4.8 % for seven. */
  readonly chance: number;
  /** n: 1 where both were named. */
  readonly found: Uint8Array;
  readonly rows: number;
}

/**
 * Dual attribution: a sample with two causes counts where the two classes with the highest scores are these two.
 * @param scores - n × K: probabilities, shares, or anything that ranks classes.
 * @param truth - n × K true shares, each row with exactly two above 0.
 * @param groups - n particles, over which intervals are made.
 * @throws RangeError when shapes disagree or a row of truth has not two causes.
 */
export function dualAttribution(
  scores: Matrix,
  truth: Matrix,
  groups: readonly string[],
  options: BootstrapOptions = {},
): DualAttribution {
  checkRows('scores', scores, 1);
  if (truth.rows !== scores.rows)
    throw new RangeError(`truth must have ${scores.rows} rows like scores, but has ${truth.rows}`);
  checkColumns('truth', truth, scores.cols);
  checkFinite('scores', scores);
  checkGroups(groups, scores.rows);
  const hits = Uint8Array.from({ length: scores.rows }, (_, i) => {
    const causes = causesOf(row(truth, i), i);
    return causes.filter((cause) => topTwo(row(scores, i)).includes(cause)).length;
  });
  const found = hits.map((count) => Number(count === 2));
  const rates = { both: { values: found }, either: { values: hits.map((count) => Number(count > 0)) } };
  const K = scores.cols;
  return { ...rateIntervals(groups, rates, options), chance: 2 / (K * (K - 1)), found, rows: scores.rows };
}

/** The two highest; of equal ones the earlier. */
export function topTwo(scores: Float64Array): number[] {
  return Array.from(ascendingOrder(scores.map((score) => -score)).subarray(0, 2));
}

function causesOf(shares: Float64Array, i: number): number[] {
  const causes = Array.from(shares.keys()).filter((k) => shares[k] > 0);
  if (causes.length !== 2)
    throw new RangeError(`truth must name two causes in each row, but row ${i} has ${causes.length}`);
  return causes;
}
