import type * as tf from '@tensorflow/tfjs-node';
import type { GraphOptions, LayerLoss, LossChoice } from '../options.js';
import { featureLoss } from './feature-loss.js';
import { rowLoss, settingsOf } from './losses.js';
import { measure, metricName } from './metrics.js';
import type { Update } from './optimizer.js';
import { isLoss, isNumber, perOutput } from './per-output.js';
import { type TargetSpec, targetSpec } from './targets.js';

/** What a training aims at: losses of outputs and of layers, and what is measured beside them. */
export interface Objective {
  readonly targets: readonly TargetSpec[];
  /** What `scores` holds, `loss` first. */
  readonly names: readonly string[];
  /** Centres of classes. */
  readonly state: readonly tf.Variable[];
  assess(batch: Assessed): { loss: tf.Scalar; scores: tf.Scalar[]; updates: Update[] };
}

export interface Assessed {
  readonly outputs: readonly tf.Tensor[];
  /** Of the layers that have losses, in their order. */
  readonly layerOutputs: readonly tf.Tensor[];
  readonly truths: readonly tf.Tensor[];
  /** A factor for each row, for each output. */
  readonly weights: readonly tf.Tensor[];
}

/** Something with a name and a shape, the rows left out. */
export interface Named {
  readonly name: string;
  readonly shape: readonly number[];
}

/** One loss among those that add up. */
interface Term {
  readonly factor: number;
  readonly state?: tf.Variable;
  assess(batch: Assessed): { value: tf.Scalar; moved?: tf.Tensor };
}

/**
 * Reads the losses and metrics of a model's outputs.
 * @param layers - those that `layerLosses` names, in their order.
 */
export function objectiveOf(
  outputs: readonly Named[],
  layers: readonly Named[],
  loss: NonNullable<GraphOptions['loss']>,
  { lossWeights, metrics = [], layerLosses = [] }: GraphOptions,
): Objective {
  const names = outputs.map(({ name }) => name);
  const choices = perOutput<LossChoice>('loss', loss, names, isLoss);
  const factors = perOutput<number>('lossWeights', lossWeights ?? 1, names, isNumber);
  const targets = outputs.map(({ name, shape }, i) => targetSpec(name, shape, choices[i]));
  const terms = [
    ...outputs.map(({ shape }, i) => outputTerm(choices[i], factors[i], i, shape, targets[i])),
    ...layerLosses.map((one, i) => layerTerm(one, i, layers[i], targets[0])),
  ];
  const several = outputs.length > 1;
  const parts = [...(several ? names.map((name) => `${name} loss`) : []), ...layerLosses.map(layerLossName)];
  const measured = names.flatMap((name) => metrics.map((m) => (several ? `${name} ` : '') + metricName(m)));
  return {
    targets,
    names: ['loss', ...parts, ...measured],
    state: terms.flatMap(({ state }) => state ?? []),
    assess(batch) {
      const assessed = terms.map((term) => term.assess(batch));
      const loss = assessed
        .map(({ value }, i) => (terms[i].factor === 1 ? value : value.mul(terms[i].factor)))
        .reduce((sum, value) => sum.add(value)) as tf.Scalar;
      const told = assessed.map(({ value }) => value).slice(several ? 0 : 1);
      const measures = batch.outputs.flatMap((output, i) =>
        metrics.map((metric) => measure(metric, batch.truths[i], output)),
      );
      const updates = assessed.flatMap(({ moved }, i): Update[] => (moved ? [[terms[i].state!, moved]] : []));
      return { loss, scores: [loss, ...told, ...measures], updates };
    },
  };
}

const layerLossName = ({ kind, layer }: LayerLoss): string => `${layer} ${kind} loss`;

function outputTerm(
  choice: LossChoice,
  factor: number,
  i: number,
  shape: readonly number[],
  target: TargetSpec,
): Term {
  const settings = typeof choice === 'function' ? undefined : settingsOf(choice);
  if (settings?.kind === 'triplet' || settings?.kind === 'centre') {
    const loss = featureLoss(settings, lengthOf(shape), target);
    return {
      ...{ factor, state: loss.state },
      assess({ outputs, truths, weights }) {
        const { losses, moved } = loss.assess(outputs[i], truths[i]);
        return { value: weightedMean(losses, weights[i]), moved };
      },
    };
  }
  const loss =
    settings === undefined
      ? (choice as Extract<LossChoice, (...args: never[]) => unknown>)
      : rowLoss(settings);
  return {
    factor,
    assess: ({ outputs, truths, weights }) => ({
      value: weightedMean(loss(truths[i], outputs[i]), weights[i]),
    }),
  };
}

function layerTerm(one: LayerLoss, place: number, layer: Named, target: TargetSpec): Term {
  const loss = featureLoss(one, lengthOf(layer.shape), target);
  return {
    ...{ factor: one.weight ?? 1, state: loss.state },
    assess({ layerOutputs, truths, weights }) {
      const { losses, moved } = loss.assess(layerOutputs[place], truths[0]);
      return { value: weightedMean(losses, weights[0]), moved };
    },
  };
}

const lengthOf = (shape: readonly number[]): number => shape.reduce((product, length) => product * length, 1);

/** The mean of weighted losses; a loss function may have taken the mean itself. */
function weightedMean(losses: tf.Tensor, weights: tf.Tensor): tf.Scalar {
  if (losses.rank === 0) return losses as tf.Scalar;
  const perRow = losses.rank === 1 ? losses : losses.reshape([losses.shape[0], -1]).mean(1);
  return perRow.mul(weights).mean();
}
