import { type BootstrapOptions, clusterBootstrap, type Interval } from './bootstrap.js';
import { type ScoreName, type Scores, scores } from './scores.js';

/** Each of the seven scores with its interval. */
export type ScoreIntervals = Readonly<Record<ScoreName, Interval>>;

/**
 * The seven scores with 95 % intervals by a bootstrap over publications.
 * @param groups - n publications; rows of one publication are drawn together.
 * @param options.threshold - rows at or above it are called toxic; 0.5.
 * @throws RangeError as `scores` does, or when `groups` has another length.
 */
export function scoreIntervals(
  labels: ArrayLike<number>,
  probabilities: ArrayLike<number>,
  groups: readonly string[],
  { threshold = 0.5, ...options }: BootstrapOptions & { threshold?: number } = {},
): ScoreIntervals {
  if (groups.length !== labels.length)
    throw new RangeError(`groups must name ${labels.length} rows like labels, but name ${groups.length}`);
  const onRows = (rows: Int32Array): Scores =>
    scores(pick(labels, rows), pick(probabilities, rows), { threshold });
  return clusterBootstrap<ScoreName>(groups, (rows) => onRows(rows) as Record<ScoreName, number>, options);
}

const pick = (values: ArrayLike<number>, rows: Int32Array): Float64Array =>
  Float64Array.from(rows, (i) => values[i]);

/** `0.83 [0.74, 0.90]`, or a dash where the score is undefined. */
export function formatInterval({ value, low, high }: Interval, digits = 2): string {
  if (!Number.isFinite(value)) return '–';
  return `${value.toFixed(digits)} [${low.toFixed(digits)}, ${high.toFixed(digits)}]`;
}
