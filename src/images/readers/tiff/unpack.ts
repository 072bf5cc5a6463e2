import { inflateSync } from 'node:zlib';
import { FileError } from '../../../frames/bytes/file-error.js';
import { unpackLzw } from './lzw.js';

type Unpack = (packed: Uint8Array, length: number, offset: number) => Uint8Array;

/** How the pixels of a strip or tile are unpacked, by TIFF's number of the compression. */
export const UNPACK: Readonly<Record<number, Unpack>> = {
  1: stored,
  5: unpackLzw,
  8: inflated,
  32946: inflated,
  32773: packBits,
};

function stored(packed: Uint8Array, length: number, offset: number): Uint8Array {
  if (packed.length < length)
    throw new FileError(`the pixels end after ${packed.length} of ${length} bytes`, offset + packed.length);
  return packed.slice(0, length);
}

function inflated(packed: Uint8Array, length: number, offset: number): Uint8Array {
  let out: Uint8Array;
  try {
    out = inflateSync(packed, { maxOutputLength: length + 65_536 });
  } catch (error) {
    throw new FileError(`the pixels cannot be unpacked: ${(error as Error).message}`, offset);
  }
  return stored(out, length, offset);
}

/** Runs: a count below 128 copies count + 1 bytes, one above 128 repeats the next byte 257 − count times. */
function packBits(packed: Uint8Array, length: number, offset: number): Uint8Array {
  const out = new Uint8Array(length);
  let written = 0;
  for (let at = 0; at < packed.length && written < length; ) {
    const count = packed[at++];
    if (count < 128) {
      const run = packed.subarray(at, at + Math.min(count + 1, length - written));
      out.set(run, written);
      written += run.length;
      at += count + 1;
    } else if (count > 128) {
      const end = Math.min(written + 257 - count, length);
      out.fill(packed[at++] ?? 0, written, end);
      written = end;
    }
  }
  if (written < length)
    throw new FileError(`the packed pixels end after ${written} of ${length} bytes`, offset + packed.length);
  return out;
}
