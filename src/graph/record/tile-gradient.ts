import type * as tf from '@tensorflow/tfjs-node';
import { tensorflow } from '../../numeric/tensorflow.js';

/**
 * Replaces tfjs's gradient of `tile`, which adds one slice for each repetition, so that its length would depend on the
 * batch, by a reshape and a sum, which give the same.
 * @returns what puts tfjs's own back.
 */
export function shortTileGradient(): () => void {
  const { getGradient, registerGradient, unregisterGradient } = tensorflow();
  const own = getGradient('Tile');
  unregisterGradient('Tile');
  registerGradient({ kernelName: 'Tile', inputsToSave: ['x'], gradFunc });
  return () => {
    unregisterGradient('Tile');
    registerGradient(own);
  };
}

function gradFunc(dy: tf.Tensor | tf.Tensor[], [x]: tf.Tensor[], attributes: object): { x: () => tf.Tensor } {
  const { reps } = attributes as { reps: number[] };
  const split = reps.flatMap((times, axis) => [times, x.shape[axis]]);
  const repeated = reps.map((_, axis) => 2 * axis);
  return { x: () => (dy as tf.Tensor).reshape(split).sum(repeated).reshape(x.shape) };
}
