import assert from 'node:assert/strict';
import { test } from 'node:test';
import { initialise } from '../../src/models/initialise.js';
import { tensorflow } from '../../src/numeric/tensorflow.js';
import { kerasModel } from './networks.js';

const { initializers, layers, sequential } = tensorflow();
const weights = (model: ReturnType<typeof sequential>) => model.getWeights().map((w) => [...w.dataSync()]);
const spread = (values: number[]) => Math.sqrt(values.reduce((sum, v) => sum + v * v, 0) / values.length);

test('a seed gives the same bits on every machine', () => {
  const model = sequential({
    layers: [layers.dense({ inputShape: [2], units: 2, kernelInitializer: 'glorotUniform' })],
  });
  const bits = [0.8970794081687927, -0.43628838658332825, -0.5083189606666565, -0.9900891780853271];
  assert.deepEqual(weights(initialise(model, 7))[0], bits);
});

test('the same seed gives the same weights, another seed others', () => {
  assert.deepEqual(weights(kerasModel(4, 1)), weights(kerasModel(4, 1)));
  assert.notDeepEqual(weights(kerasModel(4, 1)), weights(kerasModel(4, 2)));
});

test('biases and normalisations start where their layers ask', () => {
  const model = kerasModel(4);
  const norm = model
    .getLayer('norm')
    .getWeights()
    .map((w) => [...w.dataSync()][0]);
  assert.deepEqual(norm, [1, 0, 0, 1]);
  assert.deepEqual([...model.getLayer('head').getWeights()[1].dataSync()], [0]);
});

test('variances follow the initialiser and the fans, also of a convolution', () => {
  const model = sequential({
    layers: [
      layers.conv2d({
        inputShape: [8, 8, 16],
        filters: 32,
        kernelSize: 3,
        kernelInitializer: 'glorotUniform',
        name: 'conv',
      }),
      layers.flatten(),
      layers.dense({ units: 64, kernelInitializer: 'heNormal', name: 'he' }),
      layers.dense({
        units: 50,
        kernelInitializer: initializers.randomNormal({ stddev: 0.3 }),
        name: 'normal',
      }),
    ],
  });
  initialise(model, 1);
  const of = (name: string) => spread([...model.getLayer(name).getWeights()[0].dataSync()]);
  const near = (actual: number, expected: number) =>
    assert.ok(Math.abs(actual / expected - 1) < 0.05, `${actual}, ${expected}`);
  near(of('conv'), Math.sqrt(2 / (9 * (16 + 32))));
  near(of('he'), 0.8796 * Math.sqrt(2 / 1152)); // cut off at two standard deviations
  near(of('normal'), 0.3);
});

test('only the layers that are named get new weights', () => {
  const model = kerasModel(4, 1);
  const before = weights(model);
  initialise(model, 2, { layers: ['head'] });
  const after = weights(model);
  const same = before.map((values, i) => values.every((v, j) => v === after[i][j]));
  assert.deepEqual(same.indexOf(false), 6);
  assert.equal(same.filter((s) => !s).length, 1);
});

test('an initialiser that a seed cannot repeat, and a layer that is not there, are refused', () => {
  const model = sequential({
    layers: [layers.dense({ inputShape: [3], units: 3, kernelInitializer: 'orthogonal' })],
  });
  assert.throws(() => initialise(model, 1), {
    name: 'TypeError',
    message: 'initialiser must be one that a seed can repeat, but is Orthogonal',
  });
  assert.throws(() => initialise(kerasModel(4), 1, { layers: ['tail'] }), {
    name: 'RangeError',
    message: /^layers must name layers of the model \(first, norm, .*\), but names "tail"$/,
  });
});
