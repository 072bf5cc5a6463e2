import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fit } from '../../src/models/fit.js';
import { denseNetwork, predict } from '../../src/models/network.js';
import { tensorflow } from '../../src/numeric/tensorflow.js';
import { halves, kerasModel, noise } from './networks.js';

const X = noise(60, 6, 1);
const y = halves(X);
const weights = (model: ReturnType<typeof kerasModel>) => model.getWeights().map((w) => [...w.dataSync()]);

test('a fitted model overfits sixty particles, and tfjs predicts what predict says', async () => {
  const model = kerasModel(6);
  const history = await fit(model, X, y, {
    seed: 1,
    epochs: 200,
    optimizer: { kind: 'adam', learningRate: 0.01 },
  });
  assert.equal(history.engine, 'wasm');
  assert.ok(history.loss.at(-1)! < 0.2 * history.loss[0], `loss ${history.loss.at(-1)}`);
  const ours = predict(denseNetwork(model), X).data;
  const theirs = tensorflow().tidy(() =>
    (
      model.predict(tensorflow().tensor2d(Array.from(X.data), [60, 6])) as never as {
        dataSync(): Float32Array;
      }
    ).dataSync(),
  );
  assert.ok(ours.every((p, i) => Math.abs(p - theirs[i]) < 2e-6));
  assert.ok(ours.every((p, i) => p > 0.5 === (y[i] === 1)));
});

test('the same seed gives the same weights to the bit, another seed other weights', async () => {
  const [a, b, c] = [kerasModel(6), kerasModel(6), kerasModel(6)];
  assert.deepEqual(weights(a), weights(b));
  for (const [model, seed] of [
    [a, 3],
    [b, 3],
    [c, 4],
  ] as const)
    await fit(model, X, y, { seed, epochs: 3 });
  assert.deepEqual(weights(a), weights(b));
  assert.notDeepEqual(weights(a), weights(c));
});

test('frozen layers stay bit-identical, running averages with them', async () => {
  const model = kerasModel(6);
  const before = weights(model);
  model.getLayer('norm').trainable = false;
  model.getLayer('first').trainable = false;
  await fit(model, X, y, { seed: 1, epochs: 5 });
  model.getLayer('norm').trainable = true;
  model.getLayer('first').trainable = true;
  const after = weights(model);
  // first: kernel, bias; norm: gamma, beta; second and head: kernel, bias; then the running averages
  for (const i of [0, 1, 2, 3, 8, 9]) assert.deepEqual(after[i], before[i], `weight ${i}`);
  for (const i of [4, 5, 6, 7]) assert.notDeepEqual(after[i], before[i], `weight ${i}`);
});

test('an abort between epochs leaves the model as it was', async () => {
  const model = kerasModel(6);
  const before = weights(model);
  const abort = new AbortController();
  const running = fit(model, X, y, {
    seed: 1,
    signal: abort.signal,
    onEpoch: ({ epoch }) => epoch === 3 && abort.abort(),
  });
  await assert.rejects(running, { name: 'AbortError', message: 'This operation was aborted' });
  assert.deepEqual(weights(model), before);
});

test('epochs are reported as they end', async () => {
  const epochs: number[] = [];
  await fit(kerasModel(6), X, y, { seed: 1, epochs: 3, onEpoch: (log) => epochs.push(log.epoch) });
  assert.deepEqual(epochs, [1, 2, 3]);
});

test('a training leaves no tensors behind', async () => {
  const model = kerasModel(6);
  await fit(model, X, y, { seed: 1, epochs: 1 });
  const { numTensors } = tensorflow().memory();
  for (let i = 0; i < 3; i++) await fit(model, X, y, { seed: i, epochs: 1 });
  assert.equal(tensorflow().memory().numTensors, numTensors);
});
