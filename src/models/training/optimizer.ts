import type { Arena } from '../../numeric/wasm/arena.js';
import type { Operations } from '../../numeric/wasm/program.js';
import type { OptimizerOptions } from './options.js';
import type { Parameter } from './stage.js';

/** Moves the weights of one block against their gradient. */
export type Step = (learningRate: number) => void;

/** The learning rate that an optimizer starts from. */
export const learningRateOf = ({ kind, learningRate }: OptimizerOptions): number =>
  learningRate ?? (kind === 'sgd' ? 0.01 : 0.001);

/** The step of an optimizer for a block of weights, which counts its own steps: one that thaws late starts anew. */
export function optimizerStep(
  room: Arena,
  kernels: Operations,
  options: OptimizerOptions,
  block: Parameter,
): Step {
  const { value, gradient, first, second, length, isKernel } = block;
  if (options.kind === 'sgd') {
    const { momentum = 0, nesterov = false } = options;
    return (rate) => kernels.descend(value, gradient, first, length, rate, momentum, nesterov ? 1 : 0);
  }
  const { kind, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-7, weightDecay = 0.01 } = options;
  const decay = kind === 'adamw' && isKernel ? weightDecay : 0;
  const powers = room.allocate(4);
  new Float64Array(room.memory.buffer, powers, 2).fill(1);
  return (rate) =>
    kernels.adamStep(value, gradient, first, second, length, powers, rate, beta1, beta2, epsilon, decay);
}
