import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { formatInterval } from '../src/evaluation/intervals.js';
import { pairedDifferences } from '../src/evaluation/paired.js';
import { rocAuc } from '../src/evaluation/roc.js';
import { writeCsv } from '../src/frames/csv/write.js';
import { withColumns } from '../src/frames/rows.js';
import { checkConfig, type QsarSettings } from '../src/qsar/run/check-config.js';
import { computeRun } from '../src/qsar/run/compute-run.js';
import { loadRunData } from '../src/qsar/run/load-data.js';
import { planFolds } from '../src/qsar/run/plan-folds.js';
import type { ArmScores } from '../src/qsar/run/run-result.js';
import type { SplitName } from '../src/qsar/split-folds.js';
import type { BenchTask } from './task.js';

const PEERS = [
  { name: 'scikit-learn random forest', argument: 'forest' },
  { name: 'PyTorch network of the same size', argument: 'torch' },
] as const;

/** Out-of-fold predictions of one model on one target. */
interface Predictions {
  readonly labels: number[];
  readonly groups: string[];
  readonly probabilities: number[];
}

/**
 * The full comparison under one split: all arms × three targets × five folds × five seeds with 2,000 resamples, and two
 * peers on the same folds. The peers do one arm's work: their time is no peer of ours, their predictions are.
 */
export function qsarTask(name: string, split: SplitName): BenchTask {
  const settings: QsarSettings = { name, splits: [split], test: null };
  return {
    name,
    title: `12 arms × 3 targets × 5 folds ${split} × 5 seeds, two workers; the peers one arm each`,
    repeats: 1,
    prepare: (folder) => writeTables(folder, settings),
    peers: PEERS.map((peer) => ({ ...peer, script: 'qsar.py' })),
    async ours(folder) {
      const start = performance.now();
      const { arms, missing, synthetic } = await computeRun(settings, {
        folder: join(folder, 'run'),
        workers: 2,
      });
      const seconds = (performance.now() - start) / 1000;
      const targets = [...new Set(arms.map(({ target }) => target))];
      const chosen = Object.fromEntries(
        targets.map((target) => [target, choicesOf(arms.filter((one) => one.target === target))]),
      );
      writeFileSync(join(folder, 'ours.json'), JSON.stringify(chosen));
      const areas = Object.entries(chosen).map(([target, { best }]) => [
        target,
        rocAuc(best.labels, best.probabilities),
      ]);
      return {
        seconds,
        quality: { ...Object.fromEntries(areas), missing: missing.length, synthetic: Number(synthetic) },
      };
    },
    compare: compareWithPeers,
  };
}

/** What the peers read: each target with the fold of every row. */
async function writeTables(folder: string, settings: QsarSettings): Promise<void> {
  const config = checkConfig(settings);
  const { targets } = await loadRunData(config);
  mkdirSync(join(folder, 'tables'));
  for (const { target, folds } of planFolds(config, targets).plans) {
    const fold = { kind: 'number', values: Float64Array.from(folds) } as const;
    writeFileSync(
      join(folder, 'tables', `${target}.csv`),
      writeCsv(withColumns(targets[target], [['fold', fold]])),
    );
  }
}

/** Two ways to name one of our arms. */
interface Choices {
  /** The best of all rows, which flatters it on the same rows. */
  readonly best: Predictions;
  /** In each fold the arm that is best in the other folds: honest, but folds of different arms are pooled. */
  readonly byFold: Predictions;
}

/** The control with shuffled labels is not among those to choose from. */
function choicesOf(all: readonly ArmScores[]): Choices {
  const arms = all.filter(({ arm }) => arm !== 'shuffled pre-training');
  const [{ labels, groups, folds }] = arms;
  const bestOf = (rows: readonly number[]): ArmScores => {
    const pick = (values: Float64Array) => rows.map((i) => values[i]);
    const areas = arms.map(({ probabilities }) => rocAuc(pick(labels), pick(probabilities)));
    return arms[areas.indexOf(Math.max(...areas))];
  };
  const rows = Array.from(folds.keys());
  const others = new Map(
    [...new Set(folds)].map((fold) => [fold, bestOf(rows.filter((i) => folds[i] !== fold))]),
  );
  const of = (probabilities: number[]): Predictions => ({
    labels: [...labels],
    groups: [...groups],
    probabilities,
  });
  return {
    best: of([...bestOf(rows).probabilities]),
    byFold: of(rows.map((i) => others.get(folds[i])!.probabilities[i])),
  };
}

/** Ours minus each peer's ROC-AUC, both on the same resampled publications. */
function compareWithPeers(folder: string): string[] {
  const ours = read<Choices>(folder, 'ours')!;
  return PEERS.flatMap(({ name, argument }) => {
    const theirs = read<Predictions>(folder, argument);
    if (!theirs) return [`  ${name}: no predictions`];
    return Object.entries(ours).flatMap(([target, { best, byFold }]) => [
      `  ${target}: ours, best arm, minus ${name}: ROC-AUC ${difference(best, theirs[target])}`,
      `  ${target}: ours, arm chosen on the other folds, minus ${name}: ROC-AUC ${difference(byFold, theirs[target])}`,
    ]);
  });
}

function difference(
  { labels, groups, probabilities }: Predictions,
  theirs: Pick<Predictions, 'probabilities'>,
): string {
  const { rocAuc } = pairedDifferences(labels, probabilities, theirs.probabilities, groups);
  return `${formatInterval(rocAuc, 3)}, p ${rocAuc.pValue.toPrecision(2)}`;
}

function read<T>(folder: string, name: string): Record<string, T> | null {
  const path = join(folder, `${name}.json`);
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Record<string, T>) : null;
}
