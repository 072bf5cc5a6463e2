import { exp, log, sigmoid } from '../../src/numeric/elementary.js';
import type { Matrix } from '../../src/numeric/matrix.js';
import type { Activation, DenseLayer, DenseNetwork } from '../../src/numeric/network.js';

/**
 * What a network predicts, in doubles: the plain reference beside the WebAssembly kernels.
 * @param rows - n × inputs.
 * @returns n × outputs of the last layer.
 * @throws RangeError when a layer's inputs are not the outputs before it.
 */
export function forward(network: DenseNetwork, rows: Matrix): Matrix {
  return network.reduce((X, layer) => activate(dense(X, layer), layer.activation), rows);
}

function dense(X: Matrix, { name, inputs, outputs, weights, bias }: DenseLayer): Matrix {
  if (X.cols !== inputs) throw new RangeError(`layer "${name}" takes ${inputs} columns, but gets ${X.cols}`);
  const data = new Float64Array(X.rows * outputs);
  for (let i = 0; i < X.rows; i++) {
    const y = data.subarray(i * outputs, (i + 1) * outputs);
    y.set(bias);
    for (let k = 0; k < inputs; k++) {
      const x = X.data[i * inputs + k];
      if (x !== 0) for (let j = 0, o = k * outputs; j < outputs; j++) y[j] += x * weights[o + j];
    }
  }
  return { rows: X.rows, cols: outputs, data };
}

function activate(Z: Matrix, activation: Activation): Matrix {
  if (activation === 'softmax') return softmax(Z);
  return { ...Z, data: Z.data.map(activations[activation]) };
}

function softmax(Z: Matrix): Matrix {
  const data = new Float64Array(Z.data.length);
  for (let i = 0; i < Z.data.length; i += Z.cols) {
    const z = Z.data.subarray(i, i + Z.cols);
    const largest = z.reduce((a, b) => Math.max(a, b));
    const e = z.map((v) => exp(v - largest));
    const sum = e.reduce((a, b) => a + b);
    data.set(
      e.map((v) => v / sum),
      i,
    );
  }
  return { ...Z, data };
}

const SELU_SCALE = 1.0507009873554805;
const SELU_ALPHA = 1.6732632423543772;

const elu = (x: number): number => (x > 0 ? x : exp(x) - 1);

const activations: Record<Exclude<Activation, 'softmax'>, (x: number) => number> = {
  linear: (x) => x,
  relu: (x) => Math.max(x, 0),
  sigmoid,
  tanh: (x) => 2 * sigmoid(2 * x) - 1,
  elu,
  selu: (x) => SELU_SCALE * (x > 0 ? x : SELU_ALPHA * elu(x)),
  softplus: (x) => Math.max(x, 0) + log(1 + exp(-Math.abs(x))),
  swish: (x) => x * sigmoid(x),
  leakyRelu: (x) => (x > 0 ? x : 0.3 * x),
  relu6: (x) => Math.min(6, Math.max(x, 0)),
  hardSigmoid: (x) => Math.min(1, Math.max(0, 0.2 * x + 0.5)),
  softsign: (x) => x / (1 + Math.abs(x)),
  mish: (x) => {
    const soft = Math.max(x, 0) + log(1 + exp(-Math.abs(x)));
    return x * (2 * sigmoid(2 * soft) - 1);
  },
  gelu: (x) => 0.5 * x * (1 + erf(x * Math.SQRT1_2)),
};

/**
 * Error function by Chebyshev's rational fit of erfc, within 1.2e-7 everywhere (Press et al., Numerical Recipes,
 * 2nd ed., section 6.2): as fine as the single precision in which networks are kept.
 */
function erf(x: number): number {
  const t = 1 / (1 + 0.5 * Math.abs(x));
  const p = [
    -1.26551223, 1.00002368, 0.37409196, 0.09678418, -0.18628806, 0.27886807, -1.13520398, 1.48851587,
    -0.82215223, 0.17087277,
  ].reduceRight((sum, c) => sum * t + c, 0);
  const tail = t * exp(p - x * x);
  return x >= 0 ? 1 - tail : tail - 1;
}
