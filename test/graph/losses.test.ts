import assert from 'node:assert/strict';
import { test } from 'node:test';
import type * as tf from '@tensorflow/tfjs-node';
import { compileGraph } from '../../src/graph/compile.js';
import type { GraphFitOptions } from '../../src/graph/fit/options.js';
import type { GraphOptions, LossChoice } from '../../src/graph/options.js';
import { tensorflow } from '../../src/numeric/tensorflow.js';
import { fusion, normals, pairs, relative, small, smallRows, started, weightsOf } from './nets.js';

const near = (a: number, b: number) =>
  assert.ok(Math.abs(a - b) < 1e-5 * Math.max(1, Math.abs(b)), `${a}, ${b}`);

/** A net that gives its two inputs back. */
const identity = () => {
  const { layers, sequential } = tensorflow();
  return sequential({
    layers: [layers.dense({ inputShape: [2], units: 2, kernelInitializer: 'identity', name: 'same' })],
  });
};

const POINTS = [0, 0, 1, 0, 0, 3, 4, 3];
const LABELS = [0, 0, 1, 1];

/** The loss of four points of two classes. */
async function lossOf(loss: LossChoice, y: ArrayLike<number> = LABELS): Promise<number> {
  const net = await compileGraph(identity(), { loss });
  assert.equal(net.engine, 'graph', net.reason);
  const { loss: value } = net.evaluate(POINTS, y);
  net.dispose();
  return value;
}

test('the triplet loss compares the farthest of a class with the nearest of another', async () => {
  // Farthest of the class: 1, 1, 4, 4; nearest of the other: 3, √10, 3, √18.
  const rows = [1 - 3, 1 - Math.sqrt(10), 4 - 3, 4 - Math.sqrt(18)].map((gap) => Math.max(0, gap + 1));
  near(await lossOf({ kind: 'triplet', margin: 1 }), rows.reduce((sum, row) => sum + row) / 4);
});

test('a row without company or without others adds nothing to the triplet loss', async () => {
  near(await lossOf('triplet', [0, 0, 0, 0]), 0);
  near(await lossOf('triplet', [0, 1, 2, 3]), 0);
});

test('the centre loss starts from centres at zero, which then follow their rows', async () => {
  const squares = [0, 1, 9, 25];
  near(await lossOf({ kind: 'centre', classes: 2 }), squares.reduce((sum, s) => sum + s / 2) / 4);
  const net = await compileGraph(identity(), {
    loss: { kind: 'centre', classes: 2, rate: 1 },
    optimizer: { kind: 'sgd', learningRate: 1e-12 },
  });
  await net.fit(POINTS, LABELS);
  // Wen et al.: each centre moves by the sum of differences over one more than the count: (1/3, 0) and (4/3, 2).
  const apart = [1 / 9, 4 / 9, 16 / 9 + 1, 64 / 9 + 1];
  near(net.evaluate(POINTS, LABELS)['loss'], apart.reduce((sum, s) => sum + s / 2, 0) / 4);
  net.dispose();
});

test('Huber is quadratic to δ and straight beyond; a loss function counts as it is', async () => {
  const zeros = new Float32Array(8);
  const huber = (r: number) => (r <= 2 ? (r * r) / 2 : 2 * (r - 1));
  near(await lossOf({ kind: 'huber', delta: 2 }, zeros), POINTS.reduce((sum, r) => sum + huber(r), 0) / 8);
  near(await lossOf('meanAbsoluteError', zeros), 11 / 8);
  near(await lossOf((truth, output) => output.sub(truth).square().max(), zeros), 16);
});

test('label smoothing spreads its share over all classes', async () => {
  const { x, y } = smallRows(9);
  const model = small();
  const p = (model.predict(tensorflow().tensor(x, [9, 6])) as tf.Tensor).dataSync();
  const expected = Array.from(y, (label, i) =>
    [0, 1, 2].reduce((sum, c) => sum - (0.8 * Number(c === label) + 0.2 / 3) * Math.log(p[3 * i + c]), 0),
  );
  const net = await compileGraph(model, { loss: { kind: 'categoricalCrossentropy', labelSmoothing: 0.2 } });
  near(net.evaluate(x, y)['loss'], expected.reduce((sum, loss) => sum + loss, 0) / 9);
  net.dispose();
});

