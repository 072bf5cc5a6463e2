import type * as tf from '@tensorflow/tfjs-node';

type Layer = tf.layers.Layer;

/** Layers from input to output, those of models inside the model too. */
export const layersOf = (model: tf.LayersModel): Layer[] =>
  model.layers.flatMap((layer) =>
    'layers' in layer ? layersOf(layer as unknown as tf.LayersModel) : [layer],
  );

/** A model whose layers can be frozen for a while. */
export interface Freezable {
  /** Freezes the layers for which `isActive` is false and thaws the others. */
  set(isActive: (name: string) => boolean): void;
  /** Puts everything back as it was. */
  restore(): void;
}

/**
 * Freezes by tfjs's own `trainable`; beyond that, a frozen batch normalisation uses its running averages and leaves
 * them alone, as in Keras, where tfjs would go on moving them.
 */
export function freezable(model: tf.LayersModel): Freezable {
  const kept = layersOf(model).map((layer) => ({ layer, trainable: layer.trainable, call: layer.call }));
  // A model inside the model freezes the weights of its layers, not the layers: their flags are kept too.
  const flags = layersOf(model).flatMap((layer) => layer.weights.map((w) => ({ w, trainable: w.trainable })));
  return {
    set(isActive) {
      for (const { layer, call } of kept) {
        layer.trainable = isActive(layer.name);
        if (layer.getClassName() !== 'BatchNormalization') continue;
        layer.call = layer.trainable
          ? call
          : (inputs, kwargs) => call.call(layer, inputs, { ...kwargs, training: false });
      }
    },
    restore() {
      for (const { layer, trainable, call } of kept) Object.assign(layer, { trainable, call });
      for (const { w, trainable } of flags) Object.assign(w, { trainable });
    },
  };
}

/** Copies of all weights, by weight: the order of a model's weights depends on which layers are frozen. */
export const copyWeights = (model: tf.LayersModel): Map<tf.LayerVariable, tf.Tensor> =>
  new Map(layersOf(model).flatMap((layer) => layer.weights.map((w) => [w, w.read().clone()])));
