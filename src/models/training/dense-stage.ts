import { type Arena, padded } from '../../numeric/wasm/arena.js';
import type { Operations } from '../../numeric/wasm/program.js';
import type { DenseSpec } from '../layers.js';
import type { Epilogue } from './epilogue.js';
import { parameter, readPadded } from './parameter.js';
import type { Stage } from './stage.js';

/**
 * Y = f(X W + b) and its gradients: Wʹ = Xᵀ G, bʹ = Σ G, Xʹ = G Wᵀ.
 * @param mostlyZeros - whether X is: a hint that changes the speed and no bit.
 */
export function denseStage(
  room: Arena,
  kernels: Operations,
  spec: DenseSpec,
  rows: number,
  after: Epilogue,
  mostlyZeros: boolean,
): Stage {
  const { inputs, outputs, name } = spec;
  const ldx = padded(inputs);
  const ld = padded(outputs);
  const weights = parameter(room, inputs, outputs, spec.weights, { isKernel: true, l2: spec.l2 });
  const bias = parameter(room, 1, outputs, spec.bias);
  const sparse = mostlyZeros ? 1 : 0;
  const output = room.allocate(rows * ld);
  const transposed = room.allocate(outputs * ldx);
  const widest = Math.max(ldx, ld);
  const masks = room.allocate(2 * Math.ceil(Math.max(widest, rows) / 64) * Math.max(widest, rows));
  const inputGradient = room.allocate(rows * ldx);
  return {
    ...{ name, cols: outputs, output, active: true },
    parameters: spec.useBias ? [weights, bias] : [weights],
    forward(X, n) {
      if (mostlyZeros) kernels.multiplyRows(X, ldx, weights.value, ld, output, ld, n, ld, inputs, masks);
      else kernels.matmul(X, ldx, 1, weights.value, ld, output, ld, n, ld, inputs);
      after.forward(output, bias.value, n);
    },
    infer(X, n) {
      kernels.matmul(X, ldx, 1, weights.value, ld, output, ld, n, ld, inputs);
      after.infer(output, bias.value, n);
    },
    backward(X, G, n, wanted) {
      after.backward(G, n);
      if (this.active) {
        kernels.weightGradient(
          X,
          ldx,
          G,
          ld,
          weights.gradient,
          n,
          outputs,
          inputs,
          masks,
          transposed,
          sparse,
        );
        kernels.columnSums(G, bias.gradient, n, ld);
      }
      if (wanted) {
        kernels.transpose(weights.value, ld, transposed, ldx, inputs, outputs);
        kernels.multiplyRows(G, ld, transposed, ldx, inputGradient, ldx, n, ldx, outputs, masks);
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
