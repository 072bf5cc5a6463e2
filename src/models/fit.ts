import type * as tf from '@tensorflow/tfjs-node';
import type { Matrix } from '../numeric/matrix.js';
import { fitLayers } from './fit-layers.js';
import { fitWithTensorflow } from './fit-tensorflow.js';
import { readLayers, writeLayers } from './read-layers.js';
import { whyUntrainable } from './training/check.js';
import type { FitHistory, FitOptions } from './training/options.js';

/**
 * Trains a tfjs model in place. Dense layers, dropout, batch normalisation and the usual activations are trained by our
 * own WebAssembly, much faster than by tfjs and with the same bits on every machine; other models by tfjs, which is
 * said once. The model needs no `compile`. A frozen batch normalisation uses its running averages.
 *
 * @param X - n × d rows, scaled.
 * @param y - n targets (0 or 1, class numbers, or values), or n × outputs.
 * @throws TypeError or RangeError when arguments do not fit each other; RangeError when the loss stops being a number;
 * the signal's reason when aborted. The model is unchanged then.
 */
export async function fit(
  model: tf.LayersModel,
  X: Matrix,
  y: ArrayLike<number> | Matrix,
  options: FitOptions,
): Promise<FitHistory> {
  const read = readLayers(model);
  const reason = 'unsupported' in read ? read.unsupported : whyUntrainable(read.layers, options);
  if ('unsupported' in read || reason) {
    sayOnce(reason!);
    return fitWithTensorflow(model, X, y, options);
  }
  const { layers, history } = await fitLayers(read.layers, X, y, options);
  writeLayers(model, layers);
  return history;
}

const said = new Set<string>();

function sayOnce(reason: string): void {
  if (said.has(reason)) return;
  said.add(reason);
  console.warn(`nurdle: ${reason}, which the fused trainer does not know; training with tfjs instead.`);
}
