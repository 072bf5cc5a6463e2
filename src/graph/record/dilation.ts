import { createRequire } from 'node:module';
import type * as tf from '@tensorflow/tfjs-node';
import { tensorflow } from '../../numeric/tensorflow.js';

/**
 * Gives tfjs what it lacks of dilated convolutions: the gradients, and depthwise ones on processors where TensorFlow
 * has none. Rows and columns that a dilated kernel never sees together are sorted into separate images (space to
 * batch), where the convolution is a plain one.
 * @returns what takes them away again.
 */
export function dilatedConvolutions(): () => void {
  const undo = [
    dilatedDepthwise(),
    withDilation('Conv2D', 'Conv2DBackpropInput', 'Conv2DBackpropFilter'),
    withDilation(
      'DepthwiseConv2dNative',
      'DepthwiseConv2dNativeBackpropInput',
      'DepthwiseConv2dNativeBackpropFilter',
    ),
    unfuse(),
  ];
  return () => {
    for (const take of undo) take();
  };
}

interface Settings {
  readonly pad: 'same' | 'valid' | number;
  readonly dilations: number | [number, number] | null;
}

type Gradient = ReturnType<typeof tf.getGradient>;
type GradientFunction = Gradient['gradFunc'];

const ratesOf = (dilations: Settings['dilations']): number[] =>
  Array.isArray(dilations) ? dilations : [dilations ?? 1, dilations ?? 1];

/** Without oneDNN, which TensorFlow leaves off on older processors, it knows depthwise convolutions without holes only. */
function dilatedDepthwise(): () => void {
  const { getKernel, registerKernel, unregisterKernel } = tensorflow();
  const [kernelName, backendName] = ['DepthwiseConv2dNative', 'tensorflow'];
  const own = getKernel(kernelName, backendName);
  const kernelFunc: typeof own.kernelFunc = (call) => {
    const { x, filter } = call.inputs as Record<string, tf.Tensor4D>;
    const { pad, dilations } = call.attrs as unknown as Settings;
    const rates = ratesOf(dilations);
    if (rates.every((rate) => rate === 1)) return own.kernelFunc(call);
    const { spaceToBatchND, batchToSpaceND, depthwiseConv2d } = tensorflow();
    const { paddings, crops } = margins(x, filter, rates, pad);
    const images = spaceToBatchND(x, rates, paddings);
    return batchToSpaceND(depthwiseConv2d(images, filter, 1, 'valid'), rates, crops);
  };
  unregisterKernel(kernelName, backendName);
  registerKernel({ ...own, kernelFunc });
  return () => {
    unregisterKernel(kernelName, backendName);
    registerKernel(own);
  };
}

function withDilation(kernelName: string, toInput: string, toFilter: string): () => void {
  const { getGradient, registerGradient, unregisterGradient } = tensorflow();
  const own = getGradient(kernelName);
  const gradFunc: GradientFunction = (dy, saved, attributes) => {
    const { pad, dilations } = attributes as unknown as Settings;
    const rates = ratesOf(dilations);
    if (rates.every((rate) => rate === 1)) return own.gradFunc(dy, saved, attributes);
    return dilated(dy as tf.Tensor4D, saved as tf.Tensor4D[], rates, pad, toInput, toFilter);
  };
  unregisterGradient(kernelName);
  registerGradient({ ...own, gradFunc });
  return () => {
    unregisterGradient(kernelName);
    registerGradient(own);
  };
}

function dilated(
  dy: tf.Tensor4D,
  [x, filter]: tf.Tensor4D[],
  rates: number[],
  pad: Settings['pad'],
  toInput: string,
  toFilter: string,
): ReturnType<GradientFunction> {
  const { spaceToBatchND, batchToSpaceND, engine } = tensorflow();
  const { paddings, crops } = margins(x, filter, rates, pad, dy.shape);
  const images = spaceToBatchND(x, rates, paddings);
  const errors = spaceToBatchND(dy, rates, crops);
  const plain = { strides: [1, 1], pad: 'valid', dataFormat: 'NHWC', dilations: [1, 1] };
  return {
    x: () => {
      const settings = { ...plain, inputShape: images.shape };
      const back = engine().runKernel(toInput, { dy: errors, filter }, settings) as tf.Tensor4D;
      return batchToSpaceND(back, rates, paddings);
    },
    filter: () =>
      engine().runKernel(
        toFilter,
        { x: images, dy: errors },
        { ...plain, filterShape: filter.shape },
      ) as tf.Tensor,
  };
}

/**
 * What is added around the image so that the rates divide it, and around the result.
 * @param result - the shape of the convolution's result; without it, that of a stride of 1.
 */
function margins(
  x: tf.Tensor4D,
  filter: tf.Tensor4D,
  rates: number[],
  pad: Settings['pad'],
  result?: readonly number[],
) {
  const axes = [0, 1].map((axis) => {
    const reach = (filter.shape[axis] - 1) * rates[axis];
    const total = pad === 'valid' ? 0 : pad === 'same' ? reach : 2 * pad;
    const before = pad === 'same' ? Math.floor(total / 2) : total / 2;
    const padded = x.shape[axis + 1] + total;
    const extra = (rates[axis] - (padded % rates[axis])) % rates[axis];
    const made = padded + extra - reach;
    const wanted = result?.[axis + 1] ?? padded - reach;
    return { padding: [before, total - before + extra], crop: [0, made - wanted] };
  });
  return { paddings: axes.map(({ padding }) => padding), crops: axes.map(({ crop }) => crop) };
}

type Fused = typeof tf.fused.conv2d;

/** tfjs's fused convolution has gradients of its own: dilated ones are taken apart. */
function unfuse(): () => void {
  const ours = createRequire(import.meta.url);
  const { fused } = createRequire(ours.resolve('@tensorflow/tfjs-node'))('@tensorflow/tfjs-core') as {
    fused: { conv2d: Fused };
  };
  const own = fused.conv2d;
  fused.conv2d = ((settings: Parameters<Fused>[0]) => {
    const { x, filter, strides, pad, dataFormat, dilations, bias, activation } = settings;
    if ([dilations ?? 1].flat().every((rate) => rate === 1)) return own(settings);
    const sums = tensorflow().conv2d(x, filter, strides, pad, dataFormat, dilations);
    return activate(bias ? sums.add(bias) : sums, activation ?? 'linear');
  }) as Fused;
  return () => {
    fused.conv2d = own;
  };
}

function activate(x: tf.Tensor, activation: string): tf.Tensor {
  if (activation === 'linear') return x;
  const { relu, elu, relu6, sigmoid, leakyRelu } = tensorflow();
  const known: Record<string, (x: tf.Tensor) => tf.Tensor> = {
    relu,
    elu,
    relu6,
    sigmoid,
    leakyrelu: leakyRelu,
  };
  if (!(activation in known))
    throw new TypeError(`a dilated convolution cannot have activation ${activation}`);
  return known[activation](x);
}
