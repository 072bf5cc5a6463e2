import { FIRST_FREE, PAGE } from './layout.js';

/** A WebAssembly memory of fixed size that threads share, filled from the bottom. */
export interface SharedMemory {
  readonly memory: WebAssembly.Memory;
  /** Room for so many bytes, zeroed, at an address that is a multiple of 64. */
  allocate(bytes: number): number;
}

/**
 * A shared memory with room for some arrays.
 * @param bytes - the size of each array that will be allocated.
 */
export function sharedMemory(bytes: readonly number[]): SharedMemory {
  const pages = Math.ceil((FIRST_FREE + bytes.reduce((sum, size) => sum + rounded(size), 0)) / PAGE);
  const memory = new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true });
  let top = FIRST_FREE;
  return {
    memory,
    allocate(size) {
      const address = top;
      top += rounded(size);
      if (top > pages * PAGE) throw new RangeError(`memory of ${pages} pages is full`);
      return address;
    },
  };
}

const rounded = (size: number): number => Math.ceil(size / 64) * 64;

/** The 32-bit floats at an address, as a view. */
export const floatsAt = (memory: WebAssembly.Memory, address: number, length: number): Float32Array =>
  new Float32Array(memory.buffer, address, length);

/** The doubles at an address, as a view. */
export const doublesAt = (memory: WebAssembly.Memory, address: number, length: number): Float64Array =>
  new Float64Array(memory.buffer, address, length);

/** The 32-bit integers at an address, as a view. */
export const integersAt = (memory: WebAssembly.Memory, address: number, length: number): Int32Array =>
  new Int32Array(memory.buffer, address, length);
