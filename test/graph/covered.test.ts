import assert from 'node:assert/strict';
import { test } from 'node:test';
import type * as tf from '@tensorflow/tfjs-node';
import { compileGraph } from '../../src/graph/compile.js';
import { attention } from '../../src/graph/layers/attention.js';
import { random } from '../../src/numeric/random.js';
import { tensorflow } from '../../src/numeric/tensorflow.js';
import { normals, relative, setWeights, started, weightsOf } from './nets.js';

const { layers: L, sequential, input, model } = tensorflow();
const ROWS = 7;
const IMAGE = [8, 8, 2];
const SERIES = [20, 2];
const one = () => L.dense({ units: 1 });
const chain = (...layers: tf.layers.Layer[]) => sequential({ layers: [...layers, one()] });
const flat = (...layers: tf.layers.Layer[]) => chain(...layers, L.flatten());
const hidden = (activation: string) =>
  chain(L.dense({ inputShape: [5], units: 4, activation: activation as 'relu' }));
type Symbolic = tf.SymbolicTensor;

/** Nets of every kind of layer. The last part of a name tells what their inputs hold. */
const nets: Record<string, () => tf.LayersModel> = {
  'conv1d with strides, max pooling': () =>
    flat(
      L.conv1d({ inputShape: SERIES, filters: 4, kernelSize: 3, strides: 2, activation: 'relu' }),
      L.maxPooling1d({ poolSize: 2 }),
    ),
  'conv1d, average and global pooling': () =>
    chain(
      L.conv1d({ inputShape: SERIES, filters: 4, kernelSize: 3, padding: 'same' }),
      L.averagePooling1d({ poolSize: 2 }),
      L.globalAveragePooling1d(),
    ),
  'conv1d, global max pooling': () =>
    chain(L.conv1d({ inputShape: SERIES, filters: 4, kernelSize: 5 }), L.globalMaxPooling1d()),
  'conv2d with strides and padding': () =>
    chain(
      L.conv2d({
        inputShape: IMAGE,
        filters: 4,
        kernelSize: 3,
        strides: 2,
        padding: 'same',
        activation: 'elu',
      }),
      L.globalMaxPooling2d({}),
    ),
  'conv2d, ReLU and overlapping max pooling': () =>
    flat(
      L.conv2d({ inputShape: IMAGE, filters: 4, kernelSize: 3, activation: 'relu' }),
      L.maxPooling2d({ poolSize: 3, strides: 2, padding: 'same' }),
      L.conv2d({ filters: 3, kernelSize: 2, activation: 'relu' }),
      L.maxPooling2d({ poolSize: 2 }),
    ),
  'average pooling, upsampling': () =>
    flat(
      L.conv2d({ inputShape: IMAGE, filters: 2, kernelSize: 3, padding: 'same' }),
      L.averagePooling2d({ poolSize: 2 }),
      L.upSampling2d({}),
    ),
  'bilinear upsampling': () =>
    flat(
      L.conv2d({ inputShape: [4, 4, 2], filters: 2, kernelSize: 3, padding: 'same' }),
      L.upSampling2d({ interpolation: 'bilinear' }),
    ),
  'cropping, zero padding': () =>
    flat(
      L.conv2d({ inputShape: IMAGE, filters: 2, kernelSize: 3 }),
      L.cropping2D({
        cropping: [
          [1, 1],
          [0, 1],
        ],
      }),
      L.zeroPadding2d(),
    ),
  depthwise: () =>
    flat(
      L.depthwiseConv2d({
        inputShape: IMAGE,
        kernelSize: 3,
        strides: 2,
        depthMultiplier: 2,
        activation: 'relu',
      }),
    ),
  separable: () =>
    flat(L.separableConv2d({ inputShape: IMAGE, filters: 4, kernelSize: 3, activation: 'relu' })),
  'transposed convolution': () =>
    flat(L.conv2dTranspose({ inputShape: [4, 4, 2], filters: 3, kernelSize: 3, strides: 2 })),
  conv3d: () =>
    flat(
      L.conv3d({ inputShape: [4, 4, 4, 1], filters: 2, kernelSize: 3, activation: 'relu' }),
      L.maxPooling3d({ poolSize: 2 }),
    ),
  'batch normalisation behind a convolution': () =>
    chain(
      L.conv2d({ inputShape: IMAGE, filters: 4, kernelSize: 3 }),
      L.batchNormalization({}),
      L.reLU(),
      L.globalAveragePooling2d({}),
    ),
  'layer normalisation': () => chain(L.dense({ inputShape: [5], units: 4 }), L.layerNormalization({})),
  ...Object.fromEntries(
    [
      ...['relu', 'relu6', 'elu', 'selu', 'gelu', 'gelu_new', 'swish', 'mish', 'tanh', 'sigmoid', 'softmax'],
      ...['hardSigmoid', 'softplus', 'softsign', 'logSoftmax', 'linear'],
    ].map((name) => [`activation ${name}`, () => hidden(name)]),
  ),
  'leaky and parametric ReLU, ELU': () =>
    chain(L.dense({ inputShape: [5], units: 4 }), L.leakyReLU({}), L.prelu(), L.elu(), L.softmax()),
  'permute, reshape': () =>
    flat(
      L.conv1d({ inputShape: SERIES, filters: 4, kernelSize: 3 }),
      L.permute({ dims: [2, 1] }),
      L.reshape({ targetShape: [12, 6] }),
    ),
  'add, multiply, average, maximum, minimum, concatenate': () => {
    const x = input({ shape: [5] });
    const a = L.dense({ units: 4, activation: 'relu' }).apply(x) as Symbolic;
    const b = L.dense({ units: 4, activation: 'tanh' }).apply(x) as Symbolic;
    const merged = [L.add(), L.multiply(), L.average(), L.maximum(), L.minimum()].map((layer) =>
      layer.apply([a, b]),
    ) as Symbolic[];
    const joined = L.concatenate().apply(merged) as Symbolic;
    return model({ inputs: x, outputs: one().apply(joined) as Symbolic });
  },
  'dot product and softmax': () => {
    const x = input({ shape: [5, 3] });
    const [q, k] = [L.dense({ units: 4 }).apply(x), L.dense({ units: 4 }).apply(x)] as Symbolic[];
    const scores = L.activation({ activation: 'softmax' }).apply(L.dot({ axes: -1 }).apply([q, k]));
    return model({ inputs: x, outputs: one().apply(L.flatten().apply(scores)) as Symbolic });
  },
  'attention with a mask': () => {
    const [q, v, mask] = [
      input({ shape: [5, 3] }),
      input({ shape: [7, 2] }),
      input({ shape: [7], name: 'on' }),
    ];
    const met = attention({ heads: 2, keyDim: 3 }).apply([q, v, mask]);
    return model({ inputs: [q, v, mask], outputs: one().apply(L.flatten().apply(met)) as Symbolic });
  },
  'embedding, masked attention': () => {
    const x = input({ shape: [6], name: 'words' });
    const e = L.embedding({ inputDim: 10, outputDim: 4, maskZero: true }).apply(x) as Symbolic;
    const met = attention({ heads: 2, keyDim: 3 }).apply([e, e]);
    return model({ inputs: x, outputs: one().apply(L.globalAveragePooling1d().apply(met)) as Symbolic });
  },
  'embedding, masked LSTM': () => {
    const x = input({ shape: [6], name: 'words' });
    const e = L.embedding({ inputDim: 10, outputDim: 4, maskZero: true }).apply(x);
    return model({ inputs: x, outputs: one().apply(L.lstm({ units: 3 }).apply(e)) as Symbolic });
  },
  'GRU, time-distributed dense': () =>
    flat(
      L.gru({ inputShape: [6, 3], units: 4, returnSequences: true }),
      L.timeDistributed({ layer: L.dense({ units: 2 }) }),
    ),
  'a bidirectional RNN': () =>
    chain(
      L.bidirectional({ inputShape: [6, 3], layer: L.simpleRNN({ units: 4 }) as never, mergeMode: 'concat' }),
    ),
  'penalties of layers': () =>
    chain(L.dense({ inputShape: [5], units: 4, activation: 'relu', kernelRegularizer: 'l1l2' })),
  'a model in a model': () => chain(hidden('relu')),
  'a layer that is used twice, two outputs': () => {
    const [a, b] = [input({ shape: [5] }), input({ shape: [5] })];
    const twice = L.dense({ units: 3, activation: 'relu' });
    const joined = L.concatenate().apply([twice.apply(a), twice.apply(b)] as Symbolic[]) as Symbolic;
    const outputs = [one().apply(joined), L.dense({ units: 2 }).apply(joined)] as Symbolic[];
    return model({ inputs: [a, b], outputs });
  },
};

