import { clustersOf } from '../numeric/resample.js';
import { type BootstrapOptions, bootstrapCounts, type Interval } from './bootstrap.js';
import { checkGroups } from './labels.js';
import type { ScoreName, ScoreOptions } from './scores.js';
import { weightedScores } from './weighted-scores.js';

/** Each score with its interval. */
export type ScoreIntervals = Readonly<Record<ScoreName, Interval>>;

/**
 * All scores with 95 % intervals by a bootstrap over publications.
 * @param groups - n publications; rows of one publication are drawn together.
 * @param options.threshold - rows at or above it are called toxic; 0.5.
 * @throws RangeError as `scores` does, or when `groups` has another length.
 */
export function scoreIntervals(
  labels: ArrayLike<number>,
  probabilities: ArrayLike<number>,
  groups: readonly string[],
  options: BootstrapOptions & ScoreOptions = {},
): ScoreIntervals {
  checkGroups(groups, labels.length);
  const clusters = clustersOf(groups);
  const scored = weightedScores(labels, probabilities, clusters.ofRow, options);
  return bootstrapCounts<ScoreName>(
    clusters,
    scored as (w: Int32Array) => Record<ScoreName, number>,
    options,
  );
}

/** `p = 0.023`, or `p < 0.001`. */
export const formatPValue = (p: number): string => (p < 0.001 ? 'p < 0.001' : `p = ${p.toFixed(3)}`);

/** `0.83 [0.74, 0.90]`, or a dash where the score is undefined. */
export function formatInterval({ value, low, high }: Interval, digits = 2): string {
  if (!Number.isFinite(value)) return '–';
  return `${value.toFixed(digits)} [${low.toFixed(digits)}, ${high.toFixed(digits)}]`;
}
