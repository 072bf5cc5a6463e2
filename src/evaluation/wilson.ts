import { checkShare } from '../numeric/check.js';
import { normalQuantile } from '../numeric/distributions.js';
import type { Interval } from './bootstrap.js';

/**
 * Interval of a proportion from independent trials, sound for small numbers and near 0 and 1.
 *
 * Wilson (1927), doi:10.1080/01621459.1927.10502953
 * @param options.level - coverage; 0.95.
 * @throws RangeError when `successes` is not in 0 … trials.
 */
export function wilson(
  successes: number,
  trials: number,
  { level = 0.95 }: { level?: number } = {},
): Interval {
  if (!(successes >= 0 && successes <= trials))
    throw new RangeError(`successes must be in 0 … ${trials} trials, but are ${successes}`);
  checkShare('level', level);
  if (trials === 0) return { value: Number.NaN, low: 0, high: 1 };
  const z = normalQuantile((1 + level) / 2);
  const share = successes / trials;
  const scale = 1 + (z * z) / trials;
  const middle = (share + (z * z) / (2 * trials)) / scale;
  const half = (z / scale) * Math.sqrt((share * (1 - share)) / trials + (z * z) / (4 * trials * trials));
  return {
    value: share,
    low: successes === 0 ? 0 : Math.max(0, middle - half),
    high: successes === trials ? 1 : Math.min(1, middle + half),
  };
}