const widthOf = (tensor: Symbolic): number => tensor.shape.slice(1).reduce<number>((n, d) => n * d!, 1);

function inputsFor(net: tf.LayersModel): Float32Array[] {
  const draw = random('inputs');
  return net.inputs.map((tensor, i) => {
    const length = ROWS * widthOf(tensor);
    if (tensor.name.startsWith('words')) return Float32Array.from({ length }, () => draw.integer(10));
    if (tensor.name.startsWith('on')) return Float32Array.from({ length }, () => draw.integer(2));
    return normals(length, `input ${i}`);
  });
}

/** The same training by tfjs itself. */
async function eager(net: tf.LayersModel, x: Float32Array[], y: Float32Array[]) {
  const { tensor, train } = tensorflow();
  const as = (values: Float32Array[], like: Symbolic[]) =>
    values.map((one, i) => tensor(one, [ROWS, ...(like[i].shape.slice(1) as number[])]));
  net.compile({ loss: 'meanSquaredError', optimizer: train.sgd(0.05) });
  const [xs, ys] = [as(x, net.inputs), as(y, net.outputs)];
  const settings = { epochs: 2, batchSize: 5, shuffle: false, verbose: 0 };
  const { history } = await net.fit(xs.length > 1 ? xs : xs[0], ys.length > 1 ? ys : ys[0], settings);
  return history['loss'] as number[];
}

