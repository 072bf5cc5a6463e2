import { type Arena, padded } from '../../numeric/wasm/arena.js';
import type { Pointer } from '../../numeric/wasm/network.js';
import type { Operations } from '../../numeric/wasm/program.js';
import type { NormSpec } from '../layers.js';
import type { Epilogue } from './epilogue.js';
import { parameter, readPadded, writePadded } from './parameter.js';
import type { Stage } from './stage.js';

/**
 * Batch normalisation. While frozen it uses its running averages and leaves them alone, as Keras does and as transfer
 * learning needs: a small new data set must not shift what the layers above were trained on.
 */
export function normStage(
  room: Arena,
  kernels: Operations,
  spec: NormSpec,
  rows: number,
  after: Epilogue,
): Stage {
  const { name, size, epsilon, momentum } = spec;
  const ld = padded(size);
  const gamma = parameter(room, 1, size, spec.gamma);
  const beta = parameter(room, 1, size, spec.beta);
  const [mean, variance] = [spec.mean, spec.variance].map((values) => {
    const pointer = room.allocate(ld);
    writePadded(room, pointer, 1, size, values);
    return pointer;
  });
  const [output, hat, inputGradient] = [0, 1, 2].map(() => room.allocate(rows * ld));
  const [inverse, scale, shift, zeros] = [0, 1, 2, 3].map(() => room.allocate(ld));
  const useAverages = (X: Pointer, n: number) => {
    kernels.foldNorm(gamma.value, beta.value, mean, variance, scale, shift, ld, epsilon);
    kernels.affine(X, output, scale, shift, n, ld);
  };
  return {
    ...{ name, cols: size, output, active: true },
    parameters: [...(spec.scale ? [gamma] : []), ...(spec.center ? [beta] : [])],
    forward(X, n) {
      if (this.active) {
        const weights = [gamma.value, beta.value, mean, variance] as const;
        kernels.normalise(X, output, hat, inverse, ...weights, n, ld, epsilon, momentum);
      } else useAverages(X, n);
      after.forward(output, zeros, n);
    },
    infer(X, n) {
      useAverages(X, n);
      after.infer(output, zeros, n);
    },
    backward(_X, G, n) {
      after.backward(G, n);
      if (this.active) {
        const out = [gamma.gradient, beta.gradient, inputGradient] as const;
        kernels.normaliseBack(G, hat, inverse, gamma.value, ...out, n, ld);
      } else kernels.affine(G, inputGradient, scale, zeros, n, ld);
      return inputGradient;
    },
    read: () => ({
      ...spec,
      gamma: readPadded(room, gamma.value, 1, size),
      beta: readPadded(room, beta.value, 1, size),
      mean: readPadded(room, mean, 1, size),
      variance: readPadded(room, variance, 1, size),
    }),
  };
}
