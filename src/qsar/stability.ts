import { type RankAgreement, rankAgreement } from '../evaluation/agreement.js';
import { takeTableRows } from '../frames/rows.js';
import { groupFolds } from '../frames/splits.js';
import { numbers, type Table, texts } from '../frames/table.js';
import { type Matrix, matrix } from '../numeric/matrix.js';
import { random } from '../numeric/random.js';
import { mapOnWorkers } from '../numeric/workers.js';
import { withoutGroups } from './experiment.js';
import type { importanceOfOneTraining, StabilityTask } from './stability-task.js';

export interface StabilityOptions {
  /** One set of trainings for each; [1, 2, 3]. */
  seeds?: readonly number[];
  /** Grouped folds: each training leaves one out; 5. */
  folds?: number;
  /** Rows that are explained, the same every time; 60. */
  rows?: number;
  pretrainEpochs?: number;
  epochs?: number;
  /** 0. */
  frozenLayers?: number;
  /** Threads; one per core. The result has the same bits for any number. */
  workers?: number;
  signal?: AbortSignal;
  onProgress?: (done: number, of: number) => void;
}

/** Importances of the same columns from many trainings, and how far they agree. */
export interface Stability {
  readonly groups: readonly string[];
  /** trainings × groups: mean absolute Shapley values. */
  readonly importances: Matrix;
  readonly trainings: readonly { readonly seed: number; readonly fold: number }[];
  readonly agreement: RankAgreement;
}

/**
 * Whether the importances would be the same with another seed or without a fifth of the publications: trains anew for
 * every seed and fold (pre-training included, the source cleared of what the fold leaves out), explains the same rows
 * each time, and asks how far the rankings agree.
 * @throws RangeError as the training does; the signal's reason when aborted.
 */
export async function importanceStability(
  source: Table,
  target: Table,
  { seeds = [1, 2, 3], folds = 5, rows = 60, ...options }: StabilityOptions = {},
): Promise<Stability> {
  const { pretrainEpochs = 20, epochs = 40, frozenLayers = 0, ...pool } = options;
  const chosen = random(1).fork('stability rows').permutation(target.rows).subarray(0, rows).slice().sort();
  const explained = takeTableRows(target, chosen);
  const trainings = seeds.flatMap((seed) => Array.from({ length: folds }, (_, fold) => ({ seed, fold })));
  const labels = numbers(target, 'toxic');
  const splits = groupFolds(texts(target, 'group'), { k: folds, labels });
  const tasks = trainings.map(({ seed, fold }): StabilityTask => {
    const { train, test } = splits[fold];
    return {
      ...{ source: withoutGroups(source, target, test), train: takeTableRows(target, train), explained },
      ...{ seed, pretrainEpochs, epochs, frozenLayers },
    };
  });
  const module = new URL('./stability-task.js', import.meta.url);
  const answers = await mapOnWorkers<StabilityTask, Awaited<ReturnType<typeof importanceOfOneTraining>>>(
    module,
    'importanceOfOneTraining',
    tasks,
    pool,
  );
  const importances = matrix(answers.map((answer) => answer.importance));
  return { groups: answers[0].groups, importances, trainings, agreement: rankAgreement(importances) };
}
