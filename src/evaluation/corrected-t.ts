import { checkShare } from '../numeric/check.js';
import { studentCritical, studentTwoSided } from '../numeric/distributions.js';
import type { Interval } from './bootstrap.js';

/** A mean difference over folds with its test. */
export interface CorrectedT extends Interval {
  readonly t: number;
  readonly degreesOfFreedom: number;
  readonly pValue: number;
}

/**
 * Student's t over the folds of a (repeated) cross-validation, with the variance corrected for folds that share
 * training rows: without the correction such a test finds differences where there are none.
 *
 * Nadeau & Bengio (2003), doi:10.1023/A:1024068626366; Bouckaert & Frank (2004), doi:10.1007/978-3-540-24775-3_3
 * @param differences - score of one model minus that of another, one per fold and repeat.
 * @param options.testShare - test rows per training row of a fold; 1 / (k − 1) for k folds.
 * @param options.level - coverage of the interval; 0.95.
 * @throws RangeError when there are fewer than two differences or one is not finite.
 */
export function correctedT(
  differences: readonly number[],
  { testShare, level = 0.95 }: { testShare: number; level?: number },
): CorrectedT {
  const k = differences.length;
  if (k < 2) throw new RangeError(`differences must be at least 2, but are ${k}`);
  checkShare('level', level);
  if (!(testShare > 0)) throw new RangeError(`testShare must be positive, but is ${testShare}`);
  const wrong = differences.findIndex((d) => !Number.isFinite(d));
  if (wrong >= 0)
    throw new RangeError(`differences must be finite, but number ${wrong} is ${differences[wrong]}`);
  const value = differences.reduce((sum, d) => sum + d, 0) / k;
  const variance = differences.reduce((sum, d) => sum + (d - value) * (d - value), 0) / (k - 1);
  const error = Math.sqrt((1 / k + testShare) * variance);
  const t = value === 0 ? 0 : value / error;
  const half = studentCritical(1 - level, k - 1) * error;
  const pValue = Number.isFinite(t) ? studentTwoSided(t, k - 1) : 0;
  return { value, low: value - half, high: value + half, t, degreesOfFreedom: k - 1, pValue };
}
