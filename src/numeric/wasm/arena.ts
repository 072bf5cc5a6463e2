import { FIRST_FREE, PAGE } from './layout.js';

const SKEW = 576; // keeps blocks of equal size apart modulo a page, or the processor takes one for the other

/** A WebAssembly memory that is filled from the bottom and given up as a whole. */
export interface Arena {
  readonly memory: WebAssembly.Memory;
  /** Room for `length` 32-bit numbers, zeroed, as a byte address that is a multiple of 64. */
  allocate(length: number): number;
  /** The 32-bit floats at an address, as a view: valid until the next `allocate`. */
  floats(address: number, length: number): Float32Array;
  /** The 32-bit integers at an address, likewise. */
  integers(address: number, length: number): Int32Array;
}

/** An empty arena; it grows as it is filled. */
export function arena(): Arena {
  const memory = new WebAssembly.Memory({ initial: 1 + FIRST_FREE / PAGE });
  let top = FIRST_FREE;
  return {
    memory,
    allocate(length) {
      const address = top;
      top = (top + 4 * length + SKEW + 63) & ~63;
      const missing = top - memory.buffer.byteLength;
      if (missing > 0) memory.grow(Math.ceil(missing / PAGE));
      return address;
    },
    floats: (address, length) => new Float32Array(memory.buffer, address, length),
    integers: (address, length) => new Int32Array(memory.buffer, address, length),
  };
}

/** A row length that the kernels like: the next multiple of 4. */
export const padded = (length: number): number => (length + 3) & ~3;
