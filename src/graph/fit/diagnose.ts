import type * as tf from '@tensorflow/tfjs-node';
import { tensorflow } from '../../numeric/tensorflow.js';
import type { HostBatch } from '../engine/engine.js';
import { inputTensors } from '../engine/tensors.js';
import { listenToLayers } from '../record/layer-calls.js';
import type { Steps } from '../step/steps.js';

/** Where numbers stop being finite, for a message: an input, the first layer whose output is not, or the loss. */
export function whereNotFinite(
  model: tf.LayersModel,
  { inputs }: Pick<Steps, 'inputs'>,
  batch: HostBatch,
): string {
  const bad = batch.inputs.findIndex((values) => values.some((value) => !Number.isFinite(value)));
  if (bad >= 0) return `input "${inputs[bad].name}" holds numbers that are not finite`;
  let first: string | undefined;
  const calls = listenToLayers(model, (layer, output) => {
    if (first === undefined && !allFinite(output)) first = layer;
  });
  try {
    tensorflow().tidy(() => {
      const tensors = inputTensors(inputs, batch.rows, batch.inputs);
      model.apply(tensors.length === 1 ? tensors[0] : tensors, { training: true });
    });
  } finally {
    calls.undo();
  }
  return first === undefined
    ? 'every layer is finite, so that the loss itself is not'
    : `layer "${first}" is the first whose output is not finite`;
}

function allFinite(tensor: tf.Tensor): boolean {
  const { isFinite: test, all, tidy } = tensorflow();
  return tidy(() => all(test(tensor)).dataSync()[0] === 1);
}
