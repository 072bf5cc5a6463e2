import type * as tf from '@tensorflow/tfjs-node';
import { layersOf } from '../../models/freeze.js';
import { NotCompilable } from '../recording.js';

/** Which layer is being called. */
export interface LayerCalls {
  readonly atWork: () => string | undefined;
  readonly undo: () => void;
}

/**
 * Listens to the calls of a model's layers.
 * @param onOutput - called with every tensor that a layer gives back.
 */
export function listenToLayers(
  model: tf.LayersModel,
  onOutput?: (layer: string, output: tf.Tensor) => void,
): LayerCalls {
  const open: string[] = [];
  const kept = layersOf(model).map((layer) => ({ layer, call: layer.call }));
  for (const { layer, call } of kept)
    layer.call = (inputs, kwargs) => {
      open.push(layer.name);
      try {
        const output = call.call(layer, inputs, kwargs);
        if (onOutput) for (const one of [output].flat()) onOutput(layer.name, one);
        return output;
      } catch (error) {
        throw named(error as Error, layer.name);
      } finally {
        open.pop();
      }
    };
  return {
    atWork: () => open.at(-1),
    undo: () => {
      for (const { layer, call } of kept) layer.call = call;
    },
  };
}

/** The innermost layer is the one to blame. */
function named(error: Error, layer: string): Error {
  if (error instanceof NotCompilable || /\blayer "/.test(error.message)) return error;
  return new NotCompilable(`layer "${layer}": ${error.message}`);
}
