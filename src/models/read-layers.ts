import type * as tf from '@tensorflow/tfjs-node';
import type { Activation } from '../numeric/network.js';
import { tensorflow } from '../numeric/tensorflow.js';
import type { LayerSpec } from './layers.js';

/** The layers of a model as plain data, or why the fused trainer cannot take the model. */
export type ReadLayers = { readonly layers: LayerSpec[] } | { readonly unsupported: string };

/** A model's layers with copies of their weights, from input to output; models inside the model are laid flat. */
export function readLayers(model: tf.LayersModel): ReadLayers {
  try {
    return { layers: chain(model).flatMap(toSpec) };
  } catch (error) {
    if (error instanceof Unsupported) return { unsupported: error.message };
    throw error;
  }
}

/** Gives weights back to the layers that they were read from. */
export function writeLayers(model: tf.LayersModel, layers: readonly LayerSpec[]): void {
  const { tensor, tidy } = tensorflow();
  const byName = new Map(chain(model).map((layer) => [layer.name, layer]));
  for (const spec of layers) {
    const values = weightsOf(spec);
    if (values.length === 0) continue;
    const layer = byName.get(spec.name)!;
    tidy(() => layer.setWeights(values.map(({ data, shape }) => tensor(data, shape, 'float32'))));
  }
}

class Unsupported extends Error {}

type Layer = tf.layers.Layer;

/** What tfjs knows of a layer's place in a graph; its types leave it out. */
interface Placed {
  readonly sourceLayer: Layer & { inboundNodes: { inputTensors: tf.SymbolicTensor[] }[] };
  readonly nodeIndex: number;
}

function chain(model: tf.LayersModel): Layer[] {
  if (model.inputs.length !== 1 || model.outputs.length !== 1)
    throw new Unsupported(`the model has ${model.inputs.length} inputs and ${model.outputs.length} outputs`);
  const found: Layer[] = [];
  let place = model.outputs[0] as unknown as Placed;
  while (place.sourceLayer.getClassName() !== 'InputLayer') {
    const layer = place.sourceLayer;
    const { inputTensors } = layer.inboundNodes[place.nodeIndex];
    if (inputTensors.length !== 1)
      throw new Unsupported(`layer "${layer.name}" has ${inputTensors.length} inputs`);
    if (found.includes(layer)) throw new Unsupported(`layer "${layer.name}" is used twice`);
    found.unshift(...('layers' in layer ? chain(layer as unknown as tf.LayersModel) : [layer]));
    place = inputTensors[0] as unknown as Placed;
  }
  return found;
}

type Config = Record<string, unknown>;

function toSpec(layer: Layer): LayerSpec[] {
  const config = layer.getConfig() as Config;
  const { name } = layer;
  switch (layer.getClassName()) {
    case 'Dense':
      return [denseSpec(layer, config)];
    case 'BatchNormalization':
      return [normSpec(layer, config)];
    case 'Dropout':
      if (config['noiseShape']) throw new Unsupported(`layer "${name}" has a noise shape`);
      return [{ kind: 'dropout', name, rate: config['rate'] as number }];
    case 'Activation':
      return [{ kind: 'activation', name, activation: activationOf(name, config['activation']) }];
    case 'ReLU':
      if (config['maxValue'] != null && config['maxValue'] !== 6)
        throw new Unsupported(`layer "${name}" has a largest value of ${config['maxValue']}`);
      return [{ kind: 'activation', name, activation: config['maxValue'] === 6 ? 'relu6' : 'relu' }];
    case 'LeakyReLU':
      return [{ kind: 'activation', name, activation: withSlope(name, 'leakyRelu', config, 0.3) }];
    case 'ELU':
      return [{ kind: 'activation', name, activation: withSlope(name, 'elu', config, 1) }];
    case 'Softmax':
      return [{ kind: 'activation', name, activation: 'softmax' }];
    case 'Flatten':
      if (inputRank(layer) === 2) return [];
      throw new Unsupported(`layer "${name}" flattens images`);
    default:
      throw new Unsupported(`layer "${name}" is a ${layer.getClassName()}`);
  }
}

