import { formatInterval } from '../evaluation/intervals.js';
import { SCORE_LABELS } from '../plots/scores.js';
import type { ArmScores, QsarRun } from '../qsar/run/run-result.js';
import { markdownTable } from './markdown.js';
import type { PublishedComparison } from './published-table.js';

const SHOWN = ['rocAuc', 'prAuc', 'balancedAccuracy', 'mcc', 'brier'] as const;

/** Every arm under every split, random beside grouped, in Markdown. */
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
