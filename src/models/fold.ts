import type { Activation, DenseLayer, DenseNetwork } from '../numeric/network.js';
import type { LayerSpec, NormSpec } from './layers.js';

/** The layers of a fitted network, ready to predict: dropout is gone, batch normalisation is folded into dense layers. */
export function foldLayers(layers: readonly LayerSpec[]): DenseNetwork {
  const network: DenseLayer[] = [];
  for (const layer of layers) {
    if (layer.kind === 'dense') network.push(layer);
    else if (layer.kind === 'norm') fold(network, affineOf(layer), layer.name);
    else if (layer.kind === 'activation') activate(network, layer.activation, layer.name);
  }
  return mergeDiagonals(network).map(plain);
}

/** A scale and a shift for each column. */
interface Affine {
  readonly scale: Float64Array;
  readonly shift: Float64Array;
}

function affineOf({ gamma, beta, mean, variance, epsilon, size }: NormSpec): Affine {
  const scale = Float64Array.from({ length: size }, (_, j) => gamma[j] / Math.sqrt(variance[j] + epsilon));
  return { scale, shift: scale.map((s, j) => beta[j] - mean[j] * s) };
}

/** Into the layer before where that is linear; else as a layer of its own, which `mergeDiagonals` may take in. */
function fold(network: DenseLayer[], affine: Affine, name: string): void {
  const last = network.at(-1);
  if (last?.activation === 'linear') network[network.length - 1] = scaledOutputs(last, affine);
  else network.push(diagonal(affine, name));
}

function activate(network: DenseLayer[], activation: Activation, name: string): void {
  const last = network.at(-1);
  if (!last) throw new TypeError(`layer "${name}" is an activation with no dense layer before it`);
  if (last.activation === 'linear') network[network.length - 1] = { ...last, activation };
  else
    network.push({
      ...diagonal({ scale: ones(last.outputs), shift: new Float64Array(last.outputs) }, name),
      activation,
    });
}

const ones = (length: number): Float64Array => new Float64Array(length).fill(1);

interface Diagonal extends DenseLayer {
  readonly affine: Affine;
}

function diagonal(affine: Affine, name: string): Diagonal {
  const size = affine.scale.length;
  const weights = new Float32Array(size * size);
  for (let j = 0; j < size; j++) weights[j * size + j] = affine.scale[j];
  const bias = Float32Array.from(affine.shift);
  return { name, inputs: size, outputs: size, weights, bias, activation: 'linear', affine };
}

/** A linear diagonal layer is taken in by the dense layer after it: (a x + b) W + c = x (aW) + (bW + c). */
function mergeDiagonals(network: readonly DenseLayer[]): DenseLayer[] {
  const merged: DenseLayer[] = [];
  for (const layer of network) {
    const before = merged.at(-1);
    if (before && 'affine' in before && before.activation === 'linear') {
      merged.pop();
      merged.push(scaledInputs(layer, (before as Diagonal).affine));
    } else merged.push(layer);
  }
  return merged;
}

function scaledOutputs(layer: DenseLayer, { scale, shift }: Affine): DenseLayer {
  const weights = layer.weights.map((w, i) => w * scale[i % layer.outputs]);
  const bias = layer.bias.map((b, j) => b * scale[j] + shift[j]);
  return { ...plain(layer), weights, bias };
}

function scaledInputs(layer: DenseLayer, { scale, shift }: Affine): DenseLayer {
  const { inputs, outputs } = layer;
  const weights = layer.weights.map((w, i) => w * scale[Math.floor(i / outputs)]);
  const bias = layer.bias.map((b, j) => {
    let sum = b;
    for (let i = 0; i < inputs; i++) sum += shift[i] * layer.weights[i * outputs + j];
    return sum;
  });
  return { ...plain(layer), weights, bias };
}

const plain = ({ name, inputs, outputs, weights, bias, activation }: DenseLayer): DenseLayer => ({
  ...{ name, inputs, outputs, weights, bias, activation },
});
