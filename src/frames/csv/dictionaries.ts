import type { Arena } from '../../numeric/wasm/arena.js';
import type { Kind } from './kernel.js';

/** The words of a file's text columns, kept in the kernel's memory. */
export interface Dictionaries {
  /** Address of the kernel's `Dictionary[]`. */
  readonly address: number;
  /** Makes every table large enough for one more block out of `bytes` bytes. */
  makeRoom(bytes: number): void;
  /** The words of column j in the order of their codes, as bytes in the letters of Latin-1: `decodeRaw` reads them. */
  rawWordsOf(j: number): string[];
  /** Forgets every word, for a batch that starts anew. */
  clear(): void;
}

interface HeapExports {
  rehash(dictionary: number): void;
  setHeap(address: number): void;
  getHeap(): number;
}

/** 32-bit words of a `Dictionary` (slots, mask, entries, count) and of an entry (address, length, hash). */
const DICTIONARY = 4;
const ENTRY = 3;
const HEAP_BLOCK = 1 << 20;

/** Dictionaries for the text columns of one file; a block adds at most `capacity` words to each. */
export function dictionaries(
  space: Arena,
  exports: HeapExports,
  kinds: readonly Kind[],
  capacity: number,
): Dictionaries {
  const address = space.allocate(DICTIONARY * kinds.length);
  const room = kinds.map(() => 0);
  let heapStart = 0;
  let heapEnd = 0;
  const at = (j: number): number => address + 4 * DICTIONARY * j;
  const fields = (j: number): Int32Array => space.integers(at(j), DICTIONARY);

  function makeRoom(bytes: number): void {
    if (heapEnd - exports.getHeap() < bytes) newHeap(bytes);
    kinds.forEach((kind, j) => {
      if (kind === 'text' && fields(j)[3] + capacity > room[j]) grow(j);
    });
  }

  /** A block twice as large as the one before: after `clear` the last one holds as much as all before it. */
  function newHeap(bytes: number): void {
    const size = Math.max(HEAP_BLOCK, bytes, 2 * (heapEnd - heapStart));
    heapStart = space.allocate(Math.ceil(size / 4) + 16);
    heapEnd = heapStart + size;
    exports.setHeap(heapStart);
  }

  function clear(): void {
    exports.setHeap(heapStart);
    kinds.forEach((kind, j) => {
      if (kind !== 'text' || room[j] === 0) return;
      const [slotsAt, mask] = fields(j);
      space.integers(slotsAt, mask + 1).fill(0);
      fields(j)[3] = 0;
    });
  }

  /** Twice the entries, and slots for them at a load of at most one half. */
  function grow(j: number): void {
    const count = fields(j)[3];
    room[j] = Math.max(2 * room[j], 2 * capacity);
    const slots = 2 ** Math.ceil(Math.log2(2 * room[j]));
    const slotsAt = space.allocate(slots);
    const entriesAt = space.allocate(ENTRY * room[j]);
    const old = fields(j)[2];
    if (count > 0) space.integers(entriesAt, ENTRY * count).set(space.integers(old, ENTRY * count));
    fields(j).set([slotsAt, slots - 1, entriesAt]);
    exports.rehash(at(j));
  }

  function rawWordsOf(j: number): string[] {
    const [, , entriesAt, count] = fields(j);
    const entries = space.integers(entriesAt, ENTRY * count);
    return Array.from({ length: count }, (_, k) => {
      const start = entries[ENTRY * k] >>> 0;
      return Buffer.from(space.memory.buffer, start, entries[ENTRY * k + 1]).toString('latin1');
    });
  }

  return { address, makeRoom, rawWordsOf, clear };
}

/** A word from its bytes in the letters of Latin-1. */
export const decodeRaw = (raw: string): string => decode(Buffer.from(raw, 'latin1'));

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const western = new TextDecoder('windows-1252');

/** UTF-8; what is not is read as Windows-1252, as older instrument software writes it. */
export function decode(bytes: Uint8Array): string {
  try {
    return strict.decode(bytes);
  } catch {
    return western.decode(bytes);
  }
}
