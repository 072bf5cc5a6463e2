import assert from 'node:assert/strict';
import { test } from 'node:test';
import { foldLayers } from '../../src/models/fold.js';
import type { LayerSpec } from '../../src/models/layers.js';
import { predict } from '../../src/models/network.js';
import type { TrainOptions } from '../../src/models/training/options.js';
import { type Matrix, matrix } from '../../src/numeric/matrix.js';
import type { Activation } from '../../src/numeric/network.js';
import { layer, trained } from './networks.js';

const X = matrix([
  [1, 2],
  [3, 4],
]);
const y = [0, 1];
const net = (outputs = 1, activation: Activation = 'sigmoid') => [
  layer('a', 2, 3, 'relu'),
  layer('b', 3, outputs, activation),
];
const nan = matrix([
  [1, 2],
  [3, Number.NaN],
]);

type Case = [
  title: string,
  message: string,
  options: Partial<TrainOptions>,
  X?: Matrix,
  y?: ArrayLike<number> | Matrix,
  layers?: LayerSpec[],
];
const refused: Case[] = [
  ['no rows', 'X must have at least one row, but is empty', {}, matrix(0, 2), []],
  ['other columns', "X must have 2 columns like the model's input, but has 3", {}, matrix(2, 3)],
  ['NaN', 'X must be finite, but row 1, column 1 is NaN; impute or drop it first', {}, nan],
  [
    'infinity',
    'X must be finite, but row 0, column 0 is Infinity; impute or drop it first',
    {},
    matrix(1, 2, [Number.POSITIVE_INFINITY, 0]),
    [1],
  ],
  [
    'numbers too large',
    'X must fit 32-bit floats, but row 0, column 1 is 1e+39; scale it first',
    {},
    matrix(1, 2, [0, 1e39]),
    [1],
  ],
  [
    'NaN in validation',
    'validation.X must be finite, but row 1, column 1 is NaN; impute or drop it first',
    { validation: { X: nan, y } },
  ],
  [
    'sample weights for other rows',
    'sampleWeights must have one factor for each of 2 rows, but has 1',
    { sampleWeights: [1] },
  ],
  [
    'a negative sample weight',
    'sampleWeights must be finite and not negative, but row 1 has -1',
    { sampleWeights: [1, -1] },
  ],
  [
    'sample weights that are all zero',
    'sampleWeights must leave a row that counts, but the weight of every row is 0',
    { sampleWeights: [0, 0] },
  ],
  ['a gradient without length', 'clipNorm must be finite and above 0, but is 0', { clipNorm: 0 }],
  ['a gradient cut to NaN', 'clipValue must be finite and above 0, but is NaN', { clipValue: Number.NaN }],
  ['targets that are missing', 'y must have one row per row of X, 2, but has 1', {}, X, [1]],
  [
    'a target of NaN',
    'y must lie in 0 … 1 for the loss binaryCrossentropy, but row 1 is NaN',
    {},
    X,
    [0, Number.NaN],
  ],
  ['a target beyond 1', 'y must lie in 0 … 1 for the loss binaryCrossentropy, but row 0 is 2', {}, X, [2, 1]],
  [
    'probabilities for focal loss',
    'y must be 0 or 1 for the loss focal, but row 0 is 0.5',
    { loss: 'focal' },
    X,
    [0.5, 1],
  ],
  [
    'an infinite value',
    'y must be finite for the loss huber, but row 0 is Infinity',
    { loss: 'huber' },
    X,
    [Number.POSITIVE_INFINITY, 1],
    net(1, 'linear'),
  ],
  [
    'a class that is not there',
    'y must hold classes 0 … 2, but row 1 is 3',
    { loss: 'categoricalCrossentropy' },
    X,
    [0, 3],
    net(3, 'softmax'),
  ],
  [
    'targets of another width',
    "y must have 3 columns like the network's output, but has 2",
    { loss: 'categoricalCrossentropy' },
    X,
    matrix(2, 2),
    net(3, 'softmax'),
  ],
  [
    'class weights that are missing',
    'classWeights must have one factor for each of 2 classes, but has 1',
    { classWeights: [1] },
  ],
  [
    'a negative class weight',
    'classWeights must be finite and not negative, but class 1 has -1',
    { classWeights: [1, -1] },
  ],
  [
    'class weights for values',
    'classWeights need a loss of classes that exclude each other, but the loss is meanSquaredError on 1 outputs',
    { loss: 'meanSquaredError', classWeights: [1, 2] },
    X,
    y,
    net(1, 'linear'),
  ],
  [
    'an output without its sigmoid',
    'loss binaryCrossentropy on 1 output needs a last layer with sigmoid, but it has linear',
    {},
    X,
    y,
    net(1, 'linear'),
  ],
  [
    'an output without its softmax',
    'loss focal on 3 outputs needs a last layer with softmax, but it has relu',
    { loss: 'focal' },
    X,
    y,
    net(3, 'relu'),
  ],
  [
    'a softmax for values',
    'loss huber needs a last layer without softmax; use categoricalCrossentropy',
    { loss: 'huber' },
    X,
    matrix(2, 3),
    net(3, 'softmax'),
  ],
  ['no epochs', 'epochs must be a whole number from 1 on, but is 0', { epochs: 0 }],
  ['half a row', 'batchSize must be a whole number from 1 on, but is 1.5', { batchSize: 1.5 }],
  [
    'a learning rate of zero',
    'optimizer.learningRate must be above 0, but is 0',
    { optimizer: { kind: 'adam', learningRate: 0 } },
  ],
  [
    'a momentum of one',
    'optimizer.momentum must lie in 0 … 1, 1 left out, but is 1',
    { optimizer: { kind: 'sgd', momentum: 1 } },
  ],
  ['a negative penalty', 'l2 must be finite and not negative, but is -1', { l2: -1 }],
  [
    'a layer that is not there',
    'frozen must name layers of the model (a, b), but names "c"',
    { frozen: ['c'] },
  ],
  [
    'everything frozen',
    'frozen must leave a layer to train, but every layer with weights is frozen',
    { frozen: ['a', 'b'] },
  ],
  ['no layer with weights', 'model must have a layer with weights, but has none', {}, X, y, []],
  [
    'no patience',
    'earlyStopping.patience must be a whole number from 1 on, but is 0',
    { earlyStopping: { patience: 0 } },
  ],
  ['a seed that is not whole', 'seed must be a whole number, but is 0.5', { seed: 0.5 }],
  [
    'a loss that leaves the numbers',
    'training diverged in epoch 1: the loss is Infinity; lower optimizer.learningRate or scale X',
    { loss: 'meanSquaredError', batchSize: 1, optimizer: { kind: 'sgd', learningRate: 1e30 } },
    X,
    y,
    net(1, 'linear'),
  ],
];
for (const [title, message, options, rows = X, truth = y, layers = net()] of refused)
  test(`${title}: refused in a sentence`, () => {
    assert.throws(() => trained(layers, rows, truth, { seed: 1, epochs: 5, ...options }), {
      name: 'RangeError',
      message,
    });
  });

