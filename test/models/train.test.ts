import assert from 'node:assert/strict';
import { test } from 'node:test';
import { foldLayers } from '../../src/models/fold.js';
import type { LayerSpec } from '../../src/models/layers.js';
import { predict } from '../../src/models/network.js';
import type { TrainOptions } from '../../src/models/training/options.js';
import { type Matrix, matrix } from '../../src/numeric/matrix.js';
import { halves, layer, noise, norm, trained, weightsOf } from './networks.js';

const X = noise(40, 5, 1);
const y = halves(X);
const net = [layer('first', 5, 6, 'relu'), norm('norm', 6), layer('head', 6, 1, 'sigmoid')];
const fit = (
  options: Partial<TrainOptions>,
  layers: LayerSpec[] = net,
  rows: Matrix = X,
  truth: ArrayLike<number> | Matrix = y,
) => trained(layers, rows, truth, { seed: 1, epochs: 3, ...options });
const dense = (layers: readonly LayerSpec[], name: string) =>
  layers.find((l) => l.kind === 'dense' && l.name === name) as Extract<LayerSpec, { kind: 'dense' }>;

test('a small network overfits ten particles', () => {
  const rows = noise(10, 5, 3);
  const odd = Float64Array.from({ length: 10 }, (_, i) => i % 2);
  const layers = [layer('a', 5, 32, 'relu'), layer('b', 32, 1, 'sigmoid')];
  const { history } = trained(layers, rows, odd, {
    seed: 1,
    epochs: 400,
    optimizer: { kind: 'adam', learningRate: 0.01 },
  });
  assert.ok(history.loss.at(-1)! < 0.02, `loss ${history.loss.at(-1)}`);
});

test('the layers that came in are left as they are', () => {
  const before = structuredClone(net);
  fit({});
  assert.deepEqual(net, before);
});

test('a layer that is to thaw is bit-identical until then', () => {
  const unfreeze = { first: 2 };
  assert.deepEqual(dense(fit({ unfreeze, epochs: 2 }).layers, 'first').weights, dense(net, 'first').weights);
  assert.notDeepEqual(
    dense(fit({ unfreeze, epochs: 3 }).layers, 'first').weights,
    dense(net, 'first').weights,
  );
});

test('a rate of zero for a layer leaves it bit-identical', () => {
  assert.deepEqual(
    dense(fit({ layerRates: { head: 0 } }).layers, 'head').weights,
    dense(net, 'head').weights,
  );
});

test('a frozen normalisation leaves its averages alone, a trained one moves them', () => {
  const averages = (options: Partial<TrainOptions>) => {
    const found = fit(options).layers.find((l) => l.kind === 'norm')!;
    return [found.mean, found.variance];
  };
  const before = net.find((l) => l.kind === 'norm')!;
  assert.deepEqual(averages({ frozen: ['norm'] }), [before.mean, before.variance]);
  assert.notDeepEqual(averages({}), [before.mean, before.variance]);
});

test('the stronger L2-SP, the nearer the weights stay to their start', () => {
  const start = weightsOf(net);
  const away = (strength: number) => {
    const end = weightsOf(fit({ l2sp: { strength }, epochs: 30 }).layers);
    return Math.hypot(...end.map((w, i) => w - start[i]));
  };
  const [free, held, fast] = [0, 1, 30].map(away);
  assert.ok(free > 1.2 * held && held > 2 * fast, `${free}, ${held}, ${fast}`);
});

test('early stopping restores the weights of the best epoch', () => {
  const noisy = Float64Array.from({ length: 40 }, (_, i) => (i * 7) % 2);
  const options = {
    epochs: 200,
    optimizer: { kind: 'adam', learningRate: 0.05 },
    validation: { X: noise(20, 5, 9), y: noisy.subarray(0, 20) },
  } as const;
  const stopped = fit({ ...options, earlyStopping: { patience: 5 } }, net, X, noisy);
  const { bestEpoch, validationLoss, stoppedEarly } = stopped.history;
  assert.equal(stoppedEarly, true);
  assert.equal(validationLoss.length, bestEpoch + 5);
  assert.equal(validationLoss[bestEpoch - 1], Math.min(...validationLoss));
  const untilThere = fit({ ...options, epochs: bestEpoch }, net, X, noisy);
  assert.deepEqual(weightsOf(stopped.layers), weightsOf(untilThere.layers));
});

