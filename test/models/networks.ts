import type * as tf from '@tensorflow/tfjs-node';
import { initialise } from '../../src/models/initialise.js';
import { type DenseSpec, dense, type LayerSpec, type NormSpec } from '../../src/models/layers.js';
import type { EpochLog, TrainOptions } from '../../src/models/training/options.js';
import { type Trained, train } from '../../src/models/training/train.js';
import { type Matrix, matrix } from '../../src/numeric/matrix.js';
import type { Activation } from '../../src/numeric/network.js';
import { random } from '../../src/numeric/random.js';
import { tensorflow } from '../../src/numeric/tensorflow.js';

/** n × d standard normal deviates. */
export function noise(n: number, d: number, seed: number): Matrix {
  const source = random(seed);
  return matrix(
    n,
    d,
    Float64Array.from({ length: n * d }, () => source.normal()),
  );
}

/** 1 where the sum of a row's first two columns is above zero. */
export const halves = (X: Matrix): Float64Array =>
  Float64Array.from({ length: X.rows }, (_, i) => Number(X.data[i * X.cols] + X.data[i * X.cols + 1] > 0));

/** A dense layer with seeded weights and biases. */
export function layer(name: string, inputs: number, outputs: number, activation: Activation): DenseSpec {
  const source = random(name);
  const draw = (length: number) => Float32Array.from({ length }, () => source.normal() / Math.sqrt(inputs));
  return { ...dense(name, inputs, outputs, draw(inputs * outputs), activation), bias: draw(outputs) };
}

/** A batch normalisation with seeded weights and averages. */
export function norm(name: string, size: number): NormSpec {
  const source = random(name);
  const draw = (at: number) => Float32Array.from({ length: size }, () => at + 0.2 * source.normal());
  return {
    kind: 'norm',
    ...{ name, size, epsilon: 1e-3, momentum: 0.9, scale: true, center: true, trainable: true },
    ...{ gamma: draw(1), beta: draw(0), mean: draw(0), variance: draw(1) },
  };
}

/** Runs a training to its end. */
export function trained(
  layers: readonly LayerSpec[],
  X: Matrix,
  y: ArrayLike<number> | Matrix,
  options: TrainOptions,
): Trained & { logs: EpochLog[] } {
  const epochs = train(layers, X, y, options);
  const logs: EpochLog[] = [];
  for (;;) {
    const next = epochs.next();
    if (next.done) return { ...next.value, logs };
    logs.push(next.value);
  }
}

/** All weights of dense layers, one after another. */
export const weightsOf = (layers: readonly LayerSpec[]): number[] =>
  layers.flatMap((l) => (l.kind === 'dense' ? [...l.weights, ...l.bias] : []));

/** A seeded tfjs model with two hidden layers, batch normalisation and dropout. */
export function kerasModel(inputs: number, seed = 1): tf.Sequential {
  const { layers, sequential } = tensorflow();
  const model = sequential({
    layers: [
      layers.dense({ inputShape: [inputs], units: 7, activation: 'relu', name: 'first' }),
      layers.batchNormalization({ name: 'norm' }),
      layers.dropout({ rate: 0.1 }),
      layers.dense({ units: 5, activation: 'tanh', name: 'second' }),
      layers.dense({ units: 1, activation: 'sigmoid', name: 'head' }),
    ],
  });
  return initialise(model, seed);
}
