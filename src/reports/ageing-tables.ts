import { AGEING_ARMS, publishedAgeing } from '../ageing/published.js';
import type { AgeingRun } from '../ageing/run.js';
import type { AgeingArmScores } from '../ageing/scores.js';
import type { Interval } from '../evaluation/bootstrap.js';
import { markdownTable } from './markdown.js';

/** `96.4 % [95.0, 97.6]`, or a dash where there is nothing. */
export const percentInterval = (interval: Interval | undefined): string =>
  interval && Number.isFinite(interval.value)
    ? `${percent(interval.value)} % [${percent(interval.low)}, ${percent(interval.high)}]`
    : '–';

const percent = (share: number): string => (100 * share).toFixed(1);

export const armName = (arm: string): string => AGEING_ARMS[arm] ?? arm;

/** The published accuracies beside ours, an arm a line. */
export function ageingTable({ arms }: Pick<AgeingRun, 'arms'>): string {
  const find = (arm: string, split: string): AgeingArmScores | undefined =>
    arms.find((one) => one.arm === arm && one.split === split);
  const names = [...new Set(arms.map(({ arm }) => arm))];
  return markdownTable(
    ['arm', 'published', 'by particle', 'by particle, fields answered together', 'random samples'],
    names.map((arm) => {
      const published = publishedAgeing(arm);
      return [
        armName(arm),
        published === undefined ? '–' : `${percent(published)} %`,
        percentInterval(find(arm, 'particle')?.accuracy),
        percentInterval(find(arm, 'particle')?.pooled),
        percentInterval(find(arm, 'sample')?.accuracy),
      ];
    }),
  );
}

/** Share of each type that is found, by particle where there is such a split. */
export function recallTable({ arms, samples }: Pick<AgeingRun, 'arms' | 'samples'>): string {
  const split = arms.some((one) => one.split === 'particle') ? 'particle' : 'sample';
  const own = arms.filter((one) => one.split === split);
  return markdownTable(
    ['type', ...own.map(({ arm }) => armName(arm))],
    samples.classes.map((type, k) => [type, ...own.map(({ recalls }) => percentInterval(recalls[k]))]),
  );
}

/** Samples of each true type by what they were called. */
export const confusionTable = ({ confusion }: AgeingArmScores, classes: readonly string[]): string =>
  markdownTable(
    ['truth \\ called', ...classes],
    confusion.map((counts, k) => [classes[k], ...counts.map(String)]),
  );

/** What every fold was trained on; particles on both sides tell a split that leaks. */
export function seenTable({ arms }: Pick<AgeingRun, 'arms'>): string {
  const splits = [...new Set(arms.map(({ split }) => split))];
  return markdownTable(
    ['split', 'fold', 'training samples', 'training particles', 'particles on both sides'],
    splits.flatMap((split) =>
      arms
        .find((one) => one.split === split)!
        .seen.map(({ samples, particles, shared }, fold) => [
          ...[split === 'particle' ? 'by particle' : 'random samples', `${fold + 1}`],
          ...[`${samples}`, `${particles}`, `${shared}`],
        ]),
    ),
  );
}

/** Mean gap between promise and outcome. */
export const calibrationTable = ({ arms }: Pick<AgeingRun, 'arms'>): string =>
  markdownTable(
    ['arm', 'split', 'calibration error (ten bins)'],
    arms.map(({ arm, split, calibrationError }) => [
      ...[armName(arm), split === 'particle' ? 'by particle' : 'random samples'],
      `${percent(calibrationError)} %`,
    ]),
  );