function denseSpec(layer: Layer, config: Config): LayerSpec {
  const { name } = layer;
  for (const part of ['kernelConstraint', 'biasConstraint', 'biasRegularizer', 'activityRegularizer'])
    if (config[part]) throw new Unsupported(`layer "${name}" has a ${part}`);
  const [kernel, bias] = layer.getWeights();
  const [inputs, outputs] = kernel.shape;
  if (inputRank(layer) !== 2) throw new Unsupported(`layer "${name}" works on sequences`);
  return {
    kind: 'dense',
    ...{ name, inputs, outputs: outputs!, weights: copy(kernel) },
    bias: bias ? copy(bias) : new Float32Array(outputs!),
    useBias: config['useBias'] as boolean,
    activation: activationOf(name, config['activation']),
    l2: l2Of(name, config['kernelRegularizer'] as Config | null),
    trainable: layer.trainable,
  };
}

function normSpec(layer: Layer, config: Config): LayerSpec {
  const { name } = layer;
  for (const part of ['gammaConstraint', 'betaConstraint', 'gammaRegularizer', 'betaRegularizer'])
    if (config[part]) throw new Unsupported(`layer "${name}" has a ${part}`);
  if (inputRank(layer) !== 2) throw new Unsupported(`layer "${name}" works on images`);
  const scale = config['scale'] as boolean;
  const center = config['center'] as boolean;
  const weights = layer.getWeights().map(copy);
  const [mean, variance] = weights.splice(-2);
  return {
    kind: 'norm',
    ...{ name, size: mean.length, mean, variance, scale, center, trainable: layer.trainable },
    gamma: scale ? weights.shift()! : new Float32Array(mean.length).fill(1),
    beta: center ? weights.shift()! : new Float32Array(mean.length),
    epsilon: config['epsilon'] as number,
    momentum: config['momentum'] as number,
  };
}

const inputRank = (layer: Layer): number => (layer.inboundNodes[0].inputShapes[0] as tf.Shape).length;

const copy = (tensor: tf.Tensor): Float32Array => Float32Array.from(tensor.dataSync());

const KNOWN: readonly Activation[] = [
  ...(['linear', 'relu', 'sigmoid', 'tanh', 'elu', 'selu'] as const),
  ...(['softplus', 'swish', 'gelu', 'softmax'] as const),
  ...(['relu6', 'hardSigmoid', 'softsign', 'mish'] as const),
];

function activationOf(name: string, activation: unknown): Activation {
  const found = KNOWN.find((known) => known === activation);
  if (found === undefined) throw new Unsupported(`layer "${name}" has the activation ${activation}`);
  return found;
}

/** An activation whose kernel knows one value of its parameter alone. */
function withSlope(name: string, activation: Activation, { alpha }: Config, known: number): Activation {
  if (alpha === known) return activation;
  throw new Unsupported(`layer "${name}" has an alpha of ${alpha}, not ${known}`);
}

/** tfjs writes l2 as an L1L2 with the strength of l2 and an l1 of zero. */
function l2Of(name: string, regularizer: Config | null): number {
  if (!regularizer) return 0;
  const { l1 = 0, l2 = 0 } = regularizer['config'] as { l1?: number; l2?: number };
  if (l1 !== 0) throw new Unsupported(`layer "${name}" has an L1 penalty`);
  return l2;
}

/** A layer's weights in the order in which tfjs keeps them. */
function weightsOf(spec: LayerSpec): { data: Float32Array; shape: number[] }[] {
  if (spec.kind === 'dense') {
    const kernel = { data: spec.weights, shape: [spec.inputs, spec.outputs] };
    return spec.useBias ? [kernel, { data: spec.bias, shape: [spec.outputs] }] : [kernel];
  }
  if (spec.kind !== 'norm') return [];
  const { gamma, beta, mean, variance } = spec;
  const kept = [...(spec.scale ? [gamma] : []), ...(spec.center ? [beta] : []), mean, variance];
  return kept.map((data) => ({ data, shape: [spec.size] }));
}
