import type { NetworkKernels, Pointer } from '../../numeric/wasm/network.js';
import type { TrainOptions } from './options.js';
import type { Parameter } from './stage.js';

/** Adds the gradients of the penalties to a block's gradient. */
export type Penalise = (layer: string, parameter: Parameter) => void;

/**
 * L2 towards zero on the weights of dense layers; L2-SP towards the start on all weights of the layers that it names.
 * @param zeros - as many zeros as the longest block has weights.
 */
export function penalty(kernels: NetworkKernels, { l2 = 0, l2sp }: TrainOptions, zeros: Pointer): Penalise {
  return (layer, { value, gradient, start, length, isKernel, l2: own }) => {
    const shrink = isKernel ? l2 + own : 0;
    if (shrink > 0) kernels.pull(gradient, value, zeros, length, 2 * shrink);
    if (l2sp && (l2sp.layers?.includes(layer) ?? true))
      kernels.pull(gradient, value, start, length, 2 * l2sp.strength);
  };
}
