import { checkShare } from '../numeric/check.js';
import { clustersOf } from '../numeric/resample.js';
import { type BootstrapOptions, bootstrapCounts, type Interval } from './bootstrap.js';
import { checkGroups } from './labels.js';
import { weightedScores } from './weighted-scores.js';

/** What a positive and a negative call are worth where a share `prevalence` of the particles is toxic. */
export interface PrevalenceRow {
  readonly prevalence: number;
  /** Of the particles called toxic, the share that is. */
  readonly precision: Interval;
  /** Of the particles called harmless, the share that is. */
  readonly negativePredictiveValue: Interval;
}

export interface PrevalenceOptions extends BootstrapOptions {
  /** 1, 5, 10, 20, 30, 50 and 70 %. */
  prevalences?: readonly number[];
  /** Rows at or above it are called toxic; 0.5. */
  threshold?: number;
}

/**
 * Precision as prevalence shifts while recall and specificity stay: a test set half of which is toxic flatters a model
 * that will meet few toxic particles. Intervals by a bootstrap over publications.
 * @throws RangeError when a prevalence is not between 0 and 1, or as `scoreIntervals` does.
 */
export function prevalenceShift(
  labels: ArrayLike<number>,
  probabilities: ArrayLike<number>,
  groups: readonly string[],
  { prevalences = [0.01, 0.05, 0.1, 0.2, 0.3, 0.5, 0.7], threshold, ...options }: PrevalenceOptions = {},
): PrevalenceRow[] {
  checkGroups(groups, labels.length);
  const clusters = clustersOf(groups);
  const scored = weightedScores(labels, probabilities, clusters.ofRow, { threshold });
  const values = (draws: ArrayLike<number>): Record<string, number> => {
    const { recall, balancedAccuracy } = scored(draws);
    const specificity = 2 * balancedAccuracy - recall;
    return Object.fromEntries(
      prevalences.flatMap((share) => [
        [`precision ${share}`, precisionAt(share, recall, specificity)],
        [`negative ${share}`, precisionAt(1 - share, specificity, recall)],
      ]),
    );
  };
  const intervals = bootstrapCounts(clusters, values, options);
  return prevalences.map((prevalence) => ({
    prevalence,
    precision: intervals[`precision ${prevalence}`],
    negativePredictiveValue: intervals[`negative ${prevalence}`],
  }));
}

/**
 * Bayes's rule: recall · π / (recall · π + (1 − specificity) · (1 − π)); NaN where nothing would be called toxic.
 * @throws RangeError when `prevalence` is not between 0 and 1.
 */
export function precisionAt(prevalence: number, recall: number, specificity: number): number {
  checkShare('prevalence', prevalence);
  const right = recall * prevalence;
  return right / (right + (1 - specificity) * (1 - prevalence));
}
