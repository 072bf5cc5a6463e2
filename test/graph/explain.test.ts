import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type * as tf from '@tensorflow/tfjs-node';
import { expectedGradients, integratedGradients } from '../../src/attribution/gradients.js';
import { compileGraph } from '../../src/graph/compile.js';
import type { CompiledNet } from '../../src/graph/net.js';
import { tensorflow } from '../../src/numeric/tensorflow.js';
import { fusion, pairs, relative } from './nets.js';

const { x, y } = pairs(9);
let net: CompiledNet;
before(async () => {
  net = await compileGraph(fusion(), { loss: 'categoricalCrossentropy', optimizer: 'sgd' });
  await net.fit(x, y, { epochs: 2 });
});
after(() => net.dispose());

/** The inputs as tensors. */
const tensors = () => {
  const { tensor } = tensorflow();
  return [tensor(x[0], [9, 8, 8, 1]), tensor(x[1], [9, 20, 1])];
};

/** All inputs of some rows, one behind the other. */
const rows = (count: number) => {
  const data = new Float64Array(count * 84);
  for (let i = 0; i < count; i++) {
    data.set(x[0].subarray(64 * i, 64 * (i + 1)), 84 * i);
    data.set(x[1].subarray(20 * i, 20 * (i + 1)), 84 * i + 64);
  }
  return { rows: count, cols: 84, data };
};

test("gradients by the inputs are tfjs's", () => {
  const { values, gradients } = net.gradient(x, { output: 'stage', unit: 2 });
  const own = tensorflow().valueAndGrads((...given: tf.Tensor[]) =>
    (net.model.apply(given) as tf.Tensor).slice([0, 2], [9, 1]).sum(),
  )(tensors());
  own.grads.forEach((gradient, i) => {
    assert.deepEqual(gradients[i].shape, gradient.shape);
    assert.ok(relative(gradients[i].dataSync(), gradient.dataSync()) < 1e-4);
  });
  assert.ok(Math.abs(values.sum().dataSync()[0] - own.value.dataSync()[0]) < 1e-5);
});

test('integrated gradients of a compiled net add up, expected ones within their errors', async () => {
  // Not zero: layer normalisation bends sharply there.
  const background = { rows: 1, cols: 84, data: rows(9).data.slice(8 * 84) };
  const model = net.differentiable({ unit: 1 });
  const { values, predictions, base } = await integratedGradients(model, rows(2), background, { steps: 200 });
  const expected = await expectedGradients(model, rows(2), rows(4), { samples: 40 });
  for (const i of [0, 1]) {
    const sum = values.data.subarray(84 * i, 84 * (i + 1)).reduce((total, value) => total + value, 0);
    assert.ok(Math.abs(sum - (predictions[i] - base)) < 5e-3, `${sum}, ${predictions[i] - base}`);
    assert.ok(expected.values.data.subarray(84 * i, 84 * (i + 1)).some((value) => value !== 0));
  }
});

test('Grad-CAM is the weighted sum of channels', () => {
  const map = net.gradCam(x, 'seen', { unit: 0 });
  assert.deepEqual(map.shape, [9, 6, 6]);
  const { model, grad, tidy } = tensorflow();
  const expected = tidy(() => {
    // By hand: the layer gives what it is told, so that the gradient by it can be asked for.
    const { model: whole } = net;
    const seen = whole.getLayer('seen');
    const head = model({ inputs: whole.inputs[0], outputs: seen.output as tf.SymbolicTensor });
    const activation = head.apply(tensors()[0]) as tf.Tensor;
    const own = seen.call;
    const gradient = grad((a: tf.Tensor) => {
      seen.call = () => a.clone();
      try {
        return (whole.apply(tensors()) as tf.Tensor).slice([0, 0], [9, 1]).sum();
      } finally {
        seen.call = own;
      }
    })(activation);
    return activation
      .mul(gradient.mean([1, 2], true))
      .sum(-1)
      .relu();
  });
  assert.ok(relative(map.dataSync(), expected.dataSync()) < 1e-4);
});

test('attention shares are positive and add up to one', () => {
  const maps = net.attentionMaps(x, 'meet');
  assert.deepEqual(maps.shape, [9, 2, 36, 18]);
  assert.ok(maps.min().dataSync()[0] >= 0);
  const apart = maps.sum(-1).sub(1).abs().max().dataSync()[0];
  assert.ok(apart < 1e-5);
});

test('questions about what is not there are refused', () => {
  assert.throws(() => net.gradient(x, { output: 'other' }), {
    message: 'output must name one of stage, but is "other"',
  });
  assert.throws(() => net.gradient(x, { unit: 3 }), {
    message: 'unit must be a whole number in 0 … 2, but is 3',
  });
  assert.throws(() => net.gradient(x, { unit: [1, 2] }), {
    message: 'unit must have one entry per row, 9, but has 2',
  });
  assert.throws(() => net.gradCam(x, 'nowhere'), /^RangeError: layer must be one of .*, but is "nowhere"$/);
  assert.throws(() => net.attentionMaps(x, 'seen'), {
    message: 'layer "seen" must hold a softmax, but has none',
  });
});
