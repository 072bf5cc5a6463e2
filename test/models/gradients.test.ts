import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { LayerSpec } from '../../src/models/layers.js';
import type { Loss, TrainOptions } from '../../src/models/training/options.js';
import { matrix } from '../../src/numeric/matrix.js';
import type { Activation } from '../../src/numeric/network.js';
import { layer, noise, norm, trained } from './networks.js';
import { referenceLoss } from './reference-loss.js';

const n = 6;
const X = noise(n, 5, 1);

/** One step of plain gradient descent with rate 1 over all rows: what the weights lose is the gradient. */
function gradient(
  layers: readonly LayerSpec[],
  y: ArrayLike<number>,
  options: Partial<TrainOptions>,
): number[] {
  const step = {
    seed: 1,
    epochs: 1,
    batchSize: n,
    shuffle: false,
    optimizer: { kind: 'sgd', learningRate: 1 },
  } as const;
  const after = trained(layers, X, y, { ...step, ...options });
  return flat(layers).map((w, i) => w - flat(after.layers)[i]);
}

const flat = (layers: readonly LayerSpec[]): number[] => layers.flatMap(weights).flatMap((w) => [...w]);

/** The blocks of weights that are trained. */
const weights = (l: LayerSpec): Float32Array[] => {
  if (l.kind === 'dense') return [l.weights, l.bias];
  return l.kind === 'norm' ? [l.gamma, l.beta] : [];
};

/** Central differences in double precision of a loss written out in plain JavaScript. */
function differences(
  layers: readonly LayerSpec[],
  y: ArrayLike<number>,
  options: Partial<TrainOptions>,
): number[] {
  const blocks = layers.map((l) => weights(l).map((w) => Float64Array.from(w)));
  const h = 1e-5;
  return blocks.flat().flatMap((block) =>
    Array.from(block, (w, i) => {
      const at = (value: number) => {
        block[i] = value;
        return referenceLoss(layers, blocks, X, y, options);
      };
      const slope = (at(w + h) - at(w - h)) / (2 * h);
      block[i] = w;
      return slope;
    }),
  );
}

function agree(layers: readonly LayerSpec[], y: ArrayLike<number>, options: Partial<TrainOptions>): void {
  const ours = gradient(layers, y, options);
  const reference = differences(layers, y, options);
  const size = Math.hypot(...reference);
  assert.ok(size > 1e-3, 'the reference gradient is not zero');
  const error = Math.hypot(...ours.map((g, i) => g - reference[i])) / size;
  assert.ok(error < 2e-5, `relative error ${error}`); // weights near 1 carry their gradient to 6e-8 at best
}

const binary = [0, 1, 1, 0, 1, 0];
const classes = [0, 1, 2, 0, 1, 2];
const values = [0.5, -1, 3, 0.1, -0.4, 2];

const activations: Activation[] = [
  'linear',
  'relu',
  'sigmoid',
  'tanh',
  'elu',
  'selu',
  'softplus',
  'swish',
  'gelu',
  'leakyRelu',
  'relu6',
  'hardSigmoid',
  'softsign',
  'mish',
];
for (const activation of activations)
  test(`the gradient through ${activation} is that of finite differences`, () => {
    agree([layer('a', 5, 7, activation), layer('b', 7, 1, 'sigmoid')], binary, {});
    agree([layer('a', 5, 3, 'tanh'), layer('b', 3, 1, activation)], values, { loss: 'meanSquaredError' });
  });

