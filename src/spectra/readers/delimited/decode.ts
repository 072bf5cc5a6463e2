import { FileError } from '../../../frames/bytes/file-error.js';

/** The text of a file as UTF-8 or Latin bytes, and how to find a place of it in the file again. */
export interface DecodedText {
  readonly bytes: Uint8Array;
  /** The byte of the file that stands at a byte of `bytes`. */
  readonly inFile: (at: number) => number;
}

/**
 * Takes a byte order mark away and turns UTF-16 into UTF-8.
 * @throws FileError when the bytes are no text.
 */
export function decodeBytes(bytes: Uint8Array): DecodedText {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf)
    return { bytes: bytes.subarray(3), inFile: (at) => at + 3 };
  const wide = wideEncoding(bytes);
  if (wide) {
    const text = new TextDecoder(wide).decode(bytes.subarray(0, bytes.length & ~1));
    return { bytes: new TextEncoder().encode(text), inFile: (at) => Math.min(2 * at, bytes.length) };
  }
  const control = bytes
    .subarray(0, 4096)
    .findIndex((b) => b < 32 && b !== 9 && b !== 10 && b !== 13 && b !== 26);
  if (control >= 0)
    throw new FileError(
      `the file is not text (its byte ${control} is ${bytes[control]}) and its beginning is that of no spectrum format`,
      control,
    );
  return { bytes, inFile: (at) => at };
}

/** UTF-16 by its mark, or by a NUL in every other byte. */
function wideEncoding(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  const nuls = (parity: number) =>
    bytes.subarray(0, 64).reduce((count, b, k) => count + Number(b === 0 && k % 2 === parity), 0);
  if (bytes.length >= 32 && nuls(1) > 24 && nuls(0) === 0) return 'utf-16le';
  if (bytes.length >= 32 && nuls(0) > 24 && nuls(1) === 0) return 'utf-16be';
  return null;
}
