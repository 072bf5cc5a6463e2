import { checkWhole } from '../numeric/check.js';
import { quantile } from '../numeric/statistics.js';
import type { BootstrapOptions } from './bootstrap.js';
import { checkGroups, checkProbabilities } from './labels.js';
import { rateIntervals } from './rates.js';
import { wilson } from './wilson.js';

/** One bin of predictions: what was promised and what came. */
export interface ReliabilityBin {
  readonly rows: number;
  /** Mean predicted probability. */
  readonly predicted: number;
  /** Share of rows that are positive. */
  readonly observed: number;
  /** Interval of the observed share: by a bootstrap over publications where they are known, else Wilson's. */
  readonly low: number;
  readonly high: number;
}

export interface ReliabilityOptions extends BootstrapOptions {
  /** 10. */
  bins?: number;
  /** Bins of equal `width` (default) or with equally many rows (`quantile`). */
  strategy?: 'width' | 'quantile';
  /** n publications. */
  groups?: readonly string[];
}

/**
 * Reliability curve: rows with like predictions, and how many of them were positive. Empty bins are left out.
 *
 * Niculescu-Mizil & Caruana (2005), doi:10.1145/1102351.1102430
 * @throws RangeError as `scores` does.
 */
export function reliabilityCurve(
  labels: ArrayLike<number>,
  probabilities: ArrayLike<number>,
  { bins = 10, strategy = 'width', groups, ...bootstrap }: ReliabilityOptions = {},
): ReliabilityBin[] {
  checkProbabilities(labels, probabilities);
  if (groups) checkGroups(groups, labels.length);
  checkWhole('bins', bins, 1);
  const place = strategy === 'width' ? (p: number) => binOf(p, bins) : quantileBin(probabilities, bins);
  const members = Array.from({ length: bins }, () => [] as number[]);
  for (let i = 0; i < labels.length; i++) members[place(probabilities[i])].push(i);
  return members
    .filter((rows) => rows.length > 0)
    .map((rows) => ({
      rows: rows.length,
      predicted: rows.reduce((sum, i) => sum + probabilities[i], 0) / rows.length,
      ...observedShare(rows, labels, groups, bootstrap),
    }));
}

/** The bin of width 1 / bins that holds p; an edge belongs to the bin below it, as scikit-learn has it. */
export function binOf(p: number, bins: number): number {
  const width = 1 / bins;
  let bin = Math.min(bins - 1, Math.floor(p * bins));
  if (bin > 0 && p <= bin * width) bin--;
  return bin;
}

/** Bins between quantiles of the predictions. */
function quantileBin(probabilities: ArrayLike<number>, bins: number): (p: number) => number {
  const sorted = Float64Array.from(probabilities).sort();
  const edges = Array.from({ length: bins - 1 }, (_, k) => quantile(sorted, (k + 1) / bins));
  return (p) => edges.filter((edge) => edge < p).length;
}

function observedShare(
  rows: readonly number[],
  labels: ArrayLike<number>,
  groups: readonly string[] | undefined,
  options: BootstrapOptions,
): Pick<ReliabilityBin, 'observed' | 'low' | 'high'> {
  const values = rows.map((i) => labels[i]);
  const positive = values.reduce((sum, y) => sum + y, 0);
  const { value, low, high } = groups
    ? rateIntervals(
        rows.map((i) => groups[i]),
        { observed: { values } },
        options,
      ).observed
    : wilson(positive, rows.length, options);
  return { observed: value, low, high };
}
