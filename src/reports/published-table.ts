import type { Interval } from '../evaluation/bootstrap.js';
import { PUBLISHED_SCORES, type PublishedScores } from '../evaluation/published.js';
import type { QsarRun } from '../qsar/run/run-result.js';
import type { SplitName } from '../qsar/split-folds.js';

/** The published figures beside those of one arm on one target, under each split. */
export interface PublishedComparison {
  readonly target: string;
  readonly arm: string;
  readonly splits: readonly SplitName[];
  readonly rows: readonly {
    readonly score: keyof PublishedScores;
    readonly published: number;
    /** Ours with its interval over publications, in the order of `splits`. */
    readonly ours: readonly Interval[];
  }[];
}

/** What has to be assumed to set ours beside the published figures. */
export const ASSUMPTIONS: readonly string[] = [
  'The published figures are of one independent test set; its size, its split and its data are not known to us.',
  'Ours are of out-of-fold predictions, the mean over the seeds, at a threshold of 0.5.',
  'The layer widths, the frozen layers, the descriptors and the threshold of toxicity are ours.',
  'Intervals resample whole publications; the published figures have none.',
];

/**
 * Paper beside ours: for each target the fine-tuned arm that is best by ROC-AUC under the first split, or the first arm
 * where none is fine-tuned. Chosen and shown on the same rows, it flatters us a little.
 */
export function publishedComparisons({ arms, config, targets }: QsarRun): PublishedComparison[] {
  const tuned = new Set(
    config.arms.filter((arm) => arm.kind === 'fine-tune' && !arm.shuffled).map(({ name }) => name),
  );
  return Object.keys(targets).flatMap((target) => {
    const own = arms.filter((one) => one.target === target && (tuned.size === 0 || tuned.has(one.arm)));
    const splits = [...new Set(own.map(({ split }) => split))];
    const first = own.filter(({ split }) => split === splits[0]);
    if (first.length === 0) return [];
    const best = first.reduce((a, b) => (b.scores.rocAuc.value > a.scores.rocAuc.value ? b : a));
    const shown = splits.map((split) => own.find((one) => one.split === split && one.arm === best.arm)!);
    const scores = Object.keys(PUBLISHED_SCORES) as (keyof PublishedScores)[];
    const rows = scores.map((score) => ({
      ...{ score, published: PUBLISHED_SCORES[score] },
      ours: shown.map((one) => one.scores[score]),
    }));
    return [{ target, arm: best.arm, splits, rows }];
  });
}
