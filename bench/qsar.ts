import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
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
      const chosen = targets.map(
        (target) => [target, chooseByFold(arms.filter((one) => one.target === target))] as const,
      );
      writeFileSync(join(folder, 'ours.json'), JSON.stringify(Object.fromEntries(chosen)));
      const areas = chosen.map(([target, { labels, probabilities }]) => [
        target,
        rocAuc(labels, probabilities),
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

/**
 * The best arm without looking: in each fold the one that has the best ROC-AUC in the other folds. The best arm of all
 * rows, shown on the same rows, would flatter us.
 */
function chooseByFold(arms: readonly ArmScores[]): Predictions {
  const [{ labels, groups, folds }] = arms;
  const best = [...new Set(folds)].map((fold) => {
    const others = Array.from(folds.keys()).filter((i) => folds[i] !== fold);
    const pick = (values: Float64Array) => others.map((i) => values[i]);
    const areas = arms.map(({ probabilities }) => rocAuc(pick(labels), pick(probabilities)));
    return [fold, arms[areas.indexOf(Math.max(...areas))]] as const;
  });
  const byFold = new Map(best);
  const probabilities = Array.from(folds, (fold, i) => byFold.get(fold)!.probabilities[i]);
  return { labels: [...labels], groups: [...groups], probabilities };
}

/** Ours minus each peer's ROC-AUC, both on the same resampled publications. */
function compareWithPeers(folder: string): string[] {
  const read = (name: string): Record<string, Predictions> | null => {
    try {
      return JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8'));
    } catch {
      return null;
    }
  };
  const ours = read('ours')!;
  return PEERS.flatMap(({ name, argument }) => {
    const theirs = read(argument);
    if (!theirs) return [`  ${name}: no predictions`];
    return Object.entries(ours).map(([target, { labels, groups, probabilities }]) => {
      const { rocAuc } = pairedDifferences(labels, probabilities, theirs[target].probabilities, groups);
      return `  ${target}: ours minus ${name} in ROC-AUC ${formatInterval(rocAuc, 3)}, p ${rocAuc.pValue.toPrecision(2)}`;
    });
  });
}