test('losses of several outputs add up by their weights, and have their own metrics', async () => {
  const { layers, input, model } = tensorflow();
  const x = input({ shape: [6] });
  const outputs = [
    layers.dense({ units: 3, activation: 'softmax', name: 'class' }).apply(x),
    layers.dense({ units: 1, name: 'size' }).apply(x),
  ] as tf.SymbolicTensor[];
  const net = await compileGraph(started(model({ inputs: x, outputs })), {
    loss: { class: 'sparseCategoricalCrossentropy', size: 'meanSquaredError' },
    lossWeights: { class: 1, size: 0.5 },
    metrics: ['accuracy', 'meanAbsoluteError'],
  });
  const rows = smallRows(10);
  const { history } = await net.fit(rows.x, { class: rows.y, size: normals(10, 2) }, { epochs: 2 });
  assert.deepEqual(Object.keys(history), [
    ...['loss', 'class loss', 'size loss'],
    ...['class accuracy', 'class meanAbsoluteError', 'size accuracy', 'size meanAbsoluteError'],
  ]);
  near(history['loss'][0], history['class loss'][0] + 0.5 * history['size loss'][0]);
  const [classes, sizes] = net.predict(rows.x) as tf.Tensor[];
  assert.deepEqual(
    [classes.shape, sizes.shape],
    [
      [10, 3],
      [10, 1],
    ],
  );
  net.dispose();
});

const { x, y } = smallRows(24);

/** How far each weight of the small net moved in one step of plain descent with rate 1. */
async function moves(options: Omit<GraphOptions, 'loss' | 'optimizer'>, fit: GraphFitOptions = {}) {
  const model = small();
  const before = weightsOf(model);
  const net = await compileGraph(model, {
    ...{ loss: 'categoricalCrossentropy', optimizer: { kind: 'sgd', learningRate: 1 } },
    ...options,
  });
  await net.fit(x, y, fit);
  net.dispose();
  return {
    before,
    moved: weightsOf(model).map((values, i) => values.map((value, k) => before[i][k] - value)),
  };
}

const length = (all: readonly Float32Array[]): number =>
  Math.sqrt(all.reduce((sum, values) => values.reduce((s, v) => s + v * v, sum), 0));

test('clipped gradients are as long as they may be, and point the same way', async () => {
  const { moved: free } = await moves({});
  const { moved: clipped } = await moves({ clipNorm: 0.01 });
  assert.ok(length(free) > 0.01);
  near(length(clipped), 0.01);
  const factor = 0.01 / length(free);
  clipped.forEach((values, i) => {
    assert.ok(
      relative(
        values,
        free[i].map((value) => value * factor),
      ) < 1e-3,
    );
  });
  const { moved: cut } = await moves({ clipValue: 0.001 });
  assert.ok(Math.max(...cut.flatMap((values) => [...values])) < 0.001 + 1e-7);
});

test('L2 pulls kernels to zero, L2-SP not at all at the start', async () => {
  const { before, moved: free } = await moves({});
  const { moved: shrunk } = await moves({ l2: 0.1 });
  const { moved: held } = await moves({ l2sp: { strength: 10 } });
  shrunk.forEach((values, i) => {
    const pull = values.map((value, k) => value - free[i][k]);
    const expected = before[i].map((value) => (i % 2 === 0 ? 0.2 * value : 0)); // kernels and biases in turns
    assert.ok(relative(pull, expected, 0.1) < 1e-4);
  });
  for (const [i, values] of held.entries()) assert.ok(relative(values, free[i]) < 1e-5);
});

test('rates of layers are factors on how far they move', async () => {
  const [{ moved: plain }, { moved: slower }] = [
    await moves({}),
    await moves({ layerRates: { first: 0.25 } }),
  ];
  slower.forEach((values, i) => {
    const expected = plain[i].map((value) => value * (i < 2 ? 0.25 : 1));
    assert.ok(relative(values, expected) < 1e-3);
  });
});

test('an input that is always dropped cannot matter', async () => {
  const { x, y } = pairs(12);
  const run = async (images: Float32Array) => {
    const model = started(fusion());
    const net = await compileGraph(model, { loss: 'categoricalCrossentropy', modalityDropout: { image: 1 } });
    await net.fit([images, x[1]], y, { epochs: 2, seed: 4 });
    net.dispose();
    return weightsOf(model);
  };
  assert.deepEqual(await run(x[0]), await run(normals(12 * 64, 'others')));
});
