import type { AgeingArmScores } from '../ageing/scores.js';
import type { Figure, FigureOptions } from './figure.js';
import { intervalFigure } from './intervals.js';

export interface AgeingFigureOptions extends FigureOptions {
  /** Published accuracies by arm, as open diamonds. */
  readonly published?: Readonly<Record<string, number>>;
  /** What arms are called. */
  readonly names?: Readonly<Record<string, string>>;
}

const SPLITS = { particle: 'by particle', sample: 'random samples' } as const;

/** Accuracy of every arm under every split: a leak between fields of one particle shows as a gap. */
export function ageingFigure(
  arms: readonly AgeingArmScores[],
  { published = {}, names = {}, ...options }: AgeingFigureOptions = {},
): Figure {
  const splits = [...new Set(arms.map(({ split }) => split))];
  const own = [...new Set(arms.map(({ arm }) => arm))];
  const rows = own.map((arm) => ({
    label: names[arm] ?? arm,
    intervals: splits.map((split) => arms.find((one) => one.arm === arm && one.split === split)?.accuracy),
    ...(Object.hasOwn(published, arm) ? { published: published[arm] } : {}),
  }));
  return intervalFigure(
    splits.map((split) => SPLITS[split]),
    rows,
    { axis: 'share of held-out samples named rightly, 95 % interval over particles', ...options },
  );
}

/** Of each type's samples, the share that each arm finds. */
export function ageingRecallFigure(
  arms: readonly AgeingArmScores[],
  classes: readonly string[],
  { names = {}, ...options }: AgeingFigureOptions = {},
): Figure {
  return intervalFigure(
    arms.map(({ arm }) => names[arm] ?? arm),
    classes.map((label, k) => ({ label, intervals: arms.map(({ recalls }) => recalls[k]) })),
    { axis: 'share of the type that is found, 95 % interval over particles', ...options },
  );
}
