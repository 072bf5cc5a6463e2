import { formatInterval } from '../evaluation/intervals.js';
import { SCORE_LABELS } from '../plots/scores.js';
import type { ArmScores, QsarRun } from '../qsar/run/run-result.js';
import { markdownTable } from './markdown.js';
import type { PublishedComparison } from './published-table.js';

const SHOWN = ['rocAuc', 'prAuc', 'balancedAccuracy', 'mcc', 'brier'] as const;

/** ROC-AUC of every arm, one column a split: random beside grouped. */
export function splitsTable(arms: readonly ArmScores[]): string {
  const splits = [...new Set(arms.map(({ split }) => split))];
  const lines = arms.filter((one, i) => arms.findIndex((other) => isSameArm(one, other)) === i);
  return markdownTable(
    ['target', 'arm', ...splits.map((split) => `ROC-AUC, ${split}`)],
    lines.map((line) => {
      const under = splits.map((split) => arms.find((one) => isSameArm(one, line) && one.split === split));
      return [line.target, line.arm, ...under.map((one) => (one ? formatInterval(one.scores.rocAuc) : '–'))];
    }),
  );
}

const isSameArm = (a: ArmScores, b: ArmScores): boolean => a.target === b.target && a.arm === b.arm;

/** Every arm under every split, a line each. */
export function scoresTable(arms: readonly ArmScores[]): string {
  return markdownTable(
    ['target', 'split', 'arm', ...SHOWN.map((name) => SCORE_LABELS[name])],
    arms.map((one) => [
      one.target,
      one.split,
      one.arm,
      ...SHOWN.map((name) => formatInterval(one.scores[name])),
    ]),
  );
}

/** Every arm against the reference. */
export function comparisonsTable({ comparisons, config }: Pick<QsarRun, 'comparisons' | 'config'>): string {
  return markdownTable(
    ['target', 'split', 'arm', `ROC-AUC minus that of ${config.reference}`, 'p', 'p after Holm'],
    comparisons.map(({ target, split, arm, differences: { rocAuc }, adjustedPValue }) => [
      ...[target, split, arm, formatInterval(rocAuc, 3)],
      ...[rocAuc.pValue.toPrecision(2), adjustedPValue.toPrecision(2)],
    ]),
  );
}

/** The published figures beside ours. */
export function publishedTable({ splits, rows }: PublishedComparison): string {
  return markdownTable(
    ['score', 'published', ...splits.map((split) => `ours, ${split}`)],
    rows.map(({ score, published, ours }) => [
      ...[SCORE_LABELS[score], published.toFixed(2)],
      ...ours.map((interval) => formatInterval(interval)),
    ]),
  );
}

/** How far the kept arms can be trusted: sets, thresholds, calibration. */
export function trustTable({ assessments }: Pick<QsarRun, 'assessments'>): string {
  return markdownTable(
    [
      'target',
      'arm',
      'sets that hold the truth',
      'not toxic',
      'toxic',
      'classes a set',
      'MCC at chosen thresholds',
      'Brier score',
      'after Platt',
    ],
    assessments.map(({ target, arm, coverage: { overall, byClass, size }, tuned, calibration }) => [
      ...[
        target,
        arm,
        formatInterval(overall),
        ...byClass.map((one) => formatInterval(one)),
        formatInterval(size),
      ],
      ...[tuned.mcc.toFixed(2), calibration['as it is'].brier.toFixed(3), calibration.platt.brier.toFixed(3)],
    ]),
  );
}

/** Scores inside, at the border of and outside the applicability domain. */
export function domainTable({ assessments }: Pick<QsarRun, 'assessments'>): string {
  return markdownTable(
    ['target', 'arm', 'domain', 'rows', 'toxic', ...SHOWN.map((name) => SCORE_LABELS[name])],
    assessments.flatMap(({ target, arm, domain }) =>
      domain.map(({ part, rows, positive, scores }) => [
        ...[target, arm, part, `${rows}`, `${positive}`],
        ...SHOWN.map((name) => formatInterval(scores[name])),
      ]),
    ),
  );
}

/** What came of the test sets. */
export function testTable({ test }: Pick<QsarRun, 'test'>): string {
  return markdownTable(
    ['target', 'arm', 'rows', 'toxic', 'publications', ...SHOWN.map((name) => SCORE_LABELS[name])],
    test.map(({ target, arm, rows, toxicRows, publications, scores }) => [
      ...[target, arm, `${rows}`, `${toxicRows}`, `${publications}`],
      ...SHOWN.map((name) => formatInterval(scores[name])),
    ]),
  );
}
