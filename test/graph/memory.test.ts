import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compileGraph } from '../../src/graph/compile.js';
import { tensorflow } from '../../src/numeric/tensorflow.js';
import { smallRows, started } from './nets.js';

const { x, y } = smallRows(8);

test('200 rounds of compiling, fitting and disposing leave memory flat', async () => {
  const { layers, sequential, memory } = tensorflow();
  const model = started(
    sequential({ layers: [layers.dense({ inputShape: [6], units: 3, activation: 'softmax' })] }),
  );
  const round = async () => {
    const net = await compileGraph(model, { loss: 'categoricalCrossentropy', optimizer: 'sgd' });
    await net.fit(x, y, { batchSize: 8 });
    net.dispose();
  };
  for (let i = 0; i < 60; i++) await round();
  const [tensors, resident] = [memory().numTensors, process.memoryUsage().rss];
  for (let i = 60; i < 200; i++) await round();
  assert.equal(memory().numTensors, tensors);
  const grown = (process.memoryUsage().rss - resident) / 2 ** 20;
  assert.ok(grown < 30, `${grown.toFixed(0)} MB more after 140 rounds`);
});
