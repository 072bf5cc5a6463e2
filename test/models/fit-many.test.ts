import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fitLayers } from '../../src/models/fit-layers.js';
import { fitMany, fitModels } from '../../src/models/fit-many.js';
import { initialise } from '../../src/models/initialise.js';
import { takeRows } from '../../src/numeric/matrix.js';
import { tensorflow } from '../../src/numeric/tensorflow.js';
import { halves, kerasModel, layer, noise, weightsOf } from './networks.js';

const X = noise(40, 5, 1);
const y = halves(X);
const layers = [layer('first', 5, 6, 'relu'), layer('head', 6, 1, 'sigmoid')];
const jobs = [0, 1, 2, 3].map((seed) => ({ layers, X, y, options: { seed, epochs: 4 } }));

test('any number of workers gives the bits of one training after another', async () => {
  const alone = await Promise.all(jobs.map((job) => fitLayers(job.layers, job.X, job.y, job.options)));
  for (const workers of [0, 1, 2, 3]) {
    const many = await fitMany(jobs, { workers });
    assert.deepEqual(
      many.map((trained) => weightsOf(trained.layers)),
      alone.map((trained) => weightsOf(trained.layers)),
    );
  }
});

test('a job on some rows is a training on these rows', async () => {
  const rows = [3, 1, 4, 15, 9, 2, 6, 5];
  const [some] = await fitMany([{ ...jobs[0], rows }], { workers: 1 });
  const same = await fitLayers(
    layers,
    takeRows(X, rows),
    rows.map((i) => y[i]),
    jobs[0].options,
  );
  assert.deepEqual(weightsOf(some.layers), weightsOf(same.layers));
});

test('epochs and finished jobs are reported', async () => {
  const epochs = new Set<string>();
  const done: number[] = [];
  await fitMany(jobs, {
    workers: 2,
    onEpoch: ({ epoch }, job) => epochs.add(`${job}:${epoch}`),
    onProgress: (count) => done.push(count),
  });
  assert.equal(epochs.size, 16);
  assert.deepEqual(done, [1, 2, 3, 4]);
});

test('the sentence of a job that is refused comes through', async () => {
  const bad = { ...jobs[1], options: { seed: 1, epochs: 0 } };
  await assert.rejects(fitMany([jobs[0], bad], { workers: 2 }), {
    name: 'RangeError',
    message: 'epochs must be a whole number from 1 on, but is 0',
  });
});

test('an abort ends all jobs', async () => {
  const long = jobs.map((job) => ({ ...job, options: { ...job.options, epochs: 1e6 } }));
  const abort = new AbortController();
  const running = fitMany(long, { workers: 2, signal: abort.signal, onEpoch: () => abort.abort() });
  await assert.rejects(running, { name: 'AbortError' });
});

test('models trained at once have their weights, the same as one alone', async () => {
  const models = [kerasModel(5), kerasModel(5)];
  const histories = await fitModels(
    models.map((model) => ({ model, X, y, options: { seed: 1, epochs: 3 } })),
    { workers: 2 },
  );
  const [a, b] = models.map((model) => model.getWeights().map((w) => [...w.dataSync()]));
  assert.deepEqual(a, b);
  assert.notDeepEqual(
    a,
    kerasModel(5)
      .getWeights()
      .map((w) => [...w.dataSync()]),
  );
  assert.equal(histories[0].loss.length, 3);
});

test('a model that the fused trainer does not know is refused by name', async () => {
  const { layers: l, sequential } = tensorflow();
  const model = initialise(
    sequential({ layers: [l.dense({ inputShape: [5], units: 3 }), l.prelu({ name: 'leaky' })] }),
    1,
  );
  await assert.rejects(fitModels([{ model, X, y, options: { seed: 1 } }]), {
    name: 'TypeError',
    message: 'the model of job 0 must be made of dense layers, but layer "leaky" is a PReLU; use fit',
  });
});
