import { FileError } from '../../../frames/bytes/file-error.js';
import { isComment } from './labels.js';

/** Whether a byte stands between the numbers of a table. */
export const isSeparator = (byte: number): boolean =>
  byte === 32 || byte === 9 || byte === 44 || byte === 59 || byte === 0;

export const isLineEnd = (byte: number): boolean => byte === 10 || byte === 13;

/** Where this line ends. */
export function lineEnd(bytes: Uint8Array, at: number, to: number): number {
  while (at < to && !isLineEnd(bytes[at])) at++;
  return at;
}

/** Behind separators and comments. */
export function skipSeparators(bytes: Uint8Array, at: number, to: number): number {
  while (at < to && isSeparator(bytes[at])) at++;
  return isComment(bytes, at) ? lineEnd(bytes, at, to) : at;
}

/** What may be left of a number where a file is cut. */
const LONGEST_PIECE = 24;

/** What is said of a table that holds something else than numbers. */
export function notNumber(bytes: Uint8Array, at: number): FileError {
  const rest = bytes.length - at;
  if (rest <= LONGEST_PIECE && !bytes.subarray(at).some(isLineEnd))
    return new FileError('the file ends within a number or a pair of its table; it is cut off', at);
  const shown = String.fromCharCode(...bytes.subarray(at, at + 12)).replace(/[^\x20-\x7e]/g, '·');
  return new FileError(`the table must hold numbers, but has "${shown}"; the file is damaged`, at);
}
