import type * as tf from '@tensorflow/tfjs-node';
import { tensorflow } from '../../numeric/tensorflow.js';

type Value = tf.SymbolicTensor;

/** Applies layers one after another. */
export const through = (start: Value, ...layers: readonly tf.layers.Layer[]): Value =>
  layers.reduce((value, layer) => layer.apply(value) as Value, start);

/** Convolution, batch normalisation, ReLU. */
export function convolve2d(x: Value, name: string, filters: number, kernelSize = 3, strides = 1): Value {
  const { layers } = tensorflow();
  return through(
    x,
    layers.conv2d({ filters, kernelSize, strides, padding: 'same', useBias: false, name }),
    layers.batchNormalization({ name: `${name}_norm` }),
    layers.reLU({ name: `${name}_relu` }),
  );
}

/**
 * Two convolutions beside a shortcut (He et al. 2016, doi:10.1109/CVPR.2016.90).
 */
export function residual2d(x: Value, name: string, filters: number): Value {
  const { layers } = tensorflow();
  const conv = (suffix: string, kernelSize: number) =>
    layers.conv2d({ filters, kernelSize, padding: 'same', useBias: false, name: `${name}_${suffix}` });
  const inner = through(
    convolve2d(x, `${name}_1`, filters),
    conv('2', 3),
    layers.batchNormalization({ name: `${name}_2_norm` }),
  );
  const shortcut = x.shape.at(-1) === filters ? x : through(x, conv('shortcut', 1));
  const sum = layers.add({ name: `${name}_sum` }).apply([inner, shortcut]) as Value;
  return through(sum, layers.reLU({ name: `${name}_relu` }));
}

/** Convolution along a spectrum, batch normalisation, ReLU. */
export function convolve1d(x: Value, name: string, filters: number, kernelSize: number, strides = 1): Value {
  const { layers } = tensorflow();
  return through(
    x,
    layers.conv1d({ filters, kernelSize, strides, padding: 'same', useBias: false, name }),
    layers.batchNormalization({ name: `${name}_norm` }),
    layers.reLU({ name: `${name}_relu` }),
  );
}

/** Tokens (n × t × d) into one vector: their mean beside their largest values, n × 2d. */
export function pooled(tokens: Value, name: string): Value {
  const { layers } = tensorflow();
  const mean = through(tokens, layers.globalAveragePooling1d({ name: `${name}_mean` }));
  const largest = through(tokens, layers.globalMaxPooling1d({ name: `${name}_largest` }));
  return layers.concatenate({ name: `${name}_pooled` }).apply([mean, largest]) as Value;
}
