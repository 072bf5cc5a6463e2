import { join } from 'node:path';
import { checkWhole } from '../numeric/check.js';
import type { Matrix } from '../numeric/matrix.js';
import type { Executor } from '../runs/executor.js';
import { localExecutor } from '../runs/local.js';
import { storeOf } from '../runs/run-folder.js';
import { runTasks, type TaskProgress } from '../runs/run-tasks.js';
import { type Task, task } from '../runs/task.js';
import { type AgeingData, readAgeingData } from './data.js';
import type { AgeingFold, AgeingFoldAnswer, AgeingSplit, FoldTraining } from './fold-task.js';
import type { AgeingModel } from './model.js';
import type { AgeingSamples } from './samples.js';
import { type AgeingArmScores, scoreArm } from './scores.js';
import { unpackAgeing } from './store.js';

/** Everything that decides a comparison: plain data. */
export interface AgeingConfig {
  /** Names the folder below `runs/`. */
  readonly name: string;
  readonly data: AgeingData;
  readonly arms: readonly AgeingFold['arm'][];
  readonly splits: readonly AgeingSplit[];
  readonly folds: number;
  readonly splitSeed: number;
  readonly training: FoldTraining;
  /** Resamples of the intervals. */
  readonly bootstraps: number;
}

export const AGEING_DEFAULTS: AgeingConfig = {
  name: 'ageing',
  data: { source: 'synthetic', seed: 1, samples: 1371, size: 64 },
  arms: ['fused', 'concatenated', 'image', 'spectrum', 'forest'],
  splits: ['particle', 'sample'],
  folds: 5,
  splitSeed: 1,
  training: { epochs: 30, seed: 1 },
  bootstraps: 2000,
};

export interface AgeingRunOptions {
  /** Where answers are kept and taken up again; `runs/` and the name of the configuration. */
  readonly folder?: string;
  /** Default: this process, one training after another, each on all cores. */
  readonly executor?: Executor;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: TaskProgress) => void;
}

/** What a comparison came to. */
export interface AgeingRun {
  readonly config: AgeingConfig;
  readonly folder: string;
  readonly samples: AgeingSamples;
  /** In the order of arms and, within one, of splits; `late` averages what `image` and `spectrum` say. */
  readonly arms: readonly AgeingArmScores[];
  /**
   * The fused net of a fold by particle, with the samples it has not seen.
   * @throws RangeError when the run has no such fold.
   */
  model(fold: number): Promise<{ readonly model: AgeingModel; readonly held: Int32Array }>;
}

/**
 * Trains every arm on every fold of every split and scores the answers on held-out samples. What the folder holds already
 * is not trained again; a run that was stopped goes on.
 * @throws Error when a training failed, with its reason.
 */
export async function ageingRun(
  choice: Partial<AgeingConfig> = {},
  options: AgeingRunOptions = {},
): Promise<AgeingRun> {
  const config = { ...AGEING_DEFAULTS, ...choice };
  checkWhole('folds', config.folds, 2);
  const folder = options.folder ?? join('runs', config.name);
  const store = storeOf(folder);
  const planned = ageingTasks(config);
  const { executor = localExecutor({ workers: 0 }), signal, onProgress } = options;
  const { missing } = await runTasks(planned.tasks, store, { executor, signal, onProgress });
  if (missing.length > 0)
    throw new Error(
      `${missing.length} trainings have no answer; the first, "${missing[0].label}": ${missing[0].reason}`,
    );
  const samples = await readAgeingData(config.data);
  const answerOf = async ({ key }: Task): Promise<AgeingFoldAnswer> =>
    (await store.result(key))!.value as AgeingFoldAnswer;
  const scored: AgeingArmScores[] = [];
  for (const split of config.splits) {
    const answers = new Map<string, AgeingFoldAnswer[]>();
    for (const arm of config.arms)
      answers.set(arm, await Promise.all(planned.folds(arm, split).map(answerOf)));
    const [image, spectrum] = [answers.get('image'), answers.get('spectrum')];
    if (image && spectrum)
      answers.set(
        'late',
        image.map((one, i) => averaged(one, spectrum[i])),
      );
    for (const [arm, folds] of answers) scored.push(scoreArm(arm, split, folds, samples, config.bootstraps));
  }
  return {
    ...{ config, folder, samples, arms: scored },
    async model(fold) {
      const kept = planned.folds('fused', 'particle')[fold];
      if (!kept) throw new RangeError(`the run has no fused net of fold ${fold} by particle`);
      const answer = await answerOf(kept);
      return { model: await unpackAgeing(answer.model!), held: answer.rows };
    },
  };
}

/** The trainings of a configuration, and those of an arm in the order of the folds. */
export function ageingTasks(config: AgeingConfig) {
  const module = 'ageing/fold-task.js';
  const { data, folds, splitSeed, training } = config;
  const describe = task({
    ...{ module, name: 'ageingDescriptors', label: 'descriptors' },
    specification: { data },
  });
  const foldTask = (arm: AgeingFold['arm'], split: AgeingSplit, fold: number): Task =>
    task<AgeingFold>({
      ...{ module, name: 'ageingFold', label: `${arm}, by ${split}, fold ${fold + 1} of ${folds}` },
      specification: {
        ...{ data, arm, split, folds, fold, splitSeed, training },
        ...(arm === 'fused' && split === 'particle' ? { keep: true } : {}),
      },
      ...(arm === 'forest' ? { needs: { descriptors: describe.key } } : {}),
    });
  const foldsOf = (arm: AgeingFold['arm'], split: AgeingSplit): Task[] =>
    config.arms.includes(arm) && config.splits.includes(split)
      ? Array.from({ length: folds }, (_, fold) => foldTask(arm, split, fold))
      : [];
  const all = config.splits.flatMap((split) => config.arms.flatMap((arm) => foldsOf(arm, split)));
  return { tasks: config.arms.includes('forest') ? [describe, ...all] : all, folds: foldsOf };
}

/** The mean of two probabilities of each type. */
function averaged(a: AgeingFoldAnswer, b: AgeingFoldAnswer): AgeingFoldAnswer {
  const data = a.probabilities.data.map((p, k) => (p + b.probabilities.data[k]) / 2);
  const probabilities: Matrix = { ...a.probabilities, data };
  return { rows: a.rows, probabilities, seen: a.seen };
}
