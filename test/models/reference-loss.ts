import type { LayerSpec } from '../../src/models/layers.js';
import type { TrainOptions } from '../../src/models/training/options.js';
import type { Matrix } from '../../src/numeric/matrix.js';
import type { Activation } from '../../src/numeric/network.js';

/**
 * The loss that training lowers, with its penalties, in double precision and without any of the trainer's code.
 * @param blocks - for each layer its blocks of weights: weights and bias, or γ and β.
 */
export function referenceLoss(
  layers: readonly LayerSpec[],
  blocks: readonly (readonly Float64Array[])[],
  X: Matrix,
  y: ArrayLike<number>,
  options: Partial<TrainOptions>,
): number {
  let rows = Array.from({ length: X.rows }, (_, i) => [...X.data.subarray(i * X.cols, (i + 1) * X.cols)]);
  let penalty = 0;
  layers.forEach((layer, k) => {
    const [a, b] = blocks[k];
    if (layer.kind === 'norm') rows = normalised(rows, a, b, layer.epsilon);
    if (layer.kind !== 'dense') return;
    penalty += ((options.l2 ?? 0) + layer.l2) * a.reduce((sum, w) => sum + w * w, 0);
    rows = rows.map((x) => {
      const z = Array.from(b, (bias, j) =>
        x.reduce((sum, xi, i) => sum + xi * a[i * layer.outputs + j], bias),
      );
      return layer.activation === 'softmax' ? softmax(z) : z.map(FUNCTIONS[layer.activation]);
    });
  });
  const losses = rows.map(
    (p, i) => (options.sampleWeights?.[i] ?? 1) * weightOf(y[i], options) * lossOf(p, y[i], options),
  );
  return losses.reduce((sum, l) => sum + l) / rows.length + penalty;
}

function normalised(rows: number[][], gamma: Float64Array, beta: Float64Array, epsilon: number): number[][] {
  const columns = rows[0].map((_, j) => rows.map((row) => row[j]));
  const means = columns.map((c) => c.reduce((a, b) => a + b) / c.length);
  const variances = columns.map((c, j) => c.reduce((sum, v) => sum + (v - means[j]) ** 2, 0) / c.length);
  return rows.map((row) =>
    row.map((v, j) => (gamma[j] * (v - means[j])) / Math.sqrt(variances[j] + epsilon) + beta[j]),
  );
}

function softmax(z: number[]): number[] {
  const e = z.map((v) => Math.exp(v - Math.max(...z)));
  const sum = e.reduce((a, b) => a + b);
  return e.map((v) => v / sum);
}

const SCALE = 1.0507009873554805;
const ALPHA = 1.6732632423543772;

const FUNCTIONS: Record<Exclude<Activation, 'softmax'>, (z: number) => number> = {
  linear: (z) => z,
  relu: (z) => Math.max(0, z),
  sigmoid: (z) => 1 / (1 + Math.exp(-z)),
  tanh: Math.tanh,
  elu: (z) => (z > 0 ? z : Math.expm1(z)),
  selu: (z) => SCALE * (z > 0 ? z : ALPHA * Math.expm1(z)),
  softplus: (z) => Math.log1p(Math.exp(z)),
  swish: (z) => z / (1 + Math.exp(-z)),
  leakyRelu: (z) => (z > 0 ? z : 0.3 * z),
  relu6: (z) => Math.min(6, Math.max(0, z)),
  hardSigmoid: (z) => Math.min(1, Math.max(0, 0.2 * z + 0.5)),
  softsign: (z) => z / (1 + Math.abs(z)),
  mish: (z) => z * Math.tanh(Math.log1p(Math.exp(z))),
  gelu: (z) => 0.5 * z * (1 + erf(z / Math.SQRT2)),
};

/** Maclaurin's series: exact to the last places for the arguments of these tests, below 4. */
export function erf(x: number): number {
  let term = x;
  let sum = x;
  for (let k = 1; k < 200; k++) {
    term *= (-x * x) / k;
    sum += term / (2 * k + 1);
  }
  return (2 / Math.sqrt(Math.PI)) * sum;
}

function weightOf(y: number, { classWeights }: Partial<TrainOptions>): number {
  return classWeights ? classWeights[Math.round(y)] : 1;
}

function lossOf(p: number[], y: number, options: Partial<TrainOptions>): number {
  const { loss = 'binaryCrossentropy', focalGamma = 2, huberDelta = 1 } = options;
  const truth = p.length > 1 ? p[y] : y === 1 ? p[0] : 1 - p[0];
  const r = Math.abs(p[0] - y);
  switch (loss) {
    case 'binaryCrossentropy':
      return -(y * Math.log(p[0]) + (1 - y) * Math.log(1 - p[0]));
    case 'categoricalCrossentropy':
      return -Math.log(truth);
    case 'focal':
      return -((1 - truth) ** focalGamma) * Math.log(truth);
    case 'meanSquaredError':
      return r * r;
    case 'huber':
      return r <= huberDelta ? 0.5 * r * r : huberDelta * (r - 0.5 * huberDelta);
  }
}
