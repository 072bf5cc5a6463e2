import type * as tf from '@tensorflow/tfjs-node';
import { tensorflow } from '../../numeric/tensorflow.js';
import type { GraphOptions } from '../options.js';
import type { Parameter } from './parameters.js';

/** Penalties on weights. */
export interface Penalties {
  /** What they add to the loss. */
  values(): tf.Scalar[];
  dispose(): void;
}

/** L2 towards zero on kernels, L2-SP towards where the weights are now, and what the layers themselves ask for. */
export function penaltiesOf(
  model: tf.LayersModel,
  parameters: readonly Parameter[],
  { l2 = 0, l2sp }: GraphOptions,
): Penalties {
  const shrunk = l2 > 0 ? parameters.filter(({ isKernel }) => isKernel) : [];
  const held = l2sp ? parameters.filter(({ layer }) => l2sp.layers?.includes(layer) ?? true) : [];
  const starts = held.map(({ variable }) => tensorflow().keep(variable.clone()));
  return {
    values: () => [
      ...model.calculateLosses(),
      ...shrunk.map(({ variable }) => variable.square().sum().mul(l2) as tf.Scalar),
      ...held.map(
        ({ variable }, i) => variable.sub(starts[i]).square().sum().mul(l2sp!.strength) as tf.Scalar,
      ),
    ],
    dispose: () => tensorflow().dispose(starts),
  };
}
