import { type Task, task } from '../../runs/task.js';
import type { Arm, FineTuneArm } from '../arm.js';
import type { ArmSpecification } from './arm-task.js';
import type { QsarConfig } from './config.js';
import type { Clearing, FoldChoice } from './fold-sides.js';
import type { FoldPlan } from './plan-folds.js';
import type { PretrainSpecification, StepSpecification } from './pretrain-task.js';

/** The inputs of a run, by the hashes that they are stored under. */
export interface StoredInputs {
  readonly sources: readonly string[];
  readonly targets: Readonly<Record<string, string>>;
  readonly plans: readonly { readonly plan: FoldPlan; readonly sha256: string }[];
}

/** Trainings that are scored together: one arm on one target under one split, with all folds and seeds. */
export interface Series {
  readonly arm: string;
  readonly plan: FoldPlan;
  readonly planSha256: string;
  /** Share of the training publications, in a learning curve; else undefined. */
  readonly share?: number;
  /** Keys of the arm tasks, by seed and then by fold. */
  readonly keys: readonly (readonly string[])[];
}

/** All tasks of a run. */
export interface TaskPlan {
  readonly tasks: readonly Task[];
  readonly series: readonly Series[];
}

/** The trainings of every arm under every plan, with the pre-trainings that they share. */
export function planTasks(config: QsarConfig, inputs: StoredInputs): TaskPlan {
  const tasks = new Map<string, Task>();
  const series: Series[] = [];
  const { learningCurve } = config;
  for (const { plan, sha256 } of inputs.plans)
    for (const arm of config.arms) {
      const shares =
        learningCurve?.arms.includes(arm.name) && plan.heldTogether === 'group' ? learningCurve.shares : [];
      for (const share of [undefined, ...shares]) {
        const keys = seedsOf(config).map((seed) =>
          Array.from({ length: plan.count }, (_, fold) => {
            const own = trainingTasks(config, inputs, arm, plan, { plan: sha256, fold, share, seed });
            for (const one of own) tasks.set(one.key, one);
            return own.at(-1)!.key;
          }),
        );
        series.push({ arm: arm.name, plan, planSha256: sha256, share, keys });
      }
    }
  return { tasks: [...tasks.values()], series };
}

/** The trainings whose models are kept: one arm on all that is no test set, once a seed. */
export function planKept(
  config: QsarConfig,
  inputs: StoredInputs,
  arm: Arm,
  { plan, sha256 }: StoredInputs['plans'][number],
): TaskPlan {
  const own = seedsOf(config).map((seed) =>
    trainingTasks(config, inputs, arm, plan, { plan: sha256, fold: 'test', seed, keep: true }),
  );
  const series = { arm: arm.name, plan, planSha256: sha256, keys: own.map((tasks) => [tasks.at(-1)!.key]) };
  return { tasks: own.flat(), series: [series] };
}

export const seedsOf = ({ seed, seeds }: QsarConfig): number[] =>
  Array.from({ length: seeds }, (_, k) => seed + k);

interface Place extends Omit<FoldChoice, 'target'> {
  readonly seed: number;
  readonly keep?: boolean;
}

/** One training with what it needs before it: the last task is the training itself. */
function trainingTasks(
  config: QsarConfig,
  inputs: StoredInputs,
  arm: Arm,
  plan: FoldPlan,
  place: Place,
): Task[] {
  const { seed, keep, ...where } = place;
  const fold = { ...where, target: inputs.targets[plan.target] };
  const before = arm.kind === 'fine-tune' ? pretrainingTasks(config, inputs, arm, plan, fold, seed) : [];
  const specification: ArmSpecification = {
    ...fold,
    ...{ arm: withoutName(arm), tables: learnedFrom(arm, inputs), keep },
    ...(needsSeed(arm) ? { seed } : {}),
    ...(arm.kind === 'traditional' ? {} : { network: config.network }),
    ...{ descriptors: config.descriptors ?? undefined, search: searchOf(config, arm) },
  };
  const training = task({
    ...{ label: labelOf(plan, place, arm.name), module: 'qsar/run/arm-task.js', name: 'armTask' },
    ...{ specification, needs: before.length > 0 ? { pretrained: before.at(-1)!.key } : undefined },
  });
  return [...before, training];
}

function pretrainingTasks(
  config: QsarConfig,
  inputs: StoredInputs,
  { shuffled, sources, via = [] }: FineTuneArm,
  plan: FoldPlan,
  fold: FoldChoice,
  seed: number,
): Task[] {
  const { network } = config;
  const clearing = clearingOf(config, plan);
  const specification: PretrainSpecification = {
    ...fold,
    ...{ tables: inputs.sources, shuffled, sources, clearing, seed, network },
    descriptors: config.descriptors ?? undefined,
  };
  const module = 'qsar/run/pretrain-task.js';
  const label = (what: string) => labelOf(plan, { ...fold, seed }, what);
  const tasks: Task[] = [task({ label: label('pre-training'), module, name: 'pretrainTask', specification })];
  for (const name of via.filter((other) => other !== plan.target)) {
    const table = inputs.targets[name];
    const step: StepSpecification = { ...fold, table, clearing, seed, network };
    const needs = { pretrained: tasks.at(-1)!.key };
    tasks.push(task({ label: label(`via ${name}`), module, name: 'stepTask', specification: step, needs }));
  }
  return tasks;
}

function clearingOf({ clearSource }: QsarConfig, { split }: FoldPlan): Clearing {
  if (!clearSource) return 'nothing';
  return split === 'source-cleaned' ? 'all of the target' : 'held out';
}

function withoutName({ name: _, ...arm }: Arm): ArmSpecification['arm'] {
  return arm;
}

/** The tables beside the target's own that a model of the arm may learn from. */
const learnedFrom = (arm: Arm, { sources, targets }: StoredInputs): string[] =>
  arm.kind === 'fine-tune' ? [...sources, ...(arm.via ?? []).map((name) => targets[name])] : [];

/** Logistic regression and k-NN give the same for every seed: without it they are one task. */
const needsSeed = (arm: Arm): boolean =>
  arm.kind !== 'traditional' || !['logistic', 'knn'].includes(arm.model);

const searchOf = ({ search }: QsarConfig, { name }: Arm) =>
  search?.arms.includes(name)
    ? { trials: search.trials, folds: search.folds, scheduler: search.scheduler }
    : undefined;

function labelOf(
  { target, split, count }: FoldPlan,
  { fold, seed, share }: Omit<Place, 'plan'>,
  what: string,
): string {
  const place = fold === 'test' ? 'all but the test set' : `fold ${fold + 1} of ${count}`;
  const part = share === undefined ? '' : `, ${Math.round(100 * share)} % of the publications`;
  return `${target} ${split}, ${place}${part}, seed ${seed}: ${what}`;
}