for (const [name, make] of Object.entries(nets))
  test(`the graph trains like tfjs: ${name}`, async () => {
    const net = make();
    const start = weightsOf(net);
    const x = inputsFor(net);
    const y = net.outputs.map((tensor, i) => normals(ROWS * widthOf(tensor), `target ${i}`));
    const compiled = await compileGraph(net, {
      loss: 'meanSquaredError',
      optimizer: { kind: 'sgd', learningRate: 0.05 },
    });
    assert.equal(compiled.engine, 'graph', compiled.reason);
    const { loss } = await compiled.fit(x, y, { epochs: 2, batchSize: 5, shuffle: false });
    compiled.dispose();
    const ours = weightsOf(net);
    setWeights(net, start);
    const theirs = await eager(net, x, y);
    assert.ok(relative(loss, theirs) < 1e-4, `losses ${loss} and ${theirs}`);
    weightsOf(net).forEach((values, i) => {
      const apart = relative(ours[i], values, 1e-2);
      assert.ok(apart < 1e-4, `weight ${i} differs by ${apart}`);
    });
  });

test('dropout and noise draw new numbers in every step', async () => {
  const noisy = [
    ...[L.dropout({ rate: 0.5 }), L.gaussianNoise({ stddev: 1 }), L.gaussianDropout({ rate: 0.5 })],
    ...[L.alphaDropout({ rate: 0.5 }), L.dropout({ rate: 0.5, noiseShape: [ROWS, 1] as never })],
  ];
  for (const layer of noisy.slice(0, 4)) {
    const net = started(chain(L.dense({ inputShape: [5], units: 8 }), layer));
    const compiled = await compileGraph(net, {
      loss: 'meanSquaredError',
      optimizer: { kind: 'sgd', learningRate: 1e-12 },
    });
    assert.equal(compiled.engine, 'graph', compiled.reason);
    const x = normals(ROWS * 5, 1);
    const { loss } = await compiled.fit(x, normals(ROWS, 2), { epochs: 4 });
    assert.equal(new Set(loss).size, 4);
    const [a, b] = [1, 2].map(() => [compiled.predict(x)].flat()[0].dataSync());
    assert.deepEqual(a, b);
    compiled.dispose();
  }
});

// Not `depthwiseConv2d`, whose dilation tfjs ignores.
for (const kind of ['separableConv2d', 'conv2d'] as const)
  test(`a dilated ${kind} trains like one with a kernel full of holes`, async () => {
    const shared = { inputShape: [9, 7, 2], padding: 'same' as const, name: 'conv', useBias: false };
    const net = (kernelSize: number, dilationRate: number) => {
      const layer = L[kind]({ ...shared, kernelSize, dilationRate, filters: 2, activation: 'relu' });
      return sequential({ layers: [layer, L.globalAveragePooling2d({})] });
    };
    const [dilated, holes] = [started(net(3, 2)), net(5, 1)];
    const width = widthOfKernel(dilated);
    const [kernel, ...others] = weightsOf(dilated);
    const stuffed = new Float32Array(25 * width);
    for (let k = 0; k < 9; k++)
      stuffed.set(
        kernel.subarray(k * width, (k + 1) * width),
        (10 * Math.floor(k / 3) + 2 * (k % 3)) * width,
      );
    setWeights(holes, [stuffed, ...others]);
    const [x, y] = [normals(4 * 126, 1), normals(8, 2)];
    for (const one of [dilated, holes]) {
      const options = { loss: 'meanSquaredError', optimizer: { kind: 'sgd', learningRate: 0.5 } } as const;
      const compiled = await compileGraph(one, options);
      assert.equal(compiled.engine, 'graph', compiled.reason);
      await compiled.fit(x, y);
      compiled.dispose();
    }
    const [ours] = weightsOf(dilated);
    const [theirs] = weightsOf(holes);
    const seen = Float32Array.from({ length: ours.length }, (_, i) => {
      const k = Math.floor(i / width);
      return theirs[(10 * Math.floor(k / 3) + 2 * (k % 3)) * width + (i % width)];
    });
    assert.notDeepEqual(ours, kernel);
    assert.ok(relative(ours, seen) < 1e-5, `kernels differ by ${relative(ours, seen)}`);
  });

const widthOfKernel = (net: tf.LayersModel): number =>
  net
    .getWeights()[0]
    .shape.slice(2)
    .reduce((product, length) => product * length, 1);
