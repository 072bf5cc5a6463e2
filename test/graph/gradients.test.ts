import assert from 'node:assert/strict';
import { test } from 'node:test';
import type * as tf from '@tensorflow/tfjs-node';
import fc from 'fast-check';
import { compileGraph } from '../../src/graph/compile.js';
import { attention } from '../../src/graph/layers/attention.js';
import { tensorflow } from '../../src/numeric/tensorflow.js';
import { normals, relative, started, weightsOf } from './nets.js';

const { layers: L, input, model } = tensorflow();
type Symbolic = tf.SymbolicTensor;
type Step = (x: Symbolic) => Symbolic;

const activation = fc.constantFrom('relu', 'elu', 'tanh', 'sigmoid', 'gelu', 'swish', 'linear');
const filters = fc.integer({ min: 1, max: 4 });
const padding = fc.constantFrom('same', 'valid');
const step =
  (layer: () => tf.layers.Layer): Step =>
  (x) =>
    layer().apply(x) as Symbolic;

/** A layer that takes and gives images of at least 4 × 4. */
const imageStep: fc.Arbitrary<Step> = fc.oneof(
  fc
    .record({ filters, kernelSize: fc.integer({ min: 1, max: 3 }), activation, strides: fc.constant(1) })
    .map((c) => step(() => L.conv2d({ ...c, padding: 'same' } as never))),
  fc
    .record({ filters, activation })
    .map((c) => step(() => L.separableConv2d({ ...c, kernelSize: 3, padding: 'same' } as never))),
  activation.map((name) =>
    step(() => L.depthwiseConv2d({ kernelSize: 2, padding: 'same', activation: name } as never)),
  ),
  fc.constant(step(() => L.batchNormalization({}))),
  fc.constant(step(() => L.upSampling2d({}))),
  fc.constant(step(() => L.leakyReLU({}))),
  fc.constant<Step>((x) => L.add().apply([x, L.reLU().apply(x) as Symbolic]) as Symbolic),
  fc.constant<Step>(
    (x) => L.multiply().apply([x, L.activation({ activation: 'sigmoid' }).apply(x) as Symbolic]) as Symbolic,
  ),
  fc.constant<Step>(
    (x) => L.concatenate().apply([x, L.activation({ activation: 'tanh' }).apply(x) as Symbolic]) as Symbolic,
  ),
);

/** A layer that makes images smaller. */
const shrink: fc.Arbitrary<Step> = fc.oneof(
  padding.map((padding) => step(() => L.maxPooling2d({ poolSize: 2, padding } as never))),
  padding.map((padding) => step(() => L.averagePooling2d({ poolSize: 2, padding } as never))),
  fc
    .record({ filters, padding, activation })
    .map((c) => step(() => L.conv2d({ ...c, kernelSize: 2, strides: 2 } as never))),
);

const toVector: fc.Arbitrary<Step> = fc.constantFrom(
  step(() => L.flatten()),
  step(() => L.globalAveragePooling2d({})),
  step(() => L.globalMaxPooling2d({})),
);

/** A layer that takes and gives series. */
const seriesStep: fc.Arbitrary<Step> = fc.oneof(
  fc
    .record({ filters, padding, activation })
    .map((c) => step(() => L.conv1d({ ...c, kernelSize: 3 } as never))),
  fc.constant(step(() => L.maxPooling1d({ poolSize: 2, padding: 'same' }))),
  fc.constant(step(() => L.averagePooling1d({ poolSize: 2, padding: 'same' }))),
  fc.constant(step(() => L.layerNormalization({}))),
  fc.constant<Step>((x) => attention({ heads: 2, keyDim: 2 }).apply([x, x]) as Symbolic),
);

const vectorStep: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ units: filters, activation }).map((c) => step(() => L.dense(c as never))),
  fc.constant(step(() => L.layerNormalization({}))),
  fc.constant(step(() => L.activation({ activation: 'softmax' }))),
);

