import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mock, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { compileGraph } from '../../src/graph/compile.js';
import type { PerName } from '../../src/graph/data/values.js';
import type { GraphFitOptions } from '../../src/graph/fit/options.js';
import type { GraphOptions } from '../../src/graph/options.js';
import { tensorflow } from '../../src/numeric/tensorflow.js';
import { fusion, pairs, small, smallRows } from './nets.js';

const loss = 'categoricalCrossentropy' as const;

const settings: [GraphOptions, string][] = [
  [{}, "options.loss must be given, for example 'categoricalCrossentropy'; the model has none"],
  [{ loss: 'hinge' as never }, 'loss must be a known name, but is "hinge"'],
  [{ loss: [loss, loss] }, 'loss must have one entry per output (classes), but has 2'],
  [{ loss: { other: loss } }, 'loss must name the outputs classes, but names "other"'],
  [{ loss, optimizer: 'lion' as never }, 'optimizer.kind must be adam, adamw or sgd, but is lion'],
  [
    { loss, optimizer: tensorflow().train.adagrad(1) },
    'optimizer must be Adam, AdamW or SGD, but is Adagrad',
  ],
  [
    { loss, frozen: ['second'] },
    'frozen must name layers of the model (first, drop, classes), but names "second"',
  ],
  [{ loss, clipNorm: 0 }, 'clipNorm must be above 0, but is 0'],
  [{ loss, l2: -1 }, 'l2 must be finite and not negative, but is -1'],
  [{ loss: { kind: 'centre' } }, 'the centre loss of "classes" must be told how many classes there are'],
  [
    { loss, layerLosses: [{ kind: 'triplet', layer: 'second' }] },
    'layerLosses must name layers of the model (first, drop, classes), but names "second"',
  ],
];

for (const [options, message] of settings)
  test(`compileGraph refuses: ${message}`, async () => {
    await assert.rejects(compileGraph(small(), options), { message });
  });

test('a promise of the same bits is refused where TensorFlow did not start for it', async () => {
  await assert.rejects(compileGraph(small(), { loss, deterministic: true }), {
    message:
      'options.deterministic needs TensorFlow to start with one thread in each operation; start Node with NURDLE_DETERMINISTIC=1',
  });
});

test('modality dropout refuses other names and too large shares', async () => {
  const compile = (modalityDropout: Record<string, number>) =>
    compileGraph(fusion(), { loss, modalityDropout });
  await assert.rejects(compile({ sound: 0.1 }), {
    message: 'modalityDropout must name inputs (image, spectrum), but names "sound"',
  });
  await assert.rejects(compile({ image: 0.6, spectrum: 0.6 }), {
    message: 'modalityDropout must hold shares that add up to at most 1, but holds 0.6, 0.6',
  });
});

test('fit refuses what does not fit', async () => {
  const net = await compileGraph(fusion(), { loss });
  const { x, y } = pairs(6);
  const cases: [PerName, PerName, GraphFitOptions, string][] = [
    [x[0], y, {}, 'x must be a list of 2 (image, spectrum), but is one'],
    [{ image: x[0] }, y, {}, 'x must name image, spectrum, but leaves out "spectrum"'],
    [
      [x[0], x[1].subarray(1)],
      y,
      {},
      'x for input "spectrum" must hold rows of 20 × 1 = 20 numbers, but holds 119 numbers',
    ],
    [[x[0], x[1].subarray(20)], y, {}, 'x for input "spectrum" must have 6 rows like "image", but has 5'],
    [x, y.subarray(1), {}, 'y for output "stage" must hold rows of 3 = 3 numbers, but holds 5 numbers'],
    [x, y.map((label) => label + 1), {}, 'y for output "stage" must hold classes 0 … 2, but entry 2 is 3'],
    [
      [x[0].map((v, i) => (i === 70 ? Number.NaN : v)), x[1]],
      y,
      {},
      'x for input "image" must be finite, but row 1 holds NaN',
    ],
    [
      x,
      y,
      { classWeights: [1, 2] },
      'classWeights must have a factor for each class, but has none for class 2',
    ],
    [x, y, { sampleWeights: [1] }, 'sampleWeights must have one entry per row, 6, but has 1'],
    [x, y, { validationSplit: 1 }, 'validationSplit must lie in 0 … 1, 1 left out, but is 1'],
    [
      x,
      new Float32Array(18).fill(-1),
      {},
      'y for output "stage" must lie in 0 … 1 for its loss, but row 0 holds -1',
    ],
    [x, y, { epochs: 0 }, 'epochs must be a whole number from 1 on, but is 0'],
    [x, y, { seed: 0.5 }, 'seed must be a whole number, but is 0.5'],
    [
      x,
      y,
      { augment: { sound: { kind: 'image' } } },
      'augment must name inputs (image, spectrum), but names "sound"',
    ],
    [
      x,
      y,
      { augment: { spectrum: { kind: 'image' } } },
      'augment.spectrum: a row of an image must have 3 axes, but has 2',
    ],
  ];
  for (const [x, y, options, message] of cases) await assert.rejects(net.fit(x, y, options), { message });
  net.dispose();
  assert.throws(() => net.predict(x), { message: 'the compiled net was disposed of; compile it again' });
});

test('what cannot become a graph is named, and tfjs trains', async () => {
  const { layers, sequential } = tensorflow();
  class Peeking extends layers.Layer {
    static className = 'Peeking';
    override call(inputs: never) {
      const [x] = [inputs].flat() as { dataSync(): ArrayLike<number>; mul(k: number): unknown }[];
      return x.mul(x.dataSync()[0] > 0 ? 1 : 2) as never;
    }
  }
  const first = layers.dense({ inputShape: [6], units: 3, activation: 'softmax', name: 'first' });
  const model = sequential({ layers: [first, new Peeking({ name: 'peeking' })] });
  const warn = mock.method(console, 'warn', () => {});
  const net = await compileGraph(model, { loss });
  warn.mock.restore();
  assert.equal(net.engine, 'tfjs');
  assert.equal(net.reason, 'layer "peeking" reads values that depend on the data (dataSync)');
  const { x, y } = smallRows(30);
  const { loss: losses, engine } = await net.fit(x, y, { epochs: 5, seed: 1 });
  assert.ok(engine === 'tfjs' && losses[4] < losses[0]);
  net.dispose();
});

test('a layer without a gradient is named', async () => {
  const { layers, sequential } = tensorflow();
  const warn = mock.method(console, 'warn', () => {});
  const step = layers.thresholdedReLU({ name: 'step' });
  const model = sequential({ layers: [layers.dense({ inputShape: [6], units: 3 }), step] });
  const net = await compileGraph(model, { loss: 'meanSquaredError' });
  warn.mock.restore();
  assert.equal(net.reason, 'layer "step" uses Greater, which has no gradient in tfjs');
});

test('without native TensorFlow a small net trains all the same, and it says what to install', () => {
  const program = fileURLToPath(new URL('./fallback-program.js', import.meta.url));
  const env = { ...process.env, NURDLE_TENSORFLOW: 'fallback' };
  const { status, stdout, stderr } = spawnSync(process.execPath, [program], { encoding: 'utf8', env });
  assert.equal(status, 0, stderr);
  assert.match(stderr, /TensorFlow is not native here .*; npm run setup installs it or says what is missing/);
  const { engine, loss } = JSON.parse(stdout) as { engine: string; loss: number[] };
  assert.ok(loss.at(-1)! < loss[0]);
  assert.equal(engine, 'wasm'); // dense layers: our own kernels
});
