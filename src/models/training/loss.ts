import type { Activation } from '../../numeric/network.js';
import type { Pointer } from '../../numeric/wasm/network.js';
import type { Operations } from '../../numeric/wasm/program.js';
import type { Loss, TrainOptions } from './options.js';
import { isCategorical } from './targets.js';

/** The loss of n rows, the weighted sum, with its gradient written to G. */
export type BatchLoss = (Z: Pointer, T: Pointer, weights: Pointer, G: Pointer, n: number) => void;

/**
 * The activation that a loss wants at the network's output and computes with itself, from the scores before it, which
 * neither overflows nor cancels; undefined for losses that take any output.
 */
export function fusedActivation(loss: Loss, outputs: number): Activation | undefined {
  if (isCategorical(loss, outputs)) return 'softmax';
  return loss === 'binaryCrossentropy' || loss === 'focal' ? 'sigmoid' : undefined;
}

/** The kernel for a loss, with its setting. */
export function batchLoss(
  kernels: Operations,
  cols: number,
  ld: number,
  { loss = 'binaryCrossentropy', focalGamma = 2, huberDelta = 1 }: TrainOptions,
): BatchLoss {
  const categorical = isCategorical(loss, cols);
  const [kernel, setting] = {
    binaryCrossentropy: [kernels.binaryCrossentropy, 0] as const,
    categoricalCrossentropy: [kernels.categoricalCrossentropy, 0] as const,
    focal: [categorical ? kernels.categoricalFocal : kernels.binaryFocal, focalGamma] as const,
    meanSquaredError: [kernels.residualLoss, Number.POSITIVE_INFINITY] as const,
    huber: [kernels.residualLoss, huberDelta] as const,
  }[loss];
  return (Z, T, weights, G, n) => kernel(Z, T, weights, G, n, cols, ld, setting);
}
