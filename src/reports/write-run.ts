import { join } from 'node:path';
import { writeCsv } from '../frames/csv/write.js';
import { sha256 } from '../frames/locate.js';
import { table } from '../frames/table.js';
import type { ArmScores, QsarRun } from '../qsar/run/run-result.js';
import { codeVersion, packageVersion } from '../runs/code-version.js';
import { plainText } from '../runs/plain.js';
import { writeWhole } from '../runs/store.js';
import { reportPage } from './markdown.js';
import { modelCard } from './model-card.js';
import { ASSUMPTIONS, publishedComparisons } from './published-table.js';
import { qmrf } from './qmrf.js';
import { runFigures } from './run-figures.js';

/**
 * Writes what a run came to into its folder, as files for people and for programs. `manifest.json` has the SHA-256 of
 * every file that depends on nothing but configuration, data and code.
 */
export async function writeRun(run: QsarRun): Promise<void> {
  const files = { ...resultFiles(run), ...figureFiles(run) };
  for (const [name, content] of Object.entries({ ...files, ...documentFiles(run) }))
    await writeWhole(join(run.folder, name), content);
  const hashes = Object.entries(files).map(([name, content]) => [name, sha256(Buffer.from(content))]);
  await writeWhole(
    join(run.folder, 'manifest.json'),
    json({ results: run.sha256, files: Object.fromEntries(hashes) }),
  );
  await writeWhole(join(run.folder, 'environment.json'), json(environment()));
  await writeWhole(join(run.folder, 'run.json'), plainText({ ...run, folder: undefined }));
}

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

function resultFiles(run: QsarRun): Record<string, string> {
  const { config, origins, reports, notice, synthetic, sources, targets, shared, repeated } = run;
  return {
    'config.json': json(config),
    'data.json': json({ synthetic, notice, origins, sources, targets, shared, repeated, reports }),
    'splits.csv': splitsCsv(run.arms),
    'predictions.csv': predictionsCsv(run.arms),
    'metrics.json': json(metrics(run)),
    'published.json': json({ assumptions: ASSUMPTIONS, comparisons: publishedComparisons(run) }),
  };
}

/** Figures, card and report: made from the result, so they can be made again. */
export const reportFiles = (run: QsarRun): Record<string, string> => ({
  ...figureFiles(run),
  ...documentFiles(run),
});

const figureFiles = (run: QsarRun): Record<string, string> =>
  Object.fromEntries(
    Object.entries(runFigures(run)).map(([name, figure]) => [`figures/${name}.json`, json(figure)]),
  );

/** These repeat the run's warnings, which may have a date in them. */
function documentFiles(run: QsarRun): Record<string, string> {
  const [card, report] = [modelCard(run), qmrf(run)];
  return {
    ...{ 'card.md': reportPage(card), 'card.json': json(card) },
    ...{ 'report.md': reportPage(report), 'report.json': json(report) },
  };
}

const environment = () => ({
  ...{ nurdle: packageVersion(), code: codeVersion('qsar') },
  ...{ node: process.versions.node, platform: process.platform, arch: process.arch },
});

/** Which fold held each row out. */
function splitsCsv(arms: readonly ArmScores[]): string {
  const seen = new Set<string>();
  const own = arms.filter(
    ({ target, split }) => !seen.has(`${target} ${split}`) && seen.add(`${target} ${split}`),
  );
  return longCsv(own, ({ folds }, i) => ({ fold: folds[i] + 1 }));
}

function predictionsCsv(arms: readonly ArmScores[]): string {
  return longCsv(arms, ({ arm, folds, labels, probabilities, bySeed }, i) => ({
    ...{ arm, fold: folds[i] + 1, toxic: labels[i], probability: probabilities[i] },
    ...Object.fromEntries(bySeed.map((own, s) => [`seed ${s + 1}`, own[i]])),
  }));
}

/** One line for each row of each arm's target. */
function longCsv(
  arms: readonly ArmScores[],
  valuesOf: (one: ArmScores, i: number) => Record<string, string | number>,
): string {
  const lines = arms.flatMap((one) =>
    Array.from(one.rows, (row, i) => ({
      ...{ target: one.target, split: one.split, row: row + 1, publication: one.groups[i] },
      ...valuesOf(one, i),
    })),
  );
  const names = Object.keys(lines[0] ?? {});
  return writeCsv(table(names.map((name) => [name, lines.map((line) => line[name as never])] as const)));
}

/** Scores with intervals, of each seed alone, comparisons and the test set. */
function metrics({ arms, curves, comparisons, assessments, test, kept, leftOut, missing }: QsarRun) {
  const scoresOf = ({ target, split, arm, share, rows, groups, scores, seedScores }: ArmScores) => ({
    ...{
      target,
      split,
      arm,
      share,
      rows: rows.length,
      publications: new Set(groups).size,
      scores,
      seedScores,
    },
  });
  return {
    arms: arms.map(scoresOf),
    learningCurves: curves.map(scoresOf),
    ...{ comparisons, assessments },
    kept: kept.map(({ target, arm, split }) => ({ target, arm: arm.name, split })),
    test: test.map(({ openedBefore: _, ...one }) => one),
    ...{ leftOut, missing },
  };
}
