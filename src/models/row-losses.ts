import type * as tf from '@tensorflow/tfjs-node';
import { tensorflow } from '../numeric/tensorflow.js';
import type { TrainOptions } from './training/options.js';
import { isCategorical } from './training/targets.js';

const TINY = 1e-7; // probabilities are kept this far from 0 and 1, as in Keras

/** Rows, targets and weights of rows as tensors. A type, not an interface, so that it passes for a map of tensors. */
export type Rows = { readonly X: tf.Tensor; readonly T: tf.Tensor; readonly weights: tf.Tensor };

/** The weighted loss of each row, from a model's outputs after their activation. */
export function rowLosses(
  outputs: tf.Tensor,
  { T, weights }: Rows,
  { loss = 'binaryCrossentropy', focalGamma = 2, huberDelta = 1 }: TrainOptions,
): tf.Tensor1D {
  const columns = T.shape[1]!;
  const Y = outputs.reshape(T.shape);
  const p = () => Y.clipByValue(TINY, 1 - TINY);
  const perRow = {
    binaryCrossentropy: () => binaryCrossentropy(p(), T).mean(1),
    categoricalCrossentropy: () => p().log().mul(T).sum(1).neg(),
    focal: () =>
      isCategorical('focal', columns)
        ? focal(p().mul(T).sum(1), focalGamma)
        : focal(ofTruth(p(), T), focalGamma).mean(1),
    meanSquaredError: () => Y.sub(T).square().mean(1),
    huber: () => huber(Y.sub(T), huberDelta).mean(1),
  }[loss]();
  return perRow.mul(weights) as tf.Tensor1D;
}

const binaryCrossentropy = (p: tf.Tensor, T: tf.Tensor): tf.Tensor =>
  p
    .log()
    .mul(T)
    .add(complement(p).log().mul(complement(T)))
    .neg();

/** The probability of the true side. */
const ofTruth = (p: tf.Tensor, T: tf.Tensor): tf.Tensor => p.mul(T).add(complement(p).mul(complement(T)));

const complement = (x: tf.Tensor): tf.Tensor => x.neg().add(1);

const focal = (p: tf.Tensor, gamma: number): tf.Tensor => complement(p).pow(gamma).mul(p.log()).neg();

/** Quadratic up to δ, linear beyond: with c the residual cut off at ±δ, c (r − c / 2). */
function huber(r: tf.Tensor, delta: number): tf.Tensor {
  const cut = r.clipByValue(-delta, delta);
  return cut.mul(r.sub(cut.mul(tensorflow().scalar(0.5))));
}
