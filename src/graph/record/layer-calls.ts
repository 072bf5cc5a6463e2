import type * as tf from '@tensorflow/tfjs-node';
import { layersOf } from '../../models/freeze.js';

/** Which layer is being called. */
export interface LayerCalls {
  readonly atWork: () => string | undefined;
  readonly undo: () => void;
}

/** Listens to the calls of a model's layers. */
export function listenToLayers(model: tf.LayersModel): LayerCalls {
  const open: string[] = [];
  const kept = layersOf(model).map((layer) => ({ layer, call: layer.call }));
  for (const { layer, call } of kept)
    layer.call = (inputs, kwargs) => {
      open.push(layer.name);
      try {
        return call.call(layer, inputs, kwargs);
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
