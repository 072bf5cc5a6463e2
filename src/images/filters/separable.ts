import { imageWorkspace } from '../../numeric/wasm/image.js';

/**
 * A picture correlated with one kernel across its rows and another down its columns; edges are reflected
 * (d c b a | a b c d | d c b a).
 * @param grey - rows of `width` values.
 * @param down - an odd number of weights for the columns.
 * @param across - an odd number of weights for the rows.
 */
export function separable(
  grey: Float32Array,
  width: number,
  down: Float64Array,
  across: Float64Array,
): Float32Array {
  const height = grey.length / width;
  const room = imageWorkspace(grey.length, Math.max(down.length, across.length));
  const { kernels, arena, X, Y } = room;
  arena.floats(X, grey.length).set(grey);
  arena.floats(room.across, across.length).set(across);
  arena.floats(room.down, down.length).set(down);
  kernels.correlateRows(X, Y, width, height, room.across, across.length, room.row);
  kernels.correlateColumns(Y, X, width, height, room.down, down.length);
  return arena.floats(X, grey.length).slice();
}
