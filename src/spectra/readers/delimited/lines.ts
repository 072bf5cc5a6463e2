import { Buffer } from 'node:buffer';
import { decodeText } from '../../../frames/bytes/byte-view.js';

/** The lines of a text by their places; they are decoded one at a time. */
export interface Lines {
  readonly count: number;
  text(k: number): string;
  /** Byte at which line k begins. */
  at(k: number): number;
}

/** Lines between `\n`, `\r\n` or `\r`. */
export function linesOf(bytes: Uint8Array): Lines {
  const starts = lineStarts(bytes);
  const plain = bytes.every((byte) => byte < 128);
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const end = (k: number) => starts[k + 1] ?? bytes.length;
  return {
    count: starts.length,
    at: (k) => starts[k] ?? bytes.length,
    text(k) {
      let to = end(k);
      while (to > starts[k] && isLineEnd(bytes[to - 1])) to--;
      return plain ? buffer.toString('latin1', starts[k], to) : decodeText(bytes.subarray(starts[k], to));
    },
  };
}

const isLineEnd = (byte: number): boolean => byte === 10 || byte === 13;

/** Counted first, so that no list grows: a file may have a line every other byte. */
function lineStarts(bytes: Uint8Array): Uint32Array {
  const endsAt = (at: number) => bytes[at] === 10 || (bytes[at] === 13 && bytes[at + 1] !== 10);
  let count = 1;
  for (let at = 0; at < bytes.length; at++) if (endsAt(at)) count++;
  const starts = new Uint32Array(count);
  for (let at = 0, k = 1; k < count; at++) if (endsAt(at)) starts[k++] = at + 1;
  return starts;
}
