import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import type * as tf from '@tensorflow/tfjs-node';
import { fit } from '../../src/models/fit.js';
import { fitWithTensorflow } from '../../src/models/fit-tensorflow.js';
import { initialise } from '../../src/models/initialise.js';
import type { FitOptions, Loss } from '../../src/models/training/options.js';
import { matrix } from '../../src/numeric/matrix.js';
import type { Activation } from '../../src/numeric/network.js';
import { random } from '../../src/numeric/random.js';
import { tensorflow } from '../../src/numeric/tensorflow.js';
import { halves, noise } from './networks.js';

const X = noise(30, 6, 1);
const classes = Int32Array.from({ length: 30 }, (_, i) => i % 3);

function model(outputs: number, activation: Activation): tf.Sequential {
  const { layers, sequential } = tensorflow();
  const parts = [
    layers.dense({ inputShape: [6], units: 5, activation: 'tanh', name: 'first' }),
    layers.batchNormalization({ name: 'norm' }),
    layers.dense({ units: outputs, activation, name: 'head' } as never),
  ];
  return initialise(sequential({ layers: parts }), 2);
}

const weights = (m: tf.LayersModel): number[] => m.getWeights().flatMap((w) => [...w.dataSync()]);

/** Largest difference of any weight after the same training by both. */
async function difference(
  outputs: number,
  activation: Activation,
  y: ArrayLike<number>,
  options: Omit<FitOptions, 'seed'>,
): Promise<number> {
  const [ours, theirs] = [model(outputs, activation), model(outputs, activation)];
  const all = { seed: 1, epochs: 4, batchSize: 8, ...options };
  const a = await fit(ours, X, y, all);
  const b = await fitWithTensorflow(theirs, X, y, all);
  assert.deepEqual([a.engine, b.engine], ['wasm', 'tfjs']);
  a.loss.forEach((loss, i) => {
    assert.ok(Math.abs(loss - b.loss[i]) < 1e-4 * Math.max(1, loss), `loss ${loss} and ${b.loss[i]}`);
  });
  const other = weights(theirs);
  return Math.max(...weights(ours).map((w, i) => Math.abs(w - other[i])));
}

const y = halves(X);
const values = Array.from({ length: 30 }, (_, i) => X.data[6 * i] * 2);
const cases: [string, number, Activation, ArrayLike<number>, Omit<FitOptions, 'seed'>][] = [
  ['binary cross-entropy, class weights', 1, 'sigmoid', y, { classWeights: [1, 3] }],
  ['binary focal loss', 1, 'sigmoid', y, { loss: 'focal', focalGamma: 1.5 }],
  [
    'categorical cross-entropy',
    3,
    'softmax',
    classes,
    { loss: 'categoricalCrossentropy', classWeights: [1, 2, 0.5] },
  ],
  ['categorical focal loss', 3, 'softmax', classes, { loss: 'focal' }],
  [
    'squared error, momentum',
    1,
    'linear',
    values,
    { loss: 'meanSquaredError', optimizer: { kind: 'sgd', momentum: 0.9 } },
  ],
  [
    'Huber loss, Nesterov',
    1,
    'linear',
    values,
    { loss: 'huber', huberDelta: 0.5, optimizer: { kind: 'sgd', momentum: 0.5, nesterov: true } },
  ],
  [
    'AdamW, L2, L2-SP',
    1,
    'sigmoid',
    y,
    { l2: 0.01, l2sp: { strength: 0.1, layers: ['first'] }, optimizer: { kind: 'adamw', weightDecay: 0.1 } },
  ],
  [
    'sample weights, a short gradient',
    1,
    'sigmoid',
    y,
    { sampleWeights: X.data.subarray(0, 30).map(Math.abs), clipNorm: 0.2 },
  ],
  ['gradients cut off', 1, 'sigmoid', y, { clipValue: 0.01, optimizer: { kind: 'sgd', learningRate: 1 } }],
  ['frozen layers, a rate per layer', 1, 'sigmoid', y, { frozen: ['norm'], layerRates: { first: 0.1 } }],
  [
    'a layer that thaws, a cosine',
    1,
    'sigmoid',
    y,
    { unfreeze: { first: 2 }, schedule: { kind: 'cosine', warmup: 1 } },
  ],
];
for (const [title, outputs, activation, truth, options] of cases)
  test(`the fused trainer and tfjs go the same way: ${title}`, async () => {
    const largest = await difference(outputs, activation, truth, options);
    assert.ok(largest < 1e-4, `weights differ by ${largest}`);
  });

for (const activation of [
  ...['relu', 'relu6', 'elu', 'selu', 'tanh', 'sigmoid', 'linear', 'softplus', 'softsign'],
  ...['hardSigmoid', 'swish', 'mish', 'gelu'],
])
  test(`the fused trainer and tfjs go the same way through ${activation}`, async () => {
    const largest = await sameWay(() => [
      tensorflow().layers.dense({ inputShape: [6], units: 5, activation, name: 'hidden' } as never),
    ]);
    assert.ok(largest < 1e-4, `weights differ by ${largest}`);
  });

