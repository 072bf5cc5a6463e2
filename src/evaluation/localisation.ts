import { checkColumns, checkFinite } from '../numeric/check.js';
import { type Matrix, row } from '../numeric/matrix.js';
import type { BootstrapOptions, Interval } from './bootstrap.js';
import { checkGroups } from './labels.js';
import { rateIntervals } from './rates.js';
import { rocAuc } from './roc.js';

/** How well scores of regions point at regions that are known to matter. */
export interface Localisation {
  /** Mean over rows of the area under the ROC curve within the row: 0.5 for chance. */
  readonly auc: Interval;
  /** Share of rows whose highest region is a marked one: the pointing game. */
  readonly pointing: Interval;
  /** What pointing at random reaches: the mean share of marked regions. */
  readonly pointingChance: number;
  /** Rows that count: those with marked and unmarked regions. */
  readonly rows: number;
}

/**
 * Scores against known places, row by row. Rows in which all or no regions are marked say nothing and are left out.
 *
 * Zhang et al. (2018), the pointing game, doi:10.1007/s11263-017-1059-x
 * @param scores - n × regions. @param marked - n × regions, 1 where the truth lies, else 0.
 * @param groups - n particles, over which intervals are made.
 * @throws RangeError when shapes disagree or no row counts.
 */
export function localisation(
  scores: Matrix,
  marked: Matrix,
  groups: readonly string[],
  options: BootstrapOptions = {},
): Localisation {
  if (marked.rows !== scores.rows)
    throw new RangeError(`marked must have ${scores.rows} rows like scores, but has ${marked.rows}`);
  checkColumns('marked', marked, scores.cols);
  checkFinite('scores', scores);
  checkGroups(groups, scores.rows);
  const shares = Float64Array.from({ length: marked.rows }, (_, i) => mean(row(marked, i)));
  const among = shares.map((share) => Number(share > 0 && share < 1));
  const rows = among.reduce((sum, one) => sum + one, 0);
  if (rows === 0)
    throw new RangeError(
      'marked must hold marked and unmarked regions in at least one row, but no row has both',
    );
  const over = (of: (i: number) => number) => ({
    values: among.map((counts, i) => (counts ? of(i) : 0)),
    among,
  });
  const rates = {
    auc: over((i) => rocAuc(row(marked, i), row(scores, i))),
    pointing: over((i) => atHighest(row(scores, i), row(marked, i))),
    chance: over((i) => shares[i]),
  };
  const { auc, pointing, chance } = rateIntervals(groups, rates, options);
  return { auc, pointing, pointingChance: chance.value, rows };
}

/** The share of marked regions among those with the highest score. */
function atHighest(scores: Float64Array, marked: Float64Array): number {
  const highest = scores.reduce((most, score) => Math.max(most, score), Number.NEGATIVE_INFINITY);
  let [hits, tied] = [0, 0];
  scores.forEach((score, k) => {
    if (score < highest) return;
    tied++;
    hits += marked[k];
  });
  return hits / tied;
}

const mean = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0) / values.length;
