import type { NetworkKernels } from '../../numeric/wasm/network.js';
import type { OptimizerOptions } from './options.js';
import type { Parameter } from './stage.js';

/** Moves the weights of one block against their gradient. */
export type Step = (parameter: Parameter, learningRate: number) => void;

/** The learning rate that an optimizer starts from. */
export const learningRateOf = ({ kind, learningRate }: OptimizerOptions): number =>
  learningRate ?? (kind === 'sgd' ? 0.01 : 0.001);

/** The step of an optimizer. Each block of weights counts its own steps, so that one that thaws late starts anew. */
export function optimizer(kernels: NetworkKernels, options: OptimizerOptions): Step {
  if (options.kind === 'sgd') {
    const { momentum = 0, nesterov = false } = options;
    return ({ value, gradient, first, length }, rate) =>
      kernels.descend(value, gradient, first, length, rate, momentum, nesterov ? 1 : 0);
  }
  const { kind, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-7, weightDecay = 0.01 } = options;
  const powers = new Map<Parameter, { first: number; second: number }>();
  return (parameter, rate) => {
    let power = powers.get(parameter);
    if (!power) powers.set(parameter, (power = { first: 1, second: 1 }));
    power.first *= beta1;
    power.second *= beta2;
    const root = Math.sqrt(1 - power.second);
    const keep = kind === 'adamw' && parameter.isKernel ? 1 - rate * weightDecay : 1;
    const { value, gradient, first, second, length } = parameter;
    const corrected = (rate * root) / (1 - power.first);
    kernels.adam(value, gradient, first, second, length, corrected, beta1, beta2, epsilon * root, keep);
  };
}
