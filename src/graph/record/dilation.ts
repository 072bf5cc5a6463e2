import { createRequire } from 'node:module';
import type * as tf from '@tensorflow/tfjs-node';
import { tensorflow } from '../../numeric/tensorflow.js';

/**
 * Gives tfjs the gradients of dilated convolutions, which it lacks: rows and columns that a dilated kernel never sees
 * together are sorted into separate images (space to batch), where the convolution is a plain one.
 * @returns what takes them away again.
 */
export function dilatedGradients(): () => void {
  const undo = [
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

function withDilation(kernelName: string, toInput: string, toFilter: string): () => void {
  const { getGradient, registerGradient, unregisterGradient } = tensorflow();
  const own = getGradient(kernelName);
  const gradFunc: GradientFunction = (dy, saved, attributes) => {
    const { pad, dilations } = attributes as unknown as Settings;
    const rates = Array.isArray(dilations) ? dilations : [dilations ?? 1, dilations ?? 1];
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
  const { paddings, crops } = margins(x, dy, filter, rates, pad);
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

/** What is added around the image so that the rates divide it, and around the result. */
function margins(
  x: tf.Tensor4D,
  dy: tf.Tensor4D,
  filter: tf.Tensor4D,
  rates: number[],
  pad: Settings['pad'],
) {
  const axes = [0, 1].map((axis) => {
    const reach = (filter.shape[axis] - 1) * rates[axis];
    const total = pad === 'valid' ? 0 : pad === 'same' ? reach : 2 * pad;
    const before = pad === 'same' ? Math.floor(total / 2) : total / 2;
    const padded = x.shape[axis + 1] + total;
    const extra = (rates[axis] - (padded % rates[axis])) % rates[axis];
    const made = padded + extra - reach;
    return { padding: [before, total - before + extra], crop: [0, made - dy.shape[axis + 1]] };
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
