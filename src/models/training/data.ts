import type { Matrix } from '../../numeric/matrix.js';
import { type Arena, padded } from '../../numeric/wasm/arena.js';
import type { Pointer } from '../../numeric/wasm/network.js';
import type { Operations } from '../../numeric/wasm/program.js';
import { writePadded } from './parameter.js';
import type { Targets } from './targets.js';

/** Rows and targets in the arena, handed out batch by batch. */
export interface Batches {
  readonly n: number;
  /** The present batch. */
  readonly X: Pointer;
  readonly T: Pointer;
  /** Weights of its rows over its size. */
  readonly weights: Pointer;
  /** Sets the order in which rows are taken. */
  arrange(order: Int32Array): void;
  /** Takes the next `count` rows of the order. */
  take(count: number): void;
}

/** Copies everything into the arena; batches hold at most `size` rows. */
export function batches(
  room: Arena,
  kernels: Operations,
  data: Matrix,
  targets: Targets,
  size: number,
): Batches {
  const n = data.rows;
  const outputs = targets.values.length / n;
  const [ldx, ldt] = [padded(data.cols), padded(outputs)];
  const [allX, allT, allWeights] = [n * ldx, n * ldt, n].map((length) => room.allocate(length));
  const order = room.allocate(n);
  const [X, T, weights] = [size * ldx, size * ldt, padded(size)].map((length) => room.allocate(length));
  writePadded(room, allX, n, data.cols, data.data);
  writePadded(room, allT, n, outputs, targets.values);
  room.floats(allWeights, n).set(targets.weights);
  room.integers(order, n).set(Int32Array.from({ length: n }, (_, i) => i));
  return {
    ...{ n, X, T, weights },
    arrange: (rows) => room.integers(order, n).set(rows),
    take(count) {
      kernels.gather(allX, order, X, count, ldx);
      kernels.gather(allT, order, T, count, ldt);
      kernels.gatherWeights(allWeights, order, weights, count);
    },
  };
}
