import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import type * as tf from '@tensorflow/tfjs-node';
import { compileGraph } from '../../src/graph/compile.js';
import type { GraphOptions } from '../../src/graph/options.js';
import { tensorflow } from '../../src/numeric/tensorflow.js';
import { relative } from './nets.js';

interface Reference {
  readonly images: number[];
  readonly spectra: number[];
  readonly classes: number[];
  /** Weights before the training, by layer. */
  readonly start: Record<string, number[][]>;
  /** Gradients of the first batch, by layer. */
  readonly gradients: Record<string, number[][]>;
  readonly runs: Record<string, { losses: number[]; probabilities: number[] }>;
}

// Written by test/reference/graph.py: Keras 3.15 on TensorFlow 2.21.
const path = new URL('../../../test/reference/graph.json', import.meta.url);
const reference = JSON.parse(readFileSync(path, 'utf8')) as Reference;
const x = [Float32Array.from(reference.images), Float32Array.from(reference.spectra)];
const loss = { kind: 'categoricalCrossentropy', labelSmoothing: 0.1 } as const;

/** The net of the script with the weights that it started from. */
function net(): tf.LayersModel {
  const { layers, input, model, tensor, tidy } = tensorflow();
  const [image, spectrum] = [input({ shape: [6, 6, 1] }), input({ shape: [16, 1] })];
  const conv2d = { filters: 4, kernelSize: 3, padding: 'same', activation: 'relu', name: 'conv2d' } as const;
  const conv1d = { filters: 4, kernelSize: 3, strides: 2, activation: 'tanh', name: 'conv1d' } as const;
  let a = layers.maxPooling2d({ poolSize: 2 }).apply(layers.conv2d(conv2d).apply(image));
  a = layers.flatten().apply(layers.batchNormalization({ name: 'norm' }).apply(a));
  const b = layers.averagePooling1d({ poolSize: 2 }).apply(layers.conv1d(conv1d).apply(spectrum));
  const joined = layers
    .concatenate()
    .apply([a as tf.SymbolicTensor, layers.globalAveragePooling1d().apply(b) as tf.SymbolicTensor]);
  const head = layers.dense({ units: 3, activation: 'softmax', name: 'classes' });
  const made = model({ inputs: [image, spectrum], outputs: head.apply(joined) as tf.SymbolicTensor });
  for (const name of ['conv2d', 'norm', 'conv1d', 'classes'])
    tidy(() => {
      const layer = made.getLayer(name);
      layer.setWeights(layer.weights.map((w, i) => tensor(reference.start[name][i], w.shape as number[])));
    });
  return made;
}

const optimizers: Record<string, GraphOptions['optimizer']> = {
  adam: { kind: 'adam', learningRate: 1e-2 },
  adamw: { kind: 'adamw', learningRate: 1e-2, weightDecay: 0.1 },
  sgd: { kind: 'sgd', learningRate: 1e-2, momentum: 0.9, nesterov: true },
};

for (const [name, optimizer] of Object.entries(optimizers))
  test(`fifty steps of ${name} follow Keras to 1e-3`, async () => {
    const compiled = await compileGraph(net(), { loss, optimizer });
    assert.equal(compiled.engine, 'graph', compiled.reason);
    const losses: number[] = [];
    const onBatch = ({ scores }: { scores: Readonly<Record<string, number>> }) => {
      losses.push(scores['loss']);
    };
    await compiled.fit(x, reference.classes, { epochs: 10, batchSize: 4, shuffle: false, onBatch });
    const expected = reference.runs[name];
    assert.equal(losses.length, 50);
    losses.forEach((value, i) => {
      const wanted = expected.losses[i];
      assert.ok(Math.abs(value - wanted) < 1e-3 * wanted, `step ${i}: ${value}, Keras has ${wanted}`);
    });
    const probabilities = [compiled.predict(x)].flat()[0].dataSync();
    const apart = relative(probabilities, expected.probabilities);
    assert.ok(apart < 1e-3, `probabilities differ by ${apart}`);
    compiled.dispose();
  });

test('gradients are those of TensorFlow to 1e-4', async () => {
  const model = net();
  const compiled = await compileGraph(model, { loss, optimizer: { kind: 'sgd', learningRate: 1 } });
  const first = [x[0].subarray(0, 4 * 36), x[1].subarray(0, 4 * 16)];
  await compiled.fit(first, reference.classes.slice(0, 4), { shuffle: false });
  compiled.dispose();
  for (const [name, gradients] of Object.entries(reference.gradients)) {
    const after = model.getLayer(name).trainableWeights.map((weight) => weight.read().dataSync());
    gradients.forEach((gradient, i) => {
      const ours = after[i].map((value, k) => reference.start[name][i][k] - value);
      assert.ok(relative(ours, gradient, 1e-3) < 1e-4, `${name} ${i}: ${relative(ours, gradient)}`);
    });
  }
});
