import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { compileGraph } from '../../src/graph/compile.js';
import type { GraphFitOptions } from '../../src/graph/fit/options.js';
import type { GraphOptions } from '../../src/graph/options.js';
import { tensorflow } from '../../src/numeric/tensorflow.js';
import { fusion, pairs, relative, small, smallRows, started, weightsOf } from './nets.js';

const folder = mkdtempSync(join(tmpdir(), 'nurdle-fit-test-'));
after(() => rmSync(folder, { recursive: true }));

const LOSS = 'categoricalCrossentropy';
const { x, y } = smallRows(40);

/** The weights and the history after training a fresh small net. */
async function trained(fit: GraphFitOptions = {}, options: GraphOptions = {}, dropout = 0.2) {
  const model = small(dropout);
  const net = await compileGraph(model, { loss: LOSS, metrics: ['accuracy'], ...options });
  assert.equal(net.engine, 'graph', net.reason);
  const history = await net.fit(x, y, { epochs: 4, batchSize: 8, seed: 1, ...fit });
  net.dispose();
  return { weights: weightsOf(model), history };
}

test('fit gives the same bits for the same seed, and others for another', async () => {
  const [a, b, c] = [await trained(), await trained(), await trained({ seed: 2 })];
  assert.deepEqual(a.weights, b.weights);
  assert.notDeepEqual(a.weights, c.weights);
});

test('fit goes on from a checkpoint with the bits of an uninterrupted run', async () => {
  const path = join(folder, 'resumed.safetensors');
  const whole = await trained({ epochs: 6 });
  const stop = new AbortController();
  const onEpoch = ({ epoch }: { epoch: number }) => {
    if (epoch === 4) stop.abort(new Error('killed'));
  };
  const killed = trained({ epochs: 6, checkpoint: { path, every: 3 }, onEpoch, signal: stop.signal });
  await assert.rejects(killed, /killed/);
  const resumed = await trained({ epochs: 6, checkpoint: { path, every: 3 } });
  assert.deepEqual(resumed.weights, whole.weights);
  assert.deepEqual(resumed.history, whole.history);
  assert.ok(!existsSync(`${path}.part`));
});

