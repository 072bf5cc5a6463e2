import { type Arena, padded } from '../../numeric/wasm/arena.js';
import type { NetworkKernels } from '../../numeric/wasm/network.js';
import type { DenseSpec } from '../layers.js';
import type { Epilogue } from './epilogue.js';
import { parameter, readPadded } from './parameter.js';
import type { Stage } from './stage.js';

/** Y = f(X W + b) and its gradients: Wʹ = Xᵀ G, bʹ = Σ G, Xʹ = G Wᵀ. */
export function denseStage(
  room: Arena,
  kernels: NetworkKernels,
  spec: DenseSpec,
  rows: number,
  after: Epilogue,
): Stage {
  const { inputs, outputs, name } = spec;
  const ldx = padded(inputs);
  const ld = padded(outputs);
  const weights = parameter(room, inputs, outputs, spec.weights, { isKernel: true, l2: spec.l2 });
  const bias = parameter(room, 1, outputs, spec.bias);
  const output = room.allocate(rows * ld);
  const transposed = room.allocate(outputs * ldx);
  const inputGradient = room.allocate(rows * ldx);
  return {
    ...{ name, cols: outputs, output, active: true },
    parameters: spec.useBias ? [weights, bias] : [weights],
    forward(X, n) {
      kernels.matmul(X, ldx, 1, weights.value, ld, output, ld, n, ld, inputs);
      after.forward(output, bias.value, n);
    },
    infer(X, n) {
      kernels.matmul(X, ldx, 1, weights.value, ld, output, ld, n, ld, inputs);
      after.infer(output, bias.value, n);
    },
    backward(X, G, n, wanted) {
      after.backward(G, n);
      if (this.active) {
        kernels.matmul(X, 1, ldx, G, ld, weights.gradient, ld, inputs, ld, n);
        kernels.columnSums(G, bias.gradient, n, ld);
      }
      if (wanted) {
        kernels.transpose(weights.value, ld, transposed, ldx, inputs, outputs);
        kernels.matmul(G, ld, 1, transposed, ldx, inputGradient, ldx, n, ldx, outputs);
      }
      return inputGradient;
    },
    read: () => ({
      ...spec,
      weights: readPadded(room, weights.value, inputs, outputs),
      bias: readPadded(room, bias.value, 1, outputs),
    }),
  };
}
