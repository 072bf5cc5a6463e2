import type * as tf from '@tensorflow/tfjs-node';
import type { AdamOptions, OptimizerOptions, SgdOptions } from '../../models/training/options.js';
import { tensorflow } from '../../numeric/tensorflow.js';
import type { Parameter } from './parameters.js';

export type Update = readonly [variable: tf.Variable, value: tf.Tensor];

/** How weights move; its variables are state that belongs to the training. */
export interface Optimizer {
  readonly options: OptimizerOptions;
  readonly state: readonly tf.Variable[];
  /** @param gradients - one for each parameter; a parameter that the loss does not reach has none. */
  updates(gradients: readonly (tf.Tensor | undefined)[], rate: tf.Scalar): Update[];
}

/** An optimizer over parameters, with the steps of Keras. */
export function optimizerOver(parameters: readonly Parameter[], options: OptimizerOptions): Optimizer {
  return options.kind === 'sgd' ? sgd(parameters, options) : adam(parameters, options);
}

/** Kingma & Ba (2015), arXiv:1412.6980, with ε added as in Keras: to the root of what is not yet corrected for bias. */
function adam(parameters: readonly Parameter[], options: AdamOptions): Optimizer {
  const { kind, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-7, weightDecay = 0.01 } = options;
  const [power1, power2] = ['beta1 power', 'beta2 power'].map((name) => newState(name, [], 1));
  const first = parameters.map(({ variable, name }) => newState(`${name} first moment`, variable.shape));
  const second = parameters.map(({ variable, name }) => newState(`${name} second moment`, variable.shape));
  return {
    options,
    state: [power1, power2, ...first, ...second],
    updates(gradients, rate) {
      const [p1, p2] = [power1.mul(beta1), power2.mul(beta2)];
      const root = tensorflow().sub(1, p2).sqrt();
      const corrected = rate.mul(root).div(tensorflow().sub(1, p1));
      const moved = parameters.flatMap(({ variable, isKernel, rate: factor }, i): Update[] => {
        const g = gradients[i];
        if (!g) return [];
        const m = first[i].mul(beta1).add(g.mul(1 - beta1));
        const v = second[i].mul(beta2).add(g.square().mul(1 - beta2));
        const step = m.div(v.sqrt().add(epsilon)).mul(scaled(corrected, factor));
        const decay = kind === 'adamw' && isKernel ? weightDecay * factor : 0;
        const kept = decay === 0 ? variable : variable.mul(tensorflow().sub(1, rate.mul(decay)));
        return [
          [first[i], m],
          [second[i], v],
          [variable, kept.sub(step)],
        ];
      });
      return [[power1, p1], [power2, p2], ...moved];
    },
  };
}

function sgd(parameters: readonly Parameter[], options: SgdOptions): Optimizer {
  const { momentum = 0, nesterov = false } = options;
  const velocity =
    momentum === 0 ? [] : parameters.map((p) => newState(`${p.name} velocity`, p.variable.shape));
  return {
    options,
    state: velocity,
    updates: (gradients, rate) =>
      parameters.flatMap(({ variable, rate: factor }, i): Update[] => {
        const g = gradients[i];
        if (!g) return [];
        const own = scaled(rate, factor);
        if (momentum === 0) return [[variable, variable.sub(g.mul(own))]];
        const v = velocity[i].mul(momentum).add(g);
        const direction = nesterov ? g.add(v.mul(momentum)) : v;
        return [
          [velocity[i], v],
          [variable, variable.sub(direction.mul(own))],
        ];
      }),
  };
}

const scaled = (rate: tf.Tensor, factor: number): tf.Tensor => (factor === 1 ? rate : rate.mul(factor));

/** A variable that belongs to the training and not to the model. */
export function newState(name: string, shape: number[], value = 0): tf.Variable {
  const { fill, variable, tidy } = tensorflow();
  return tidy(() => variable(fill(shape, value), false, `graph ${count++} ${name}`));
}

let count = 0; // tfjs wants the names of variables to be unique in the process
