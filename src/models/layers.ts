import type { Activation } from '../numeric/network.js';

/** A layer of a feed-forward network as plain data: what the fused trainer reads from a model and gives back to it. */
export type LayerSpec = DenseSpec | NormSpec | DropoutSpec | ActivationSpec;

/** `activation(x · weights + bias)`, with weights inputs × outputs in row-major order. */
export interface DenseSpec {
  readonly kind: 'dense';
  readonly name: string;
  readonly inputs: number;
  readonly outputs: number;
  readonly weights: Float32Array;
  readonly bias: Float32Array;
  /** Whether the bias is a weight; else it is zero and stays so. */
  readonly useBias: boolean;
  readonly activation: Activation;
  /** Strength of the penalty `l2 · Σ w²` that the layer itself asks for. */
  readonly l2: number;
  readonly trainable: boolean;
}

/** Batch normalisation over `size` columns. */
export interface NormSpec {
  readonly kind: 'norm';
  readonly name: string;
  readonly size: number;
  readonly gamma: Float32Array;
  readonly beta: Float32Array;
  readonly mean: Float32Array;
  readonly variance: Float32Array;
  readonly epsilon: number;
  /** Share of the running averages that each batch keeps. */
  readonly momentum: number;
  /** Whether γ and β are weights; else they are 1 and 0 and stay so. */
  readonly scale: boolean;
  readonly center: boolean;
  readonly trainable: boolean;
}

/** Drops each number with probability `rate` while training. */
export interface DropoutSpec {
  readonly kind: 'dropout';
  readonly name: string;
  readonly rate: number;
}

/** An activation that is a layer of its own. */
export interface ActivationSpec {
  readonly kind: 'activation';
  readonly name: string;
  readonly activation: Activation;
}

/** A trainable dense layer from its weights, with a bias of zero: the short way to write one by hand. */
export function dense(
  name: string,
  inputs: number,
  outputs: number,
  weights: Float32Array,
  activation: Activation = 'linear',
): DenseSpec {
  return {
    kind: 'dense',
    ...{ name, inputs, outputs, weights, activation },
    ...{ bias: new Float32Array(outputs), useBias: true, l2: 0, trainable: true },
  };
}

/** How many columns come in, or undefined for a network without weights. */
export function inputsOf(layers: readonly LayerSpec[]): number | undefined {
  for (const layer of layers) {
    if (layer.kind === 'dense') return layer.inputs;
    if (layer.kind === 'norm') return layer.size;
  }
  return undefined;
}
