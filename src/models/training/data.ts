import type { Matrix } from '../../numeric/matrix.js';
import { type Arena, padded } from '../../numeric/wasm/arena.js';
import type { NetworkKernels, Pointer } from '../../numeric/wasm/network.js';
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
  /** Takes up to `size` rows from place `from` of the order; returns how many. */
  take(from: number, size: number): number;
}

/** Copies everything into the arena; batches hold at most `size` rows. Allocates: take views of the arena later. */
export function batches(
  room: Arena,
  kernels: NetworkKernels,
  data: Matrix,
  targets: Targets,
  size: number,
): Batches {
  const n = data.rows;
  const outputs = targets.values.length / n;
  const [ldx, ldt] = [padded(data.cols), padded(outputs)];
  const allX = room.allocate(n * ldx);
  const allT = room.allocate(n * ldt);
  const order = room.allocate(n);
  const X = room.allocate(size * ldx);
  const T = room.allocate(size * ldt);
  const weights = room.allocate(padded(size));
  writePadded(room, allX, n, data.cols, data.data);
  writePadded(room, allT, n, outputs, targets.values);
  room.integers(order, n).set(Int32Array.from({ length: n }, (_, i) => i));
  let views: { order: Int32Array; weights: Float32Array } | undefined;
  return {
    ...{ n, X, T, weights },
    arrange: (rows) => room.integers(order, n).set(rows),
    take(from, most) {
      views ??= { order: room.integers(order, n), weights: room.floats(weights, size) };
      const count = Math.min(most, n - from);
      kernels.gather(allX, order + 4 * from, X, count, ldx);
      kernels.gather(allT, order + 4 * from, T, count, ldt);
      for (let i = 0; i < count; i++) views.weights[i] = targets.weights[views.order[from + i]] / count;
      return count;
    },
  };
}
