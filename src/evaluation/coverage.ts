import type { BootstrapOptions, Interval } from './bootstrap.js';
import type { PredictionSets } from './conformal.js';
import { checkGroups } from './labels.js';
import { type Rate, rateIntervals } from './rates.js';

/** Whether prediction sets keep their promise, and what they cost. */
export interface Coverage {
  /** Share of sets that hold the truth. */
  readonly overall: Interval;
  /** The same among the rows of each class. */
  readonly byClass: readonly Interval[];
  /** Mean number of classes in a set. */
  readonly size: Interval;
  /** Share of sets with one class: a plain answer. */
  readonly single: Interval;
  /** Share of sets without any class: unlike either. */
  readonly empty: Interval;
  /** Among the sets with one class, the share that is right. */
  readonly singleRight: Interval;
  readonly rows: number;
}

/**
 * Coverage and size of prediction sets, with intervals by a bootstrap over publications.
 * @param labels - n classes, 0 … K − 1.
 * @param groups - n publications.
 * @throws RangeError when the numbers of rows differ.
 */
export function coverage(
  labels: ArrayLike<number>,
  { classes, members }: PredictionSets,
  groups: readonly string[],
  options: BootstrapOptions = {},
): Coverage {
  checkGroups(groups, labels.length);
  if (members.length !== labels.length * classes)
    throw new RangeError(
      `sets must be of ${labels.length} rows like labels, but are of ${members.length / classes}`,
    );
  const covered = Array.from(labels, (label, i) => members[i * classes + label]);
  const size = covered.map((_, i) =>
    members.subarray(i * classes, (i + 1) * classes).reduce((sum, m) => sum + m, 0),
  );
  const single = size.map((n) => Number(n === 1));
  const ofClass = (y: number): Rate => ({
    values: covered,
    among: Array.from(labels, (l) => Number(l === y)),
  });
  const rates: Record<string, Rate> = {
    ...{ overall: { values: covered }, size: { values: size }, single: { values: single } },
    ...{
      empty: { values: size.map((n) => Number(n === 0)) },
      singleRight: { values: covered, among: single },
    },
    ...Object.fromEntries(Array.from({ length: classes }, (_, y) => [`class ${y}`, ofClass(y)])),
  };
  const {
    overall,
    size: sizes,
    single: singles,
    empty,
    singleRight,
    ...rest
  } = rateIntervals(groups, rates, options);
  const byClass = Array.from({ length: classes }, (_, y) => rest[`class ${y}`]);
  return { overall, byClass, size: sizes, single: singles, empty, singleRight, rows: labels.length };
}
