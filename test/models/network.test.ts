import assert from 'node:assert/strict';
import { test } from 'node:test';
import type * as tf from '@tensorflow/tfjs-node';
import { initialise } from '../../src/models/initialise.js';
import { denseNetwork, predict } from '../../src/models/network.js';
import { random } from '../../src/numeric/random.js';
import { tensorflow } from '../../src/numeric/tensorflow.js';
import { noise } from './networks.js';

const { input, layers, model, sequential, tensor, tensor2d, tidy } = tensorflow();
const X = noise(9, 6, 4);

/** Seeded weights everywhere, averages and scales of normalisations too. */
function seeded<M extends tf.LayersModel>(net: M): M {
  initialise(net, 1);
  const source = random(2);
  for (const layer of net.layers)
    if (layer.getClassName() === 'BatchNormalization')
      layer.setWeights(
        layer.getWeights().map((w) =>
          tensor(
            [...w.dataSync()].map(() => 0.5 + source.uniform()),
            w.shape,
          ),
        ),
      );
  return net;
}

function agrees(net: tf.LayersModel, depth: number): void {
  const network = denseNetwork(net);
  assert.equal(network.length, depth);
  const ours = predict(network, X);
  const theirs = tidy(() => (net.predict(tensor2d([...X.data], [9, 6])) as tf.Tensor).dataSync());
  assert.equal(ours.data.length, theirs.length);
  ours.data.forEach((p, i) => {
    assert.ok(Math.abs(p - theirs[i]) < 3e-6 * Math.max(1, Math.abs(theirs[i])), `${p} and ${theirs[i]}`);
  });
}

const every = [
  'linear',
  'relu',
  'sigmoid',
  'tanh',
  'elu',
  'selu',
  'softplus',
  'swish',
  'gelu',
  'softmax',
] as const;
for (const activation of every)
  test(`a network predicts what tfjs predicts: ${activation}`, () => {
    const parts = [
      layers.dense({ inputShape: [6], units: 11, activation: activation as 'relu' }),
      layers.dense({ units: 3, activation: activation as 'relu' }),
    ];
    agrees(seeded(sequential({ layers: parts })), 2);
  });

test('batch normalisation is folded wherever it stands', () => {
  const norm = () => layers.batchNormalization();
  const parts = [
    ...[layers.batchNormalization({ inputShape: [6] }), layers.dense({ units: 8, activation: 'tanh' })],
    ...[norm(), layers.dropout({ rate: 0.5 }), layers.dense({ units: 7 }), norm()],
    ...[layers.activation({ activation: 'relu' }), norm(), layers.dense({ units: 2, useBias: false })],
  ];
  agrees(seeded(sequential({ layers: parts })), 3);
});

test('a normalisation or a second activation at the end is a layer of its own', () => {
  const parts = [
    layers.dense({ inputShape: [6], units: 4, activation: 'relu' }),
    layers.batchNormalization({ scale: false, center: false }),
    layers.activation({ activation: 'sigmoid' }),
    layers.softmax(),
  ];
  agrees(seeded(sequential({ layers: parts })), 3);
});

test('a functional model and a model inside a model are read from input to output', () => {
  const start = input({ shape: [6] });
  const body = layers.dense({ units: 5, activation: 'relu' }).apply(start) as tf.SymbolicTensor;
  const end = layers.dense({ units: 2 }).apply(layers.reLU().apply(body)) as tf.SymbolicTensor;
  const functional = seeded(model({ inputs: start, outputs: end }));
  agrees(functional, 3);
  const outer = sequential();
  outer.add(functional);
  outer.add(layers.dense({ units: 1, activation: 'sigmoid' }));
  agrees(outer, 4);
  const cut = model({ inputs: functional.inputs, outputs: body });
  agrees(cut, 1);
});

test('a model that is not dense is refused with its reason', () => {
  const refused: [tf.layers.Layer[], string][] = [
    [[layers.lstm({ inputShape: [6, 1], units: 2, name: 'memory' })], 'layer "memory" is a LSTM'],
    [
      [layers.dense({ inputShape: [6], units: 2, activation: 'gelu_new', name: 'm' } as never)],
      'layer "m" has the activation gelu_new',
    ],
    [
      [layers.dense({ inputShape: [6], units: 2, kernelRegularizer: 'l1l2', name: 'r' })],
      'layer "r" has an L1 penalty',
    ],
    [[layers.dense({ inputShape: [4, 6], units: 2, name: 's' })], 'layer "s" works on sequences'],
  ];
  for (const [parts, reason] of refused)
    assert.throws(() => denseNetwork(sequential({ layers: parts })), {
      name: 'TypeError',
      message: `model must be made of dense layers, but ${reason}; use model.predict`,
    });
});

test('a network is not changed by the model it came from', () => {
  const net = seeded(sequential({ layers: [layers.dense({ inputShape: [6], units: 1 })] }));
  const network = denseNetwork(net);
  const before = predict(network, X).data;
  initialise(net, 9);
  assert.deepEqual(predict(network, X).data, before);
});
