import type { Task } from '../../runs/task.js';
import type { SplitName } from '../split-folds.js';
import type { QsarConfig } from './config.js';
import { planKept, type Series, type StoredInputs } from './plan-tasks.js';
import type { ArmScores, KeptArm } from './run-result.js';

/** From the split that asks most of a model to the one that asks least. */
const STRICTEST: readonly SplitName[] = [
  'source-cleaned',
  'by publication',
  'by material',
  'by cell line',
  'stratified',
  'random',
];

export interface KeptTasks {
  readonly arms: readonly KeptArm[];
  readonly series: readonly Series[];
  readonly tasks: readonly Task[];
}

/**
 * For each target the arm whose models are kept: the one that the configuration names, or the best by ROC-AUC under the
 * strictest split. The control with shuffled labels is never chosen.
 */
export function chooseKept(
  config: QsarConfig,
  inputs: StoredInputs,
  scored: readonly ArmScores[],
): KeptTasks {
  const kept = Object.keys(inputs.targets).flatMap((target) => {
    const own = scored.filter((one) => one.target === target);
    const split = STRICTEST.find((name) => own.some((one) => one.split === name));
    const chosen = bestOf(
      config,
      own.filter((one) => one.split === split),
    );
    const arm = config.arms.find(({ name }) => name === chosen?.arm);
    const place = inputs.plans.find(({ plan }) => plan.target === target && plan.split === split);
    if (!arm || !place || split === undefined) return [];
    const { tasks, series } = planKept(config, inputs, arm, place);
    return [{ tasks, series, arm: { target, arm, split, keys: series[0].keys.map(([key]) => key) } }];
  });
  return {
    arms: kept.map(({ arm }) => arm),
    series: kept.flatMap(({ series }) => series),
    tasks: kept.flatMap(({ tasks }) => tasks),
  };
}

function bestOf({ deploy, arms }: QsarConfig, scored: readonly ArmScores[]): ArmScores | undefined {
  if (deploy !== 'best') return scored.find(({ arm }) => arm === deploy);
  const controls = new Set(
    arms.flatMap((arm) => (arm.kind === 'fine-tune' && arm.shuffled ? [arm.name] : [])),
  );
  return scored
    .filter(({ arm, scores }) => !controls.has(arm) && Number.isFinite(scores.rocAuc.value))
    .reduce<ArmScores | undefined>(
      (best, one) => (best && best.scores.rocAuc.value >= one.scores.rocAuc.value ? best : one),
      undefined,
    );
}