test('fit refuses a checkpoint of another training, and a damaged one', async () => {
  const path = join(folder, 'other.safetensors');
  await trained({ checkpoint: { path } });
  await assert.rejects(
    trained({ checkpoint: { path }, seed: 5 }),
    /must come from the same training \(40 rows, batches of 8, shuffled, seed 5, .*; name another file or set resume to false$/,
  );
  const bytes = readFileSync(path);
  for (const length of [4, 40, bytes.length - 9]) {
    writeFileSync(path, bytes.subarray(0, length));
    await assert.rejects(trained({ checkpoint: { path } }), /must hold a checkpoint, but it is cut off$/);
  }
});

test('fit leaves the model alone when it is aborted, and can train on', async () => {
  const model = small();
  const before = weightsOf(model);
  const net = await compileGraph(model, { loss: LOSS });
  const stop = new AbortController();
  const fit = net.fit(x, y, {
    epochs: 50,
    signal: stop.signal,
    onBatch: ({ batch }) => batch === 2 && stop.abort(),
  } as GraphFitOptions);
  await assert.rejects(fit, { name: 'AbortError' });
  assert.deepEqual(weightsOf(model), before);
  assert.equal((await net.fit(x, y)).loss.length, 1);
  net.dispose();
});

test('a fusion net with all its losses overfits ten pairs', async () => {
  const { x, y } = pairs(10);
  const net = await compileGraph(fusion(), {
    optimizer: { kind: 'adamw', learningRate: 0.02, weightDecay: 0.001 },
    loss: { kind: LOSS, labelSmoothing: 0.02 },
    metrics: ['accuracy'],
    layerLosses: [
      { kind: 'centre', layer: 'feature', weight: 0.001 },
      { kind: 'triplet', layer: 'feature', weight: 0.001 },
    ],
    clipNorm: 1,
    modalityDropout: { image: 0.1, spectrum: 0.1 },
  });
  assert.equal(net.engine, 'graph', net.reason);
  // Long enough for any processor's rounding: after 60 epochs some miss a row.
  await net.fit(x, y, { epochs: 200, batchSize: 10, seed: 1, schedule: { kind: 'cosine', warmup: 5 } });
  const scores = net.evaluate(x, y);
  assert.equal(scores['accuracy'], 1);
  assert.deepEqual(Object.keys(scores), ['loss', 'feature centre loss', 'feature triplet loss', 'accuracy']);
  net.dispose();
});

test('a share of the last rows is held out', async () => {
  const split = await trained({ validationSplit: 0.25 });
  const cut = { x: x.subarray(0, 180), y: y.subarray(0, 30) };
  const model = small(0.2);
  const net = await compileGraph(model, { loss: LOSS, metrics: ['accuracy'] });
  const validation = { x: x.subarray(180), y: y.subarray(30) };
  const history = await net.fit(cut.x, cut.y, { epochs: 4, batchSize: 8, seed: 1, validation });
  net.dispose();
  assert.deepEqual(split.history, history);
});

test('frozen layers keep their bits, others do not', async () => {
  const before = weightsOf(small());
  const { weights } = await trained({}, { frozen: ['first'], optimizer: 'adamw', l2: 0.01 });
  assert.deepEqual(weights.slice(0, 2), before.slice(0, 2));
  assert.notDeepEqual(weights.slice(2), before.slice(2));
});

test('a frozen model inside the model keeps its bits, and stays frozen', async () => {
  const { layers, sequential } = tensorflow();
  const base = started(
    sequential({
      layers: [
        layers.dense({ inputShape: [6], units: 4, activation: 'relu', name: 'inner' }),
        layers.batchNormalization({ name: 'inner_norm' }),
      ],
      name: 'base',
    }),
  );
  const model = sequential({
    layers: [base, layers.dense({ units: 3, activation: 'softmax', name: 'head' })],
  });
  base.trainable = false;
  const before = weightsOf(base);
  const net = await compileGraph(model, { loss: LOSS });
  const head = weightsOf(model).slice(-2);
  await net.fit(x, y, { epochs: 2 });
  assert.deepEqual(weightsOf(base), before);
  assert.equal(model.trainableWeights.length, 2);
  assert.notDeepEqual(
    model.trainableWeights.map((weight) => weight.read().dataSync()),
    head,
  );
  net.dispose();
});

test('early stopping gives the weights of the best epoch back', async () => {
  const validation = { ...smallRows(20, 9) };
  const held = { x: validation.x, y: validation.y };
  const model = small();
  const net = await compileGraph(model, { loss: LOSS, optimizer: { kind: 'adam', learningRate: 0.3 } });
  const history = await net.fit(x, y, { epochs: 60, validation: held, earlyStopping: { patience: 3 } });
  assert.ok(history.stoppedEarly && history.bestEpoch < history.loss.length);
  const { loss } = net.evaluate(held.x, held.y);
  assert.ok(Math.abs(loss - Math.min(...history.validationLoss)) < 1e-6);
  net.dispose();
});

test('fit calls back as tfjs does, and in our own way', async () => {
  const calls: string[] = [];
  const note = (name: string) => (place?: unknown, logs?: object) => {
    calls.push(`${name} ${typeof place === 'number' ? place : ''} ${logs ? Object.keys(logs) : ''}`.trim());
  };
  await trained({
    epochs: 1,
    batchSize: 40,
    validation: { x, y },
    callbacks: {
      onTrainBegin: note('begin'),
      onEpochBegin: note('epoch'),
      onBatchBegin: note('batch'),
      onBatchEnd: note('batch end'),
      onEpochEnd: note('epoch end'),
      onTrainEnd: note('end'),
    },
    onEpoch: ({ epoch, epochs }) => calls.push(`${epoch} of ${epochs}`) as unknown as undefined,
  });
  assert.deepEqual(calls, [
    'begin',
    'epoch 0',
    'batch 0',
    'batch end 0 batch,size,loss,accuracy',
    '1 of 1',
    'epoch end 0 loss,accuracy,val_loss,val_accuracy',
    'end',
  ]);
});

test('weights of classes and of rows are factors on losses', async () => {
  const weights = Float32Array.from(y, (label) => label + 1);
  const [byClass, byRow, unweighted] = [
    await trained({ classWeights: [1, 2, 3] }),
    await trained({ sampleWeights: weights }),
    await trained(),
  ];
  assert.deepEqual(byClass.weights, byRow.weights);
  assert.notDeepEqual(byClass.weights, unweighted.weights);
});

test('batches that are made trains like the rows that they are made of, here and on a thread', async () => {
  const options = { epochs: 2, seed: 1 };
  const [rows, ...made] = [small(), small(), small()];
  const plain = await compileGraph(rows, { loss: LOSS });
  await plain.fit(x, y, { ...options, batchSize: 10, shuffle: false });
  const module = new URL('./batches.js', import.meta.url);
  const argument = { x, y, size: 10 };
  const { sliced } = (await import(module.href)) as typeof import('./batches.js');
  const sources = [
    { batchesPerEpoch: 4, batch: sliced(argument) },
    { batchesPerEpoch: 4, module, name: 'sliced', argument },
  ];
  for (const [i, source] of sources.entries()) {
    const net = await compileGraph(made[i], { loss: LOSS });
    await net.fit(source, options);
    assert.deepEqual(weightsOf(made[i]), weightsOf(rows));
    net.dispose();
  }
  plain.dispose();
});

test('augmentation follows the seed, and the batch does not matter', async () => {
  const { x, y } = pairs(12);
  const augment = {
    image: { kind: 'image', flip: 'both', rotate: 20, crop: 0.2, brightness: 0.1, contrast: 0.1 },
    spectrum: { kind: 'spectrum', shift: 2, noise: 0.05, baseline: 0.1 },
  } as const;
  const run = async (seed: number, varied: boolean) => {
    const model = started(fusion());
    const net = await compileGraph(model, { loss: LOSS });
    const { loss } = await net.fit(x, y, {
      seed,
      epochs: 2,
      batchSize: 5,
      augment: varied ? augment : undefined,
    });
    net.dispose();
    return loss;
  };
  const [once, again, other, plain] = [
    await run(1, true),
    await run(1, true),
    await run(2, true),
    await run(1, false),
  ];
  assert.deepEqual(once, again);
  assert.notDeepEqual(once, other);
  assert.notDeepEqual(once, plain);
});

test('a loss that is not finite stops with the epoch, the batch and the layer', async () => {
  const { layers, sequential } = tensorflow();
  const model = sequential({
    layers: [
      layers.dense({ inputShape: [6], units: 4, kernelInitializer: 'ones', name: 'first' }),
      layers.dense({ units: 3, activation: 'relu', kernelInitializer: 'ones', name: 'second' }),
    ],
  });
  const before = weightsOf(model);
  const net = await compileGraph(model, {
    loss: 'meanSquaredError',
    optimizer: { kind: 'sgd', learningRate: 1e20 },
  });
  const large = Float32Array.from({ length: 40 * 6 }, (_, k) => 1 + (k % 5));
  const targets = new Float32Array(120);
  await assert.rejects(net.fit(large, targets, { epochs: 3, batchSize: 20, shuffle: false }), {
    name: 'RangeError',
    message:
      'training diverged in epoch 1, batch 2: the loss is NaN, and layer "second" is the first whose output is not finite; lower the learning rate, clip the gradients or scale x',
  });
  assert.deepEqual(weightsOf(model), before);
  net.dispose();
});

test('weights that are set between two fits are trained on', async () => {
  const [a, b] = [small(), small()];
  const [first, second] = [await compileGraph(a, { loss: LOSS }), await compileGraph(b, { loss: LOSS })];
  await first.fit(x, y);
  b.setWeights(a.getWeights());
  const [p, q] = [first.predict(x), second.predict(x)].map((one) => [one].flat()[0].dataSync());
  assert.equal(relative(p, q), 0);
  for (const net of [first, second]) net.dispose();
});

test("tfjs's optimizer gives its settings, and learns how many steps were done", async () => {
  const { train } = tensorflow();
  const optimizer = train.adam(0.02);
  const model = small();
  const net = await compileGraph(model, { loss: LOSS, optimizer });
  assert.equal(net.learningRate, 0.02);
  await net.fit(x, y, { batchSize: 10, epochs: 3 });
  assert.equal(net.iterations, 12);
  assert.equal((optimizer as unknown as { iterations: number }).iterations, 12);
  net.dispose();
});
