import { checkShare } from '../numeric/check.js';
import { normalQuantile, normalTwoSided } from '../numeric/distributions.js';
import { midranks } from '../numeric/ranks.js';
import type { Interval } from './bootstrap.js';
import { checkBinary, countPositive } from './labels.js';

/** An area under the ROC curve with what DeLong's method says of it. */
export interface DelongArea extends Interval {
  readonly variance: number;
}

/** The difference between two areas on the same rows. */
export interface DelongComparison extends DelongArea {
  readonly z: number;
  readonly pValue: number;
}

/**
 * ROC-AUC with its interval where rows are independent of one another; where they come from publications, use
 * `scoreIntervals`.
 *
 * DeLong, DeLong & Clarke-Pearson (1988), doi:10.2307/2531595, by midranks (Sun & Xu 2014, doi:10.1109/LSP.2014.2337313)
 * @param options.level - coverage; 0.95. Bounds are kept within 0 … 1.
 * @throws RangeError when a class has fewer than two rows, or as `rocAuc` does.
 */
export function delong(
  labels: ArrayLike<number>,
  scores: ArrayLike<number>,
  { level = 0.95 }: { level?: number } = {},
): DelongArea {
  checkShare('level', level);
  const parts = placements(labels, scores);
  const { value, variance } = { value: mean(parts.positive), variance: contrast(parts, parts) };
  const half = normalQuantile((1 + level) / 2) * Math.sqrt(variance);
  return { value, variance, low: Math.max(0, value - half), high: Math.min(1, value + half) };
}

/**
 * Whether two models rank the same independent rows equally well: first minus second.
 * @throws RangeError as `delong` does.
 */
export function delongTest(
  labels: ArrayLike<number>,
  first: ArrayLike<number>,
  second: ArrayLike<number>,
  { level = 0.95 }: { level?: number } = {},
): DelongComparison {
  checkShare('level', level);
  const [a, b] = [placements(labels, first), placements(labels, second)];
  const value = mean(a.positive) - mean(b.positive);
  const variance = Math.max(0, contrast(a, a) + contrast(b, b) - 2 * contrast(a, b));
  const half = normalQuantile((1 + level) / 2) * Math.sqrt(variance);
  const z = value === 0 ? 0 : value / Math.sqrt(variance);
  return { value, low: value - half, high: value + half, variance, z, pValue: normalTwoSided(z) };
}

/** For each row of one class, the share of the other class that it is ranked right against. */
interface Placements {
  readonly positive: Float64Array;
  readonly negative: Float64Array;
}

function placements(labels: ArrayLike<number>, scores: ArrayLike<number>): Placements {
  checkBinary(labels, scores);
  const m = countPositive(labels);
  const n = labels.length - m;
  if (m < 2 || n < 2)
    throw new RangeError(
      `labels must hold at least two rows of each class, but hold ${m} of 1 and ${n} of 0`,
    );
  const rows = Array.from(labels, (_, i) => i);
  const all = midranks(scores);
  const share = (label: number, others: number): Float64Array => {
    const own = rows.filter((i) => labels[i] === label);
    const within = midranks(own.map((i) => scores[i]));
    return Float64Array.from(own, (i, k) => (all[i] - within[k]) / others);
  };
  return { positive: share(1, n), negative: share(0, m).map((below) => 1 - below) };
}

/** Covariance of two areas. */
const contrast = (a: Placements, b: Placements): number =>
  covariance(a.positive, b.positive) / a.positive.length +
  covariance(a.negative, b.negative) / a.negative.length;

const mean = (x: Float64Array): number => x.reduce((sum, v) => sum + v, 0) / x.length;

function covariance(x: Float64Array, y: Float64Array): number {
  const [mx, my] = [mean(x), mean(y)];
  return x.reduce((sum, v, i) => sum + (v - mx) * (y[i] - my), 0) / (x.length - 1);
}
