import type * as tf from '@tensorflow/tfjs-node';
import { checkSettings } from '../../models/training/check-settings.js';
import type { OptimizerOptions } from '../../models/training/options.js';
import type { GraphOptions } from '../options.js';

/**
 * Settings of an optimizer from its name, from tfjs's own, or as they are.
 * @throws TypeError when it is none of Adam, AdamW and SGD.
 */
export function optimizerOptions(given: NonNullable<GraphOptions['optimizer']>): OptimizerOptions {
  const options = typeof given === 'string' ? ({ kind: given } as OptimizerOptions) : fromTfjs(given);
  checkSettings({ seed: 0, optimizer: options });
  return options;
}

function fromTfjs(given: OptimizerOptions | tf.Optimizer): OptimizerOptions {
  if (!isTfjs(given)) return given;
  const { learningRate, beta1, beta2, epsilon, momentum, useNesterov } = given as unknown as Numbers;
  switch (given.getClassName()) {
    case 'Adam':
      return { kind: 'adam', learningRate, beta1, beta2, epsilon };
    case 'SGD':
      return { kind: 'sgd', learningRate };
    case 'Momentum':
      return { kind: 'sgd', learningRate, momentum, nesterov: Boolean(useNesterov) };
    default:
      throw new TypeError(`optimizer must be Adam, AdamW or SGD, but is ${given.getClassName()}`);
  }
}

export const isTfjs = (given: unknown): given is tf.Optimizer =>
  typeof (given as tf.Optimizer | null)?.applyGradients === 'function';

type Numbers = Record<'learningRate' | 'beta1' | 'beta2' | 'epsilon' | 'momentum', number> & {
  readonly useNesterov: boolean;
};
