import { FileError } from '../../../frames/bytes/file-error.js';

const CLEAR = 256;
const END = 257;
const LAST = 4095;

/**
 * Unpacks TIFF's LZW: codes of 9 to 12 bits, highest bit first, which grow one code early.
 * @param length - how many bytes are expected; what comes after them is left.
 * @param offset - byte of the file at which the packed bytes begin.
 * @throws FileError at a code that has no meaning yet.
 */
export function unpackLzw(packed: Uint8Array, length: number, offset: number): Uint8Array {
  const out = new Uint8Array(length);
  // Each code stands for a stretch of what was written before: where it starts and how long it is.
  const starts = new Int32Array(LAST + 1);
  const lengths = new Int32Array(LAST + 1);
  let [written, next, width, before] = [0, END + 1, 9, -1];
  for (let bit = 0; written < length && bit + width <= 8 * packed.length; ) {
    const code = codeAt(packed, bit, width);
    bit += width;
    if (code === END) break;
    if (code === CLEAR) {
      [next, width, before] = [END + 1, 9, -1];
      continue;
    }
    if (code > next || (code === next && before < 0) || code > LAST)
      throw new FileError(
        `the packed pixels hold code ${code}, which has no meaning there`,
        offset + (bit >> 3),
      );
    const start = written;
    if (code < CLEAR) out[written++] = code;
    else {
      // The code that is just being made repeats the stretch before it and its own first byte.
      const [from, count] = code < next ? [starts[code], lengths[code]] : [before, start - before + 1];
      for (let k = 0; k < count && written < length; k++) out[written++] = out[from + k];
    }
    if (before >= 0 && next <= LAST) {
      starts[next] = before;
      lengths[next++] = start - before + 1;
    }
    before = start;
    if (next + 1 >= 1 << width && width < 12) width++;
  }
  if (written < length)
    throw new FileError(`the packed pixels end after ${written} of ${length} bytes`, offset + packed.length);
  return out;
}

function codeAt(packed: Uint8Array, bit: number, width: number): number {
  const at = bit >> 3;
  const word = (packed[at] << 16) | ((packed[at + 1] ?? 0) << 8) | (packed[at + 2] ?? 0);
  return (word >> (24 - width - (bit & 7))) & ((1 << width) - 1);
}
