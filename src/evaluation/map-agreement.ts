import { checkColumns, checkFinite } from '../numeric/check.js';
import { type Matrix, row } from '../numeric/matrix.js';
import { spearman } from './agreement.js';
import type { BootstrapOptions, Interval } from './bootstrap.js';
import { checkGroups } from './labels.js';
import { rateIntervals } from './rates.js';

/** How far two attributions name the same regions of the same rows. */
export interface MapAgreement {
  /** Mean over rows of Spearman's correlation, with its interval over groups. */
  readonly spearman: Interval;
  /** n correlations; NaN where one side is constant. */
  readonly perRow: Float64Array;
  /** Rows that count. */
  readonly rows: number;
}

/**
 * Agreement of two attributions, row by row: attention beside occlusion, or a method under a trained model beside the
 * same method under a model with random weights, where agreement means that the method does not see the model.
 *
 * Adebayo et al. (2018), arXiv:1810.03292
 * @param a - n × regions. @param b - the same.
 * @param groups - n particles, over which intervals are made.
 * @throws RangeError when shapes disagree or no row has two sides that vary.
 */
export function mapAgreement(
  a: Matrix,
  b: Matrix,
  groups: readonly string[],
  options: BootstrapOptions = {},
): MapAgreement {
  if (a.rows !== b.rows) throw new RangeError(`b must have ${a.rows} rows like a, but has ${b.rows}`);
  checkColumns('b', b, a.cols);
  checkFinite('a', a);
  checkFinite('b', b);
  checkGroups(groups, a.rows);
  const perRow = Float64Array.from({ length: a.rows }, (_, i) => spearman(row(a, i), row(b, i)));
  const among = perRow.map((rho) => Number(Number.isFinite(rho)));
  const rows = among.reduce((sum, one) => sum + one, 0);
  if (rows === 0)
    throw new RangeError(
      'a and b must vary over the regions of at least one row, but one of them is constant in all',
    );
  const rates = { spearman: { values: perRow, among } };
  return { ...rateIntervals(groups, rates, options), perRow, rows };
}
