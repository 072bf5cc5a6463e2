import type * as tf from '@tensorflow/tfjs-node';
import { tensorflow } from '../../numeric/tensorflow.js';
import type { CentreSettings, TripletSettings } from '../options.js';

const FAR = 1e9; // more than any distance between features
const TINY = 1e-12; // keeps the root's gradient finite where two rows are the same

/**
 * Batch-hard triplet loss of n × d features: n numbers, 0 for a row that is alone in its class or has no other class
 * beside it.
 * @param labels - n class numbers, as floats.
 */
export function tripletLoss(
  features: tf.Tensor2D,
  labels: tf.Tensor1D,
  { margin = 1 }: TripletSettings,
): tf.Tensor {
  const n = features.shape[0];
  const { relu, range, equal, cast } = tensorflow();
  const distances = distancesBetween(features);
  const same = cast(equal(labels.reshape([n, 1]), labels.reshape([1, n])), 'float32');
  const places = range(0, n, 1, 'float32');
  const itself = cast(equal(places.reshape([n, 1]), places.reshape([1, n])), 'float32');
  const positive = same.sub(itself);
  const other = tensorflow().sub(1, same);
  const farthest = distances.mul(positive).max(1);
  const nearest = distances.add(same.mul(FAR)).min(1);
  const hasBoth = positive.max(1).mul(other.max(1));
  return relu(farthest.sub(nearest).add(margin)).mul(hasBoth);
}

function distancesBetween(features: tf.Tensor2D): tf.Tensor {
  const n = features.shape[0];
  const squares = features.square().sum(1);
  const products = tensorflow().matMul(features, features, false, true);
  const squared = squares
    .reshape([n, 1])
    .add(squares.reshape([1, n]))
    .sub(products.mul(2));
  return tensorflow().relu(squared).add(TINY).sqrt();
}

/** Centre loss of n × d features, n numbers, and where the centres go from here. */
export function centreLoss(
  features: tf.Tensor2D,
  oneHot: tf.Tensor2D,
  centres: tf.Tensor2D,
  { rate = 0.5 }: CentreSettings,
): { losses: tf.Tensor; moved: tf.Tensor } {
  const { matMul } = tensorflow();
  const difference = features.sub(matMul(oneHot, centres));
  const pull = matMul(oneHot, difference as tf.Tensor2D, true);
  const counts = oneHot.sum(0).add(1).reshape([-1, 1]);
  return {
    losses: difference.square().sum(1).mul(0.5),
    moved: centres.add(pull.div(counts).mul(rate)),
  };
}
