import type { Pointer } from '../../numeric/wasm/network.js';
import type { Operations } from '../../numeric/wasm/program.js';
import type { TrainOptions } from './options.js';
import type { Parameter } from './stage.js';

/**
 * What adds the gradients of the penalties to a block's gradient: L2 towards zero on the weights of dense layers, L2-SP
 * towards the start on all weights of the layers that it names. Undefined where there is no penalty.
 * @param zeros - as many zeros as the longest block has weights.
 */
export function penalty(
  kernels: Operations,
  { l2 = 0, l2sp }: TrainOptions,
  zeros: Pointer,
  layer: string,
  { value, gradient, start, length, isKernel, l2: own }: Parameter,
): (() => void) | undefined {
  const shrink = isKernel ? 2 * (l2 + own) : 0;
  const hold = l2sp && (l2sp.layers?.includes(layer) ?? true) ? 2 * l2sp.strength : 0;
  if (shrink === 0 && hold === 0) return undefined;
  return () => {
    if (shrink > 0) kernels.pull(gradient, value, zeros, length, shrink);
    if (hold > 0) kernels.pull(gradient, value, start, length, hold);
  };
}
