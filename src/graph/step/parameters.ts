import type * as tf from '@tensorflow/tfjs-node';
import { layersOf } from '../../models/freeze.js';

/** A weight that is trained. */
export interface Parameter {
  readonly variable: tf.Variable;
  /** Unique in the model. */
  readonly name: string;
  readonly layer: string;
  /** Whether it is a kernel, which penalties and weight decay hold, and not a bias or a scale. */
  readonly isKernel: boolean;
  /** Factor on the learning rate. */
  readonly rate: number;
}

/** The variable under a weight of a layer; tfjs hides it. */
export const variableOf = (weight: tf.LayerVariable): tf.Variable =>
  (weight as unknown as { val: tf.Variable }).val;

/** All weights of a model, each once, in the order of its layers. */
export function weightsOf(model: tf.LayersModel): tf.LayerVariable[] {
  return [...new Set(layersOf(model).flatMap((layer) => layer.weights))];
}

/** The weights that are to be trained, with what is asked of them. */
export function parametersOf(
  model: tf.LayersModel,
  layerRates: Readonly<Record<string, number>> = {},
): Parameter[] {
  const seen = new Set<tf.LayerVariable>();
  return layersOf(model).flatMap((layer) =>
    layer.trainableWeights
      .filter((weight) => !seen.has(weight) && seen.add(weight))
      .map((weight) => ({
        variable: variableOf(weight),
        name: weight.name,
        layer: layer.name,
        isKernel: /(kernel|embeddings)$/i.test(weight.originalName) && weight.shape.length > 1,
        rate: layerRates[layer.name] ?? 1,
      })),
  );
}
