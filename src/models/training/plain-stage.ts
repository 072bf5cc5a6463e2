import { type Arena, padded } from '../../numeric/wasm/arena.js';
import type { Operations } from '../../numeric/wasm/program.js';
import type { ActivationSpec, DropoutSpec } from '../layers.js';
import type { Epilogue } from './epilogue.js';
import type { Stage } from './stage.js';

/** No weights: an activation or dropout that no dense layer could take in, such as dropout on the inputs. */
export function plainStage(
  room: Arena,
  kernels: Operations,
  spec: ActivationSpec | DropoutSpec,
  cols: number,
  rows: number,
  after: Epilogue,
): Stage {
  const ld = padded(cols);
  const output = room.allocate(rows * ld);
  const [ones, zeros] = [0, 1].map(() => room.allocate(ld));
  room.floats(ones, ld).fill(1);
  return {
    ...{ name: spec.name, cols, output, parameters: [], active: false },
    forward(X, n) {
      kernels.affine(X, output, ones, zeros, n, ld);
      after.forward(output, zeros, n);
    },
    infer(X, n) {
      kernels.affine(X, output, ones, zeros, n, ld);
      after.infer(output, zeros, n);
    },
    backward(_X, G, n) {
      after.backward(G, n);
      return G;
    },
    read: () => spec,
  };
}
