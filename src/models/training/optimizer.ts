import type { NetworkKernels } from '../../numeric/wasm/network.js';
import type { OptimizerOptions } from './options.js';
import type { Parameter } from './stage.js';

/** Moves the weights of one block against their gradient. */
export type Step = (learningRate: number) => void;

/** The learning rate that an optimizer starts from. */
export const learningRateOf = ({ kind, learningRate }: OptimizerOptions): number =>
  learningRate ?? (kind === 'sgd' ? 0.01 : 0.001);

/** The step of an optimizer for a block of weights, which counts its own steps: one that thaws late starts anew. */
export function optimizerStep(kernels: NetworkKernels, options: OptimizerOptions, block: Parameter): Step {
  const { value, gradient, first, second, length, isKernel } = block;
  if (options.kind === 'sgd') {
    const { momentum = 0, nesterov = false } = options;
    return (rate) => kernels.descend(value, gradient, first, length, rate, momentum, nesterov ? 1 : 0);
  }
  const { kind, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-7, weightDecay = 0.01 } = options;
  const decay = kind === 'adamw' && isKernel ? weightDecay : 0;
  let power1 = 1;
  let power2 = 1;
  return (rate) => {
    power1 *= beta1;
    power2 *= beta2;
    const root = Math.sqrt(1 - power2);
    const corrected = (rate * root) / (1 - power1);
    const keep = 1 - rate * decay;
    kernels.adam(value, gradient, first, second, length, corrected, beta1, beta2, epsilon * root, keep);
  };
}