const losses: [string, Loss, number, Activation, number[], Partial<TrainOptions>][] = [
  ['binary cross-entropy', 'binaryCrossentropy', 1, 'sigmoid', binary, { classWeights: [1, 2.5] }],
  [
    'binary cross-entropy of probabilities',
    'binaryCrossentropy',
    1,
    'sigmoid',
    [0.1, 0.9, 0.3, 0.5, 1, 0],
    {},
  ],
  [
    'categorical cross-entropy',
    'categoricalCrossentropy',
    3,
    'softmax',
    classes,
    { classWeights: [1, 2, 0.5] },
  ],
  ['binary focal loss', 'focal', 1, 'sigmoid', binary, { focalGamma: 2 }],
  ['focal loss with γ = 0', 'focal', 1, 'sigmoid', binary, { focalGamma: 0 }],
  ['categorical focal loss', 'focal', 3, 'softmax', classes, { focalGamma: 1.5, classWeights: [1, 2, 0.5] }],
  ['categorical focal loss with γ = 0', 'focal', 3, 'softmax', classes, { focalGamma: 0 }],
  ['categorical focal loss with γ = 1', 'focal', 3, 'softmax', classes, { focalGamma: 1 }],
  ['squared error', 'meanSquaredError', 1, 'linear', values, {}],
  ['Huber loss', 'huber', 1, 'linear', values, { huberDelta: 0.7 }],
];
for (const [title, loss, outputs, activation, y, options] of losses)
  test(`the gradient of ${title} is that of finite differences`, () => {
    const layers = [layer('a', 5, 6, 'tanh'), layer('b', 6, outputs, activation)];
    agree(layers, y, { loss, ...options });
  });

test('the gradient through batch normalisation and layers of odd widths is that of finite differences', () => {
  const layers = [
    norm('n0', 5),
    layer('a', 5, 9, 'swish'),
    norm('n', 9),
    layer('b', 9, 11, 'tanh'),
    layer('c', 11, 1, 'sigmoid'),
  ];
  agree(layers, binary, {});
});

test('the gradient with sample weights is that of finite differences', () => {
  const layers = [layer('a', 5, 6, 'tanh'), layer('b', 6, 1, 'sigmoid')];
  agree(layers, binary, { sampleWeights: [1, 0, 2.5, 0.3, 1, 4], classWeights: [1, 2] });
});

test('clipNorm shortens the whole gradient and keeps its direction', () => {
  const layers = [layer('a', 5, 6, 'tanh'), layer('b', 6, 1, 'sigmoid')];
  const whole = gradient(layers, binary, {});
  const short = gradient(layers, binary, { clipNorm: 0.01 });
  assert.ok(Math.abs(Math.hypot(...short) - 0.01) < 1e-6);
  const share = 0.01 / Math.hypot(...whole);
  short.forEach((g, i) => {
    assert.ok(Math.abs(g - share * whole[i]) < 1e-6, `${g} and ${share * whole[i]}`);
  });
  assert.deepEqual(gradient(layers, binary, { clipNorm: 1e6 }), whole);
});

test('clipValue cuts each number of the gradient off', () => {
  const layers = [layer('a', 5, 6, 'tanh'), layer('b', 6, 1, 'sigmoid')];
  const whole = gradient(layers, binary, {});
  const cut = gradient(layers, binary, { clipValue: 0.02 });
  assert.ok(whole.some((g) => Math.abs(g) > 0.03));
  cut.forEach((g, i) => {
    assert.ok(Math.abs(g - Math.max(-0.02, Math.min(0.02, whole[i]))) < 1e-6, `${g} and ${whole[i]}`);
  });
});

test('the gradient of the penalties is that of finite differences', () => {
  const layers = [{ ...layer('a', 5, 6, 'tanh'), l2: 0.03 }, layer('b', 6, 1, 'sigmoid')];
  agree(layers, binary, { l2: 0.05 });
});

test('zeros that are passed over change no bit', () => {
  const source = noise(40, 70, 2);
  const sparse = matrix(
    40,
    70,
    source.data.map((x, i) => (i % 3 === 0 ? x : 0)),
  );
  const y = Array.from({ length: 40 }, (_, i) => i % 2);
  const layers = [layer('a', 70, 83, 'relu'), layer('b', 83, 40, 'relu'), layer('c', 40, 1, 'sigmoid')];
  // The same rows with a subnormal number in the place of each zero: too small to change a sum, but not passed over.
  const step = { seed: 1, epochs: 1, batchSize: 40, shuffle: false } as const;
  const tiny = matrix(
    40,
    70,
    sparse.data.map((x) => (x === 0 ? 1e-40 : x)),
  );
  const [a, b] = [sparse, tiny].map((rows) => trained(layers, rows, y, step).layers);
  assert.deepEqual(flat(a), flat(b));
});