for (const [title, make, engine] of [
  ['leakyReLU', () => tensorflow().layers.leakyReLU(), 'wasm'],
  ['leakyReLU of another slope', () => tensorflow().layers.leakyReLU({ alpha: 0.1 }), 'tfjs'],
  ['ELU', () => tensorflow().layers.elu(), 'wasm'],
  ['a ReLU up to 6', () => tensorflow().layers.reLU({ maxValue: 6 }), 'wasm'],
  ['PReLU', () => tensorflow().layers.prelu(), 'tfjs'],
  ['Gaussian noise', () => tensorflow().layers.gaussianNoise({ stddev: 1e-9 }), 'tfjs'],
] as const)
  test(`a layer of ${title} is trained by ${engine}`, async () => {
    const warn = mock.method(console, 'warn', () => {});
    const layers = () => [
      tensorflow().layers.dense({ inputShape: [6], units: 5, name: 'hidden' }),
      make() as tf.layers.Layer,
    ];
    const largest = await sameWay(layers, engine);
    warn.mock.restore();
    assert.ok(largest < 1e-4, `weights differ by ${largest}`);
  });

/** Largest difference of any weight when the same layers are trained by `fit` and by tfjs. */
async function sameWay(hidden: () => tf.layers.Layer[], engine: 'wasm' | 'tfjs' = 'wasm'): Promise<number> {
  const build = () => {
    const head = tensorflow().layers.dense({ units: 1, activation: 'sigmoid', name: 'head' });
    return initialise(tensorflow().sequential({ layers: [...hidden(), head] }), 3);
  };
  const [ours, theirs] = [build(), build()];
  const options = {
    seed: 1,
    epochs: 3,
    batchSize: 8,
    optimizer: { kind: 'sgd', learningRate: 0.1 },
  } as const;
  assert.equal((await fit(ours, X, y, options)).engine, engine);
  await fitWithTensorflow(theirs, X, y, options);
  const other = weights(theirs);
  return Math.max(...weights(ours).map((w, i) => Math.abs(w - other[i])));
}

function convolution(): tf.Sequential {
  const { layers, sequential } = tensorflow();
  const parts = [
    layers.conv1d({ inputShape: [6, 1], filters: 2, kernelSize: 3, activation: 'relu', name: 'conv' }),
    layers.flatten(),
    layers.dense({ units: 1, activation: 'sigmoid', name: 'head' }),
  ];
  return initialise(sequential({ layers: parts }), 1);
}

test('a model with a convolution is trained by tfjs, which is said once', async () => {
  const warn = mock.method(console, 'warn', () => {});
  const options = { seed: 1, epochs: 20, optimizer: { kind: 'adam', learningRate: 0.02 } } as const;
  const history = await fit(convolution(), X, y, options);
  await fit(convolution(), X, y, { ...options, epochs: 1 });
  warn.mock.restore();
  assert.equal(history.engine, 'tfjs');
  assert.ok(history.loss.at(-1)! < 0.8 * history.loss[0]);
  assert.deepEqual(
    warn.mock.calls.map((call) => call.arguments[0]),
    ['nurdle: layer "conv" is a Conv1D, which the fused trainer does not know; training with tfjs instead.'],
  );
});

test('tfjs restores the best weights, gives tensors back and leaves a model as it was when aborted', async () => {
  const net = convolution();
  const noisy = Array.from(random(1).permutation(30), (i) => i % 2);
  const validation = { X: noise(10, 6, 2), y: noisy.slice(0, 10) };
  const options = { seed: 1, epochs: 30, validation, earlyStopping: { patience: 2 } } as const;
  const fast = { ...options, optimizer: { kind: 'adam', learningRate: 0.1 } } as const;
  const { numTensors } = tensorflow().memory();
  const history = await fitWithTensorflow(net, X, noisy, fast);
  assert.equal(history.stoppedEarly, true);
  assert.equal(history.loss.length, history.bestEpoch + 2);
  assert.equal(tensorflow().memory().numTensors, numTensors);
  const before = weights(net);
  const abort = new AbortController();
  const running = fitWithTensorflow(net, X, noisy, {
    seed: 1,
    signal: abort.signal,
    onEpoch: () => abort.abort(),
  });
  await assert.rejects(running, { name: 'AbortError' });
  assert.deepEqual(weights(net), before);
});

test('a softmax inside the network is left to tfjs', async () => {
  const warn = mock.method(console, 'warn', () => {});
  const { layers, sequential } = tensorflow();
  const attention = layers.dense({ inputShape: [6], units: 4, activation: 'softmax', name: 'attention' });
  const net = initialise(
    sequential({ layers: [attention, layers.dense({ units: 1, activation: 'sigmoid' })] }),
    1,
  );
  const { engine } = await fit(net, X, y, { seed: 1, epochs: 1 });
  warn.mock.restore();
  assert.equal(engine, 'tfjs');
  assert.match(String(warn.mock.calls[0].arguments[0]), /layer "attention" has a softmax before the output/);
});

test('a matrix of targets serves as well as a vector', async () => {
  const [a, b] = [model(3, 'softmax'), model(3, 'softmax')];
  const oneHot = matrix(
    30,
    3,
    Float64Array.from({ length: 90 }, (_, i) => Number(classes[Math.floor(i / 3)] === i % 3)),
  );
  const options = { seed: 1, epochs: 2, loss: 'categoricalCrossentropy' as Loss };
  await fit(a, X, classes, options);
  await fit(b, X, oneHot, options);
  assert.deepEqual(weights(a), weights(b));
});
