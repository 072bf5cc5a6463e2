import type * as tf from '@tensorflow/tfjs-node';
import { tensorflow } from '../../numeric/tensorflow.js';
import type { CentreSettings, TripletSettings } from '../options.js';
import { centreLoss, tripletLoss } from './metric-losses.js';
import { newState } from './optimizer.js';
import type { TargetSpec } from './targets.js';

/** A loss of features with its state. */
export interface FeatureLoss {
  /** n losses, and where the state goes from here. */
  assess(features: tf.Tensor, truth: tf.Tensor): { losses: tf.Tensor; moved?: tf.Tensor };
  readonly state?: tf.Variable;
}

/**
 * Triplet or centre loss of feature vectors against the classes of a target.
 * @param d - the length of a feature vector.
 * @throws RangeError when nothing tells how many classes there are.
 */
export function featureLoss(
  settings: TripletSettings | CentreSettings,
  d: number,
  target: TargetSpec,
): FeatureLoss {
  const flat = (features: tf.Tensor) => features.reshape([-1, d]) as tf.Tensor2D;
  if (settings.kind === 'triplet')
    return {
      assess: (features, truth) => ({
        losses: tripletLoss(flat(features), labels(truth, target), settings),
      }),
    };
  const classes = settings.classes ?? (target.kind === 'classes' ? target.shape.at(-1) : undefined);
  if (classes === undefined)
    throw new RangeError(`the centre loss of "${target.name}" must be told how many classes there are`);
  const centres = newState('centres', [classes, d]);
  return {
    state: centres,
    assess: (features, truth) =>
      centreLoss(flat(features), oneHot(truth, target, classes), centres as unknown as tf.Tensor2D, settings),
  };
}

function labels(truth: tf.Tensor, { kind }: TargetSpec): tf.Tensor1D {
  if (kind !== 'classes') return truth.reshape([-1]);
  const { argMax, cast } = tensorflow();
  return cast(argMax(truth, -1), 'float32') as tf.Tensor1D;
}

function oneHot(truth: tf.Tensor, { kind }: TargetSpec, classes: number): tf.Tensor2D {
  if (kind === 'classes') return truth as tf.Tensor2D;
  const { range, equal, cast } = tensorflow();
  const places = range(0, classes, 1, 'float32').reshape([1, classes]);
  return cast(equal(truth.reshape([-1, 1]), places), 'float32') as tf.Tensor2D;
}
