import { column, type Matrix } from '../../src/numeric/matrix.js';
import type { Activation, DenseNetwork } from '../../src/numeric/network.js';
import { random } from '../../src/numeric/random.js';
import { forward } from './forward.js';

/** Rows of normal deviates. */
export function gaussian(rows: number, cols: number, seed: number | string): Matrix {
  const r = random(seed);
  return { rows, cols, data: Float64Array.from({ length: rows * cols }, () => r.normal()) };
}

/** A network with random weights: `sizes` are the units of each layer, from the inputs on. */
export function randomNetwork(
  sizes: readonly number[],
  seed: number | string,
  hidden: Activation = 'relu',
  last: Activation = 'sigmoid',
): DenseNetwork {
  const r = random(seed);
  return sizes.slice(1).map((outputs, l) => {
    const inputs = sizes[l];
    const scale = Math.sqrt(2 / inputs);
    return {
      name: `dense_${l}`,
      inputs,
      outputs,
      weights: Float32Array.from({ length: inputs * outputs }, () => scale * r.normal()),
      bias: Float32Array.from({ length: outputs }, () => 0.1 * r.normal()),
      activation: l === sizes.length - 2 ? last : hidden,
    };
  });
}

/** A function of each row. */
export const byRow =
  (f: (x: Float64Array) => number) =>
  (rows: Matrix): Float64Array =>
    Float64Array.from({ length: rows.rows }, (_, i) =>
      f(rows.data.subarray(i * rows.cols, (i + 1) * rows.cols)),
    );

/** A network as a function, in doubles. */
export const networkPredict =
  (network: DenseNetwork, output = 0) =>
  (rows: Matrix): Float64Array =>
    column(forward(network, rows), output);

/** How far the shares of row i are from adding up to prediction − base. */
export function additivityError(a: { base: number; values: Matrix; predictions: Float64Array }): number {
  let worst = 0;
  for (let i = 0; i < a.values.rows; i++) {
    let sum = a.base;
    for (let j = 0; j < a.values.cols; j++) sum += a.values.data[i * a.values.cols + j];
    worst = Math.max(worst, Math.abs(sum - a.predictions[i]));
  }
  return worst;
}