test('training without a seed: refused in a sentence', () => {
  assert.throws(() => trained(net(), X, y, {} as TrainOptions), {
    name: 'TypeError',
    message: 'options.seed must be given, so that the training can be repeated',
  });
});

test('predicting rows of another width: refused in a sentence', () => {
  assert.throws(() => predict(foldLayers(net()), matrix(2, 3)), {
    name: 'RangeError',
    message: "X must have 2 columns like the network's input, but has 3",
  });
});

test('a row with NaN predicts NaN and leaves its neighbours alone', () => {
  const network = foldLayers(net());
  const [first, second] = predict(network, nan).data;
  assert.equal(first, predict(network, X).data[0]);
  assert.ok(Number.isNaN(second));
});

const unknown: [message: string, options: object][] = [
  [
    'loss must be binaryCrossentropy, categoricalCrossentropy, focal, meanSquaredError or huber, but is hinge',
    { loss: 'hinge' },
  ],
  ['optimizer.kind must be adam, adamw or sgd, but is rmsprop', { optimizer: { kind: 'rmsprop' } }],
  ['schedule.kind must be cosine, linear, step or plateau, but is spiral', { schedule: { kind: 'spiral' } }],
];
for (const [message, options] of unknown)
  test(`training refuses: ${message}`, () => {
    assert.throws(() => trained(net(), X, y, { seed: 1, ...options } as TrainOptions), {
      name: 'TypeError',
      message,
    });
  });
