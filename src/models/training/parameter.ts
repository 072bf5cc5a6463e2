import { type Arena, padded } from '../../numeric/wasm/arena.js';
import type { Pointer } from '../../numeric/wasm/network.js';
import type { Parameter } from './stage.js';

/** Room for rows × cols weights and all that goes with them, filled with `values`. */
export function parameter(
  room: Arena,
  rows: number,
  cols: number,
  values: Float32Array,
  { isKernel = false, l2 = 0 } = {},
): Parameter {
  const length = rows * padded(cols);
  const [value, gradient, first, second, start] = [0, 1, 2, 3, 4].map(() => room.allocate(length));
  writePadded(room, value, rows, cols, values);
  writePadded(room, start, rows, cols, values);
  return { length, value, gradient, first, second, start, isKernel, l2 };
}

/** Row-major numbers into rows of `padded(cols)` floats. */
export function writePadded(
  room: Arena,
  pointer: Pointer,
  rows: number,
  cols: number,
  values: ArrayLike<number>,
): void {
  const ld = padded(cols);
  const view = room.floats(pointer, rows * ld);
  for (let i = 0; i < rows; i++) for (let j = 0; j < cols; j++) view[i * ld + j] = values[i * cols + j];
}

/** The other way. */
export function readPadded(room: Arena, pointer: Pointer, rows: number, cols: number): Float32Array {
  const ld = padded(cols);
  const view = room.floats(pointer, rows * ld);
  const values = new Float32Array(rows * cols);
  for (let i = 0; i < rows; i++) values.set(view.subarray(i * ld, i * ld + cols), i * cols);
  return values;
}
