import type { Pointer } from '../../numeric/wasm/network.js';
import type { LayerSpec } from '../layers.js';

/** A dense layer, a normalisation or nothing, with the activation and dropout that follow it. */
export interface Stage {
  /** The layer that owns the weights. */
  readonly name: string;
  /** True columns of the output. */
  readonly cols: number;
  /** Output of the last batch: rows of `padded(cols)` floats. */
  readonly output: Pointer;
  readonly parameters: readonly Parameter[];
  /** Whether the weights are being trained; may change between epochs. */
  active: boolean;
  forward(X: Pointer, n: number): void;
  /** Like `forward`, without dropout and with running averages. */
  infer(X: Pointer, n: number): void;
  /**
   * Gradients of the weights (where active) and of X.
   * @param G - gradient of the output; overwritten.
   * @returns where the gradient of X lies; meaningless unless it is wanted.
   */
  backward(X: Pointer, G: Pointer, n: number, wanted: boolean): Pointer;
  /** The layer with its present weights. */
  read(): LayerSpec;
}

/** A block of weights with what training keeps beside each of them. */
export interface Parameter {
  /** Floats, with the padding, which stays zero. */
  readonly length: number;
  readonly value: Pointer;
  readonly gradient: Pointer;
  /** Two running averages, for the optimizer. */
  readonly first: Pointer;
  readonly second: Pointer;
  /** The weights at the start. */
  readonly start: Pointer;
  /** Whether penalties on large weights apply: to a layer's weights, not to its bias. */
  readonly isKernel: boolean;
  /** Strength of the penalty that the layer itself asks for. */
  readonly l2: number;
}
