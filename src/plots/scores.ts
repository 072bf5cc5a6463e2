import type { ScoreName, Scores } from '../evaluation/scores.js';
import type { ArmResult } from '../qsar/experiment.js';
import type { Figure, FigureOptions } from './figure.js';
import { intervalFigure } from './intervals.js';

/** How scores are called in figures, in the order in which they stand there. */
export const SCORE_LABELS: Readonly<Record<ScoreName, string>> = {
  rocAuc: 'ROC-AUC',
  prAuc: 'PR-AUC',
  balancedAccuracy: 'balanced accuracy',
  mcc: 'MCC',
  accuracy: 'accuracy',
  precision: 'precision',
  recall: 'recall',
  f1: 'F1',
  brier: 'Brier score',
  logLoss: 'log loss',
  ece: 'calibration error',
};

/** The scores that the paper reports: what a figure beside it shows. */
const PAPER: readonly ScoreName[] = [
  'rocAuc',
  'balancedAccuracy',
  'mcc',
  'accuracy',
  'precision',
  'recall',
  'f1',
];

/** What a figure of scores needs to know of an arm. */
export type ScoredArm = Pick<ArmResult, 'arm' | 'split' | 'scores'>;

/**
 * One score of several arms, random beside grouped split, so that a leak is seen at once.
 * @param options.score - which; `rocAuc`.
 */
export function armsFigure(
  results: readonly ScoredArm[],
  { score = 'rocAuc', ...options }: FigureOptions & { score?: ScoreName } = {},
): Figure {
  const splits = [...new Set(results.map((result) => result.split))];
  const arms = [...new Set(results.map((result) => result.arm))];
  const rows = arms.map((arm) => ({
    label: arm,
    intervals: splits.map((split) => results.find((r) => r.arm === arm && r.split === split)?.scores[score]),
  }));
  return intervalFigure(splits.map(splitLabel), rows, {
    axis: `${SCORE_LABELS[score]} with 95 % interval over publications`,
    ...options,
  });
}

/**
 * Scores of one arm under each split, with published ones as open diamonds.
 * @param arm - name of the arm.
 * @param options.names - which scores; the seven of the paper.
 */
export function scoresFigure(
  results: readonly ScoredArm[],
  arm: string,
  {
    published,
    names = PAPER,
    ...options
  }: FigureOptions & { published?: Partial<Scores>; names?: readonly ScoreName[] } = {},
): Figure {
  const own = results.filter((result) => result.arm === arm);
  if (own.length === 0)
    throw new RangeError(
      `no result has the arm "${arm}"; there are ${[...new Set(results.map((r) => r.arm))].join(', ')}`,
    );
  const rows = names.map((name) => ({
    label: SCORE_LABELS[name],
    intervals: own.map((result) => result.scores[name]),
    published: published?.[name],
  }));
  return intervalFigure(
    own.map((result) => splitLabel(result.split)),
    rows,
    {
      axis: 'score with 95 % interval over publications',
      range: [-0.15, 1.02],
      ...options,
    },
  );
}

/** A split as a legend says it. */
export const splitLabel = (split: string): string =>
  split.startsWith('by ') ? `split ${split}` : `${split} split`;
