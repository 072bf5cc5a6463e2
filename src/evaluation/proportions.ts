import type { Interval } from './bootstrap.js';
import type { Confusion } from './confusion.js';
import { wilson } from './wilson.js';

/** The scores that are proportions of counted rows. */
export interface ProportionIntervals {
  readonly accuracy: Interval;
  readonly recall: Interval;
  readonly specificity: Interval;
  readonly precision: Interval;
}

/**
 * Wilson intervals of the scores that are plain proportions, for rows that are independent of one another; where they
 * come from publications, use `scoreIntervals`. A proportion of no rows has the interval 0 … 1.
 * @param options.level - coverage; 0.95.
 */
export function proportionIntervals(c: Confusion, options: { level?: number } = {}): ProportionIntervals {
  const { truePositives, falsePositives, trueNegatives, falseNegatives } = c;
  const right = truePositives + trueNegatives;
  return {
    accuracy: wilson(right, right + falsePositives + falseNegatives, options),
    recall: wilson(truePositives, truePositives + falseNegatives, options),
    specificity: wilson(trueNegatives, trueNegatives + falsePositives, options),
    precision: wilson(truePositives, truePositives + falsePositives, options),
  };
}
