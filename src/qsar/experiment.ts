import { foldTables } from '../evaluation/fold-tables.js';
import { type CrossValidation, type FoldResult, gatherFolds } from '../evaluation/gather-folds.js';
import { type ScoreIntervals, scoreIntervals } from '../evaluation/intervals.js';
import { filterRows } from '../frames/rows.js';
import { type Table, texts } from '../frames/table.js';
import { mapOnWorkers } from '../numeric/workers.js';
import type { Arm } from './arm.js';
import type { FoldTask, runFold } from './fold.js';
import { type SplitName, splitFolds } from './split-folds.js';

/** What the quick comparison looks at: no transfer, and transfer with none and with one of the layers frozen. */
export const QUICK_ARMS: readonly Arm[] = [
  { name: 'from scratch', kind: 'from scratch' },
  { name: 'fine-tuned, all layers', kind: 'fine-tune', frozenLayers: 0 },
  { name: 'fine-tuned, 1 layer frozen', kind: 'fine-tune', frozenLayers: 1 },
];

/** At random with the share of toxic rows kept, and whole publications at a time. */
export const SPLITS: readonly SplitName[] = ['random', 'by publication'];

/** One arm under one split: its out-of-fold predictions and their scores. */
export interface ArmResult extends CrossValidation {
  readonly arm: string;
  readonly split: SplitName;
  readonly scores: ScoreIntervals;
}

export interface ExperimentOptions {
  /** Seed of folds, weights, batches and bootstrap. */
  seed: number;
  arms?: readonly Arm[];
  splits?: readonly SplitName[];
  /** Folds of each split; 5. */
  folds?: number;
  /** Passes over the source; 30. */
  pretrainEpochs?: number;
  /** Passes over the target; 60. */
  epochs?: number;
  /** Bootstrap resamples of publications; 2,000. */
  replicates?: number;
  /** Threads; one per core. The result has the same bits for any number. */
  workers?: number;
  signal?: AbortSignal;
  /** Called after each fold with how many are done, and of how many. */
  onProgress?: (done: number, of: number) => void;
}

/**
 * Judges arms on one target under random folds and under folds that hold whole publications out, side by side. In
 * every fold encoder, pre-training and fine-tuning see the training side only, and the source is cleared of the
 * target's held-out publications.
 * @returns one result per split and arm; under one split all arms have the same folds.
 * @throws RangeError when a fold leaks or has one class only; the signal's reason when aborted.
 */
export async function compareArms(
  source: Table,
  target: Table,
  { arms = QUICK_ARMS, splits = SPLITS, seed, replicates, ...options }: ExperimentOptions,
): Promise<ArmResult[]> {
  const { folds: k = 5, pretrainEpochs = 30, epochs = 60, ...pool } = options;
  const plans = splits.map((split) => ({
    split,
    folds: splitFolds(split === 'random' ? 'stratified' : split, target, { k, seed }),
  }));
  const tasks = plans.flatMap(({ split, folds }): FoldTask[] =>
    foldTables(target, folds).map(({ train, test }, fold) => {
      const cleared = split === 'random' ? source : withoutGroups(source, target, folds[fold].test);
      return { arms, source: cleared, train, test, seed, pretrainEpochs, epochs };
    }),
  );
  const module = new URL('./fold.js', import.meta.url);
  const answers = await mapOnWorkers<FoldTask, Awaited<ReturnType<typeof runFold>>>(
    module,
    'runFold',
    tasks,
    pool,
  );
  return plans.flatMap(({ split, folds }, p) =>
    arms.map((arm, a): ArmResult => {
      const own: FoldResult[] = folds.map((_, fold) => answers[p * k + fold][a]);
      const gathered = gatherFolds(target, folds, own, { grouped: split !== 'random' });
      const { labels, probabilities, groups } = gathered;
      return {
        ...gathered,
        arm: arm.name,
        split,
        scores: scoreIntervals(labels, probabilities, groups, { seed, replicates }),
      };
    }),
  );
}

/** The source without the publications of the target's held-out rows. */
export function withoutGroups(source: Table, target: Table, heldOut: Int32Array): Table {
  const groups = texts(target, 'group');
  const banned = new Set(Array.from(heldOut, (i) => groups[i]));
  const own = texts(source, 'group');
  return own.some((group) => banned.has(group)) ? filterRows(source, (i) => !banned.has(own[i])) : source;
}
