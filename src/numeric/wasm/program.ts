import type { Arena } from './arena.js';
import { type NetworkKernels, networkKernels, type Pointer } from './network.js';

/**
 * The kernels that a program may call, in the order of their numbers in assembly/_program.ts, and what their arguments
 * are: i an integer or address, f a float, d a double.
 */
const OPERATIONS = {
  binaryCrossentropy: 'iiiiiiid',
  categoricalCrossentropy: 'iiiiiiid',
  binaryFocal: 'iiiiiiid',
  categoricalFocal: 'iiiiiiid',
  residualLoss: 'iiiiiiid',
  gather: 'iiiii',
  gatherWeights: 'iiii',
  matmul: 'iiiiiiiiii',
  multiplyRows: 'iiiiiiiiii',
  weightGradient: 'iiiiiiiiiii',
  transpose: 'iiiiii',
  columnSums: 'iiii',
  multiply: 'iii',
  activate: 'iiiiiiifi',
  infer: 'iiiii',
  normalise: 'iiiiiiiiiiff',
  normaliseBack: 'iiiiiiiii',
  affine: 'iiiiii',
  foldNorm: 'iiiiiiif',
  adamStep: 'iiiiiiddddd',
  descend: 'iiiiffi',
  pull: 'iiiif',
  clip: 'iif',
  sumSquares: 'iiii',
  shorten: 'iiid',
} as const;

type Operation = keyof typeof OPERATIONS;

/** Kernels whose calls are written down and not made. */
export type Operations = { readonly [O in Operation]: (...args: Parameters<NetworkKernels[O]>) => void };

/** A list of calls to kernels that one call into WebAssembly makes again and again. */
export interface Program {
  readonly operations: Operations;
  /** Forgets the calls. */
  clear(): void;
  /**
   * Makes the calls `times` times, over batches of n rows, the first from place `from` of the order that `gather`
   * reads.
   * @returns the sum over all rows of what the losses say.
   */
  run(times: number, from: number, n: number): number;
}

const INSTRUCTION = 18; // words

/** An empty program for an arena. */
export function emptyProgram(room: Arena): Program {
  const kernels = networkKernels(room);
  const book = callBook();
  const operations = Object.fromEntries(
    Object.entries(OPERATIONS).map(([name, kinds], number) => [
      name,
      (...args: number[]) => book.write(number, kinds, args),
    ]),
  ) as unknown as Operations;
  let address: Pointer = 0;
  let capacity = 0;
  return {
    operations,
    clear: () => book.clear(),
    run(times, from, n) {
      const words = book.words();
      if (words.length > capacity) address = room.allocate((capacity = words.length));
      room.integers(address, words.length).set(words);
      return kernels.run(address, words.length / INSTRUCTION, times, from, n);
    },
  };
}

/** Instructions one after another: a number, then arguments, of which a double takes two words. */
function callBook() {
  let view = new DataView(new ArrayBuffer(64 * 4 * INSTRUCTION));
  let end = 0;
  return {
    write(number: number, kinds: string, args: readonly number[]): void {
      if (end === view.byteLength) view = grown(view);
      let at = end;
      view.setInt32(at, number, true);
      at += 4;
      for (let k = 0; k < kinds.length; k++) {
        if (kinds[k] === 'i') view.setUint32(at, args[k], true);
        else if (kinds[k] === 'f') view.setFloat32(at, args[k], true);
        else view.setFloat64(at, args[k], true);
        at += kinds[k] === 'd' ? 8 : 4;
      }
      end += 4 * INSTRUCTION;
    },
    clear(): void {
      end = 0;
    },
    words: () => new Int32Array(view.buffer, 0, end / 4),
  };
}

/** A view of twice the length, with the same beginning. */
function grown(view: DataView<ArrayBuffer>): DataView<ArrayBuffer> {
  const longer = new Uint8Array(2 * view.byteLength);
  longer.set(new Uint8Array(view.buffer));
  return new DataView(longer.buffer);
}
