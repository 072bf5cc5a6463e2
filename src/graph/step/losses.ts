import type * as tf from '@tensorflow/tfjs-node';
import { tensorflow } from '../../numeric/tensorflow.js';
import type { LossChoice, LossSettings } from '../options.js';

const TINY = 1e-7; // probabilities are kept this far from 0 and 1, as in Keras

/** A loss that looks at each row alone. */
export type RowLoss = (truth: tf.Tensor, output: tf.Tensor) => tf.Tensor;
type RowSettings = Exclude<LossSettings, { kind: 'triplet' | 'centre' }>;

/** The settings of a loss given by name. */
export const settingsOf = (choice: Exclude<LossChoice, RowLoss>): LossSettings =>
  typeof choice === 'string' ? ({ kind: choice } as LossSettings) : choice;

/** A loss of n × … outputs after their activation: n numbers. Classes are one-hot along the last axis. */
export function rowLoss(settings: RowSettings): RowLoss {
  switch (settings.kind) {
    case 'binaryCrossentropy':
      return (T, Y) => perRow(binary(smooth(T, settings.labelSmoothing, 2), clip(Y)));
    case 'categoricalCrossentropy':
    case 'sparseCategoricalCrossentropy':
      return (T, Y) => perRow(categorical(smooth(T, settings.labelSmoothing, Y.shape.at(-1)!), clip(Y)));
    case 'meanSquaredError':
      return (T, Y) => perRow(Y.sub(T).square());
    case 'meanAbsoluteError':
      return (T, Y) => perRow(Y.sub(T).abs());
    case 'huber':
      return (T, Y) => perRow(huber(Y.sub(T), settings.delta ?? 1));
    case 'focal':
      return (T, Y) => perRow(focal(T, clip(Y), settings.gamma ?? 2));
    default:
      throw new TypeError(
        `loss must be a known name, but is ${JSON.stringify((settings as { kind: unknown }).kind)}`,
      );
  }
}

const clip = (Y: tf.Tensor): tf.Tensor => Y.clipByValue(TINY, 1 - TINY);

const smooth = (T: tf.Tensor, share = 0, classes: number): tf.Tensor =>
  share === 0 ? T : T.mul(1 - share).add(share / classes);

/** The mean over everything but the rows. */
function perRow(losses: tf.Tensor): tf.Tensor {
  if (losses.rank <= 1) return losses;
  return losses.reshape([losses.shape[0], -1]).mean(1);
}

const complement = (x: tf.Tensor): tf.Tensor => tensorflow().sub(1, x);

const binary = (T: tf.Tensor, p: tf.Tensor): tf.Tensor =>
  p
    .log()
    .mul(T)
    .add(complement(p).log().mul(complement(T)))
    .neg();

const categorical = (T: tf.Tensor, p: tf.Tensor): tf.Tensor => p.log().mul(T).sum(-1).neg();

function focal(T: tf.Tensor, p: tf.Tensor, gamma: number): tf.Tensor {
  const isOneOfMany = p.shape.at(-1)! > 1;
  const ofTruth = isOneOfMany ? p.mul(T).sum(-1) : p.mul(T).add(complement(p).mul(complement(T)));
  return complement(ofTruth).pow(gamma).mul(ofTruth.log()).neg();
}

/** With c the residual cut off at ±δ: c (r − c / 2). */
function huber(residual: tf.Tensor, delta: number): tf.Tensor {
  const cut = residual.clipByValue(-delta, delta);
  return cut.mul(residual.sub(cut.mul(0.5)));
}