test('learning rates follow their schedules', () => {
  const rates = (schedule: TrainOptions['schedule'], epochs = 4) =>
    fit({ schedule, epochs, optimizer: { kind: 'sgd', learningRate: 1e-3 } }).history.learningRate.map(
      (r) => r * 1e3,
    );
  const near = (actual: number[], expected: number[]) =>
    actual.forEach((r, i) => {
      assert.ok(Math.abs(r - expected[i]) < 1e-12, `${actual}`);
    });
  near(rates({ kind: 'step', every: 2, factor: 0.1 }), [1, 1, 0.1, 0.1]);
  near(rates({ kind: 'linear', floor: 0.2 }), [1, 0.8, 0.6, 0.4]);
  near(rates({ kind: 'cosine', warmup: 1 }, 5), [
    0.5,
    1,
    0.5 + Math.SQRT1_2 / 2,
    0.5,
    0.5 - Math.SQRT1_2 / 2,
  ]);
});

test('a plateau lowers the learning rate', () => {
  const still = {
    schedule: { kind: 'plateau', patience: 2, factor: 0.5 },
    frozen: ['first', 'norm'],
    layerRates: { head: 0 },
  } as const;
  const { learningRate } = fit({ ...still, epochs: 6, shuffle: false }).history;
  assert.deepEqual(learningRate, [1e-3, 1e-3, 1e-3, 5e-4, 5e-4, 2.5e-4]);
});

test('dropout keeps the mean and drops its share', () => {
  const rows = matrix(64, 64, new Float64Array(4096).fill(1));
  const identity = Float32Array.from({ length: 4096 }, (_, i) => Number(i % 65 === 0));
  const layers: LayerSpec[] = [
    { kind: 'dropout', name: 'drop', rate: 0.25 },
    { ...layer('same', 64, 64, 'linear'), weights: identity, bias: new Float32Array(64) },
  ];
  const zeros = matrix(64, 64);
  const options = { loss: 'meanSquaredError', epochs: 50, layerRates: { same: 0 } } as const;
  const { loss } = fit(options, layers, rows, zeros).history;
  // The mean square of what is 4/3 with probability 3/4 is 4/3.
  const mean = loss.reduce((a, b) => a + b) / loss.length;
  assert.ok(Math.abs(mean - 4 / 3) < 0.01, `${mean}`);
  assert.ok(new Set(loss).size > 10, 'masks differ from epoch to epoch');
});

test('one row, constant columns, duplicate rows and one class train without NaN', () => {
  const cases: [Matrix, number[]][] = [
    [matrix([[1, 2, 3, 4, 5]]), [1]],
    [matrix(8, 5), [0, 1, 0, 1, 0, 1, 0, 1]],
    [matrix(8, 5, new Float64Array(40).fill(2)), [1, 1, 1, 1, 1, 1, 1, 1]],
  ];
  for (const [rows, truth] of cases) {
    const { layers, history } = fit({ epochs: 50 }, net, rows, truth);
    assert.ok(history.loss.every(Number.isFinite));
    assert.ok(weightsOf(layers).every(Number.isFinite));
  }
});

test('a batch may be larger than the data, and the last may be smaller', () => {
  const all = fit({ batchSize: 1000, shuffle: false });
  assert.deepEqual(weightsOf(all.layers), weightsOf(fit({ batchSize: 40, shuffle: false }).layers));
  assert.ok(fit({ batchSize: 39 }).history.loss.every(Number.isFinite));
});

test('scores far out neither overflow nor lose their gradient', () => {
  const rows = matrix([[1], [1]]);
  const far = [
    { ...layer('only', 1, 1, 'sigmoid'), weights: Float32Array.of(500), bias: new Float32Array(1) },
  ];
  const { history } = trained(far, rows, [0, 1], {
    seed: 1,
    epochs: 1,
    optimizer: { kind: 'sgd', learningRate: 0.1 },
  });
  assert.equal(history.loss[0], 250);
});

test('predictions of a row do not depend on the rows around it', () => {
  const network = foldLayers(fit({}).layers);
  const all = predict(network, X).data;
  for (const i of [0, 17, 39])
    assert.equal(predict(network, matrix(1, 5, X.data.subarray(5 * i, 5 * i + 5))).data[0], all[i]);
  assert.equal(predict(network, matrix(0, 5)).rows, 0);
});

test('memory returns to where it was', () => {
  const { gc } = globalThis as { gc?: () => void };
  const used = () => {
    gc?.();
    return process.memoryUsage().arrayBuffers;
  };
  const big = noise(2000, 40, 1);
  const layers = [layer('a', 40, 64, 'relu'), layer('b', 64, 1, 'sigmoid')];
  const run = () => trained(layers, big, halves(big), { seed: 1, epochs: 1 });
  for (let i = 0; i < 20; i++) run();
  const before = used();
  for (let i = 0; i < 100; i++) run();
  // Each run fills 0.6 MB; without being given back, 60 MB would have come together.
  assert.ok(used() - before < 30e6, `${(used() - before) / 1e6} MB more`);
});
