import type * as tf from '@tensorflow/tfjs-node';
import { attention } from '../../src/graph/layers/attention.js';
import { initialise } from '../../src/models/initialise.js';
import { random } from '../../src/numeric/random.js';
import { tensorflow } from '../../src/numeric/tensorflow.js';

/** Normal deviates. */
export function normals(count: number, seed: number | string): Float32Array {
  const draw = random(seed);
  return Float32Array.from({ length: count }, () => draw.normal());
}

/** A model with fresh weights that follow from a seed. */
export const started = <M extends tf.LayersModel>(model: M, seed = 1): M => initialise(model, seed);

/** All weights, as copies. */
export const weightsOf = (model: tf.LayersModel): Float32Array[] =>
  model.getWeights().map((weight) => weight.dataSync().slice() as Float32Array);

export function setWeights(model: tf.LayersModel, values: readonly Float32Array[]): void {
  const { tensor, tidy } = tensorflow();
  tidy(() => model.setWeights(model.getWeights().map((weight, i) => tensor(values[i], weight.shape))));
}

/**
 * The largest difference, as a share of the largest number.
 * @param floor - numbers below this count as this: a gradient that is zero but for rounding has no digits to compare.
 */
export function relative(a: ArrayLike<number>, b: ArrayLike<number>, floor = 1e-12): number {
  let difference = 0;
  let largest = floor;
  for (let i = 0; i < b.length; i++) {
    difference = Math.max(difference, Math.abs(a[i] - b[i]));
    largest = Math.max(largest, Math.abs(b[i]));
  }
  return a.length === b.length ? difference / largest : Number.POSITIVE_INFINITY;
}

/** Six inputs, five hidden units, three classes. */
export function small(dropout = 0): tf.LayersModel {
  const { layers, sequential } = tensorflow();
  return started(
    sequential({
      layers: [
        layers.dense({ inputShape: [6], units: 5, activation: 'tanh', name: 'first' }),
        layers.dropout({ rate: dropout, name: 'drop' }),
        layers.dense({ units: 3, activation: 'softmax', name: 'classes' }),
      ],
    }),
  );
}

/** Rows for `small`: the class is told by the largest of the first three numbers. */
export function smallRows(count: number, seed = 1): { x: Float32Array; y: Int32Array } {
  const x = normals(count * 6, seed);
  const y = Int32Array.from({ length: count }, (_, i) => {
    const [a, b, c] = x.subarray(6 * i, 6 * i + 3);
    return a >= b && a >= c ? 0 : b >= c ? 1 : 2;
  });
  return { x, y };
}

/** An image and a spectrum that meet by cross-attention: the shape of the ageing network, made small. */
export function fusion(): tf.LayersModel {
  const { layers, input, model } = tensorflow();
  const image = input({ shape: [8, 8, 1], name: 'image' });
  const spectrum = input({ shape: [20, 1], name: 'spectrum' });
  const a = layers.conv2d({ filters: 4, kernelSize: 3, activation: 'relu', name: 'seen' }).apply(image);
  const b = layers
    .conv1d({ filters: 4, kernelSize: 3, activation: 'relu', name: 'measured' })
    .apply(spectrum) as tf.SymbolicTensor;
  const tokens = layers.reshape({ targetShape: [36, 4] }).apply(a) as tf.SymbolicTensor;
  const met = attention({ heads: 2, keyDim: 4, name: 'meet' }).apply([tokens, b]) as tf.SymbolicTensor;
  const parts = [
    layers.globalAveragePooling1d().apply(met),
    layers.globalAveragePooling2d({}).apply(a),
    layers.globalMaxPooling1d().apply(b),
  ] as tf.SymbolicTensor[];
  const joined = layers.concatenate({ name: 'joined' }).apply(parts);
  const hidden = layers.dense({ units: 8, activation: 'relu', name: 'feature' }).apply(joined);
  const normed = layers.layerNormalization({ name: 'norm' }).apply(hidden);
  const outputs = layers
    .dense({ units: 3, activation: 'softmax', name: 'stage' })
    .apply(normed) as tf.SymbolicTensor;
  return model({ inputs: [image, spectrum], outputs });
}

/** Synthetic pairs for `fusion`: both sides are brighter for higher classes. */
export function pairs(count: number): { x: Float32Array[]; y: Int32Array } {
  const y = Int32Array.from({ length: count }, (_, i) => i % 3);
  const images = normals(count * 64, 'images').map((value, k) => value + y[Math.floor(k / 64)]);
  const spectra = normals(count * 20, 'spectra').map((value, k) => value + y[Math.floor(k / 20)]);
  return { x: [images, spectra], y };
}
