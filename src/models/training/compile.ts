import type { Activation } from '../../numeric/network.js';
import type { Random } from '../../numeric/random.js';
import type { Arena } from '../../numeric/wasm/arena.js';
import type { Operations } from '../../numeric/wasm/program.js';
import { inputsOf, type LayerSpec } from '../layers.js';
import { denseStage } from './dense-stage.js';
import { epilogue } from './epilogue.js';
import { normStage } from './norm-stage.js';
import { plainStage } from './plain-stage.js';
import type { Stage } from './stage.js';

/** A stage before it has memory: the layer that leads it, and what was taken into it. */
export interface StagePlan {
  readonly head: LayerSpec;
  readonly activation: Activation;
  readonly dropout: number;
}

/**
 * Layers grouped into stages: a dense layer or a normalisation takes in an activation and a dropout that follow it.
 * @param fused - an activation at the output that the loss computes itself: left out.
 */
export function planStages(layers: readonly LayerSpec[], fused: Activation | undefined): StagePlan[] {
  const plans: StagePlan[] = [];
  for (const head of layers) {
    const last = plans.at(-1);
    if (head.kind === 'dense') plans.push({ head, activation: head.activation, dropout: 0 });
    else if (head.kind === 'norm') plans.push({ head, activation: 'linear', dropout: 0 });
    else if (head.kind === 'activation') {
      if (last?.activation === 'linear' && last.dropout === 0)
        plans[plans.length - 1] = { ...last, activation: head.activation };
      else plans.push({ head, activation: head.activation, dropout: 0 });
    } else if (head.rate > 0) {
      if (last?.dropout === 0) plans[plans.length - 1] = { ...last, dropout: head.rate };
      else plans.push({ head, activation: 'linear', dropout: head.rate });
    }
  }
  const output = plans.at(-1);
  if (output && fused && output.activation === fused)
    plans[plans.length - 1] = { ...output, activation: 'linear' };
  return plans;
}

/** Why layers that can be read cannot be trained here, or undefined. */
export function untrainable(layers: readonly LayerSpec[], fused: Activation | undefined): string | undefined {
  const plans = planStages(layers, fused);
  const inner = plans.slice(0, -1).find((plan) => plan.activation === 'softmax');
  if (inner) return `layer "${inner.head.name}" has a softmax before the output`;
  const output = plans.at(-1);
  if (fused && output && output.dropout > 0) return `layer "${output.head.name}" drops outputs`;
  return undefined;
}

/**
 * Stages with their memory, for at most `rows` rows at once.
 * @param mostlyZeros - whether the inputs are, as one-hot columns make them: then their zeros are passed over.
 */
export function compileStages(
  room: Arena,
  kernels: Operations,
  plans: readonly StagePlan[],
  rows: number,
  random: Random,
  mostlyZeros: boolean,
): Stage[] {
  let cols = inputsOf(plans.map((plan) => plan.head))!;
  return plans.map(({ head, activation, dropout }, i) => {
    if (head.kind === 'dense') cols = head.outputs;
    const state = dropoutState(random.fork(`dropout ${i}`));
    const after = epilogue(room, kernels, { activation, dropout, cols, rows, state });
    const sparse = i === 0 ? mostlyZeros : leavesZeros(plans[i - 1]);
    if (head.kind === 'dense') return denseStage(room, kernels, head, rows, after, sparse);
    if (head.kind === 'norm') return normStage(room, kernels, head, rows, after);
    return plainStage(room, kernels, head, cols, rows, after);
  });
}

const leavesZeros = ({ activation, dropout }: StagePlan): boolean => activation === 'relu' || dropout >= 0.4;

const dropoutState = (random: Random): number[] => [0, 1, 2, 3].map(() => 1 + random.integer(4294967295));
