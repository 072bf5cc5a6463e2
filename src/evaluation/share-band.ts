import { checkColumns, checkRows, checkShare } from '../numeric/check.js';
import type { Matrix } from '../numeric/matrix.js';
import { ascendingOrder } from '../numeric/ranks.js';
import { checkGroups } from './labels.js';

/** Half-widths of intervals around predicted shares: plain data. */
export interface ShareBand {
  /** Share of intervals that may miss the truth. */
  readonly alpha: number;
  /** One for each of the K classes; 1, which is all, where there is too little to calibrate on. */
  readonly halfWidths: readonly number[];
}

export interface ShareBandOptions {
  /** 0.1: intervals that hold the truth in 90 %. */
  readonly alpha?: number;
  /** n particles: each counts once, by its worst row. Default: rows count. */
  readonly groups?: readonly string[];
}

/**
 * Split conformal intervals of shares: from rows that nothing was fitted on, how far a predicted share may be off.
 *
 * Lei et al. (2018), doi:10.1080/01621459.2017.1307116
 * @param truth - n × K shares. @param predicted - n × K.
 * @throws RangeError when shapes disagree, there is no row, or alpha is not between 0 and 1.
 */
export function fitShareBand(
  truth: Matrix,
  predicted: Matrix,
  { alpha = 0.1, groups }: ShareBandOptions = {},
): ShareBand {
  checkShare('alpha', alpha);
  checkRows('truth', truth, 1);
  if (predicted.rows !== truth.rows)
    throw new RangeError(`predicted must have ${truth.rows} rows like truth, but has ${predicted.rows}`);
  checkColumns('predicted', predicted, truth.cols);
  if (groups) checkGroups(groups, truth.rows);
  const names = groups ?? Array.from({ length: truth.rows }, (_, i) => `${i}`);
  const halfWidths = Array.from({ length: truth.cols }, (_, k) => {
    const worst = new Map<string, number>();
    names.forEach((name, i) => {
      const error = Math.abs(truth.data[i * truth.cols + k] - predicted.data[i * truth.cols + k]);
      worst.set(name, Math.max(worst.get(name) ?? 0, error));
    });
    const errors = Float64Array.from(worst.values());
    const rank = Math.ceil((errors.length + 1) * (1 - alpha) - 1e-12);
    return rank > errors.length ? 1 : errors[ascendingOrder(errors)[rank - 1]];
  });
  return { alpha, halfWidths };
}

/** The intervals of predicted shares, within 0 … 1: two matrices like `predicted`. */
export function shareIntervals({ halfWidths }: ShareBand, predicted: Matrix): { low: Matrix; high: Matrix } {
  checkColumns('predicted', predicted, halfWidths.length);
  const edge = (sign: number): Matrix => ({
    ...predicted,
    data: predicted.data.map((share, at) =>
      Math.min(1, Math.max(0, share + sign * halfWidths[at % halfWidths.length])),
    ),
  });
  return { low: edge(-1), high: edge(1) };
}