const net = fc.record({
  image: fc.tuple(imageStep, shrink, imageStep, toVector),
  series: fc.tuple(seriesStep, seriesStep),
  vector: fc.array(vectorStep, { maxLength: 2 }),
  labelSmoothing: fc.constantFrom(0, 0.1),
  seed: fc.nat(),
});

const through = (x: Symbolic, steps: readonly Step[]): Symbolic =>
  steps.reduce((value, next) => next(value), x);

test("gradients are tfjs's own to 1e-4 on random nets", async () => {
  await fc.assert(
    fc.asyncProperty(net, async ({ image, series, vector, labelSmoothing, seed }) => {
      const [a, b] = [input({ shape: [9, 8, 2] }), input({ shape: [18, 2] })];
      const pooled = L.globalAveragePooling1d().apply(through(b, series)) as Symbolic;
      const joined = L.concatenate().apply([through(a, image), pooled]) as Symbolic;
      const head = L.dense({ units: 3, activation: 'softmax' }).apply(through(joined, vector)) as Symbolic;
      await check(started(model({ inputs: [a, b], outputs: head }), seed), labelSmoothing, seed);
    }),
    { numRuns: 12, seed: 5 },
  );
});

/** One step of plain descent with rate 1 leaves the gradient between the weights before and after. */
async function check(made: tf.LayersModel, labelSmoothing: number, seed: number): Promise<void> {
  const rows = 6;
  const x = [normals(rows * 144, `a ${seed}`), normals(rows * 36, `b ${seed}`)];
  const y = Int32Array.from({ length: rows }, (_, i) => i % 3);
  const expected = eagerGradients(made, x, y, labelSmoothing);
  const before = weightsOf(made);
  const names = made.weights.map(({ name }) => name);
  const compiled = await compileGraph(made, {
    loss: { kind: 'categoricalCrossentropy', labelSmoothing },
    optimizer: { kind: 'sgd', learningRate: 1 },
  });
  assert.equal(compiled.engine, 'graph', compiled.reason);
  await compiled.fit(x, y, { shuffle: false });
  compiled.dispose();
  const after = weightsOf(made);
  for (const [name, gradient] of expected) {
    const k = names.indexOf(name);
    const ours = before[k].map((value, i) => value - after[k][i]);
    // The difference of weights around 1 is known to 1e-7 at best.
    assert.ok(relative(ours, gradient, 1e-2) < 1e-4, `${name}: ${relative(ours, gradient, 1e-2)}`);
  }
  tensorflow().dispose(made.weights.map((weight) => weight.read()));
}

function eagerGradients(made: tf.LayersModel, x: Float32Array[], y: Int32Array, share: number) {
  const { tidy, tensor, tensor1d, oneHot, variableGrads } = tensorflow();
  const variables = made.trainableWeights.map((weight) => (weight as unknown as { val: tf.Variable }).val);
  const averages = made.weights.filter((weight) => !weight.trainable);
  return tidy(() => {
    const kept = averages.map((weight) => weight.read().clone());
    const inputs = x.map((values, i) =>
      tensor(values, [y.length, ...(made.inputs[i].shape.slice(1) as number[])]),
    );
    const truth = oneHot(tensor1d(y, 'int32'), 3)
      .mul(1 - share)
      .add(share / 3);
    const { grads } = variableGrads(() => {
      const output = made.apply(inputs, { training: true }) as tf.Tensor;
      return output
        .clipByValue(1e-7, 1 - 1e-7)
        .log()
        .mul(truth)
        .sum(-1)
        .neg()
        .mean() as tf.Scalar;
    }, variables);
    averages.forEach((weight, i) => {
      weight.write(kept[i]);
    });
    const named = made.trainableWeights.map((weight, i) => [
      weight.name,
      grads[variables[i].name].dataSync().slice(),
    ]);
    return new Map(named as [string, Float32Array][]) as never;
  }) as unknown as Map<string, Float32Array>;
}
