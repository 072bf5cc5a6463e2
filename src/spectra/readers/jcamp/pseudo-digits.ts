import type { Scanned } from '../number.js';

export const SQUEEZED = 1;
export const DIFFERENCE = 2;
export const DUPLICATE = 3;

const kinds = new Uint8Array(256);
const firstDigits = new Int8Array(256);
alphabet('@ABCDEFGHI', SQUEEZED, 0, 1);
alphabet('abcdefghi', SQUEEZED, -1, -1);
alphabet('%JKLMNOPQR', DIFFERENCE, 0, 1);
alphabet('jklmnopqr', DIFFERENCE, -1, -1);
alphabet('STUVWXYZs', DUPLICATE, 1, 1);

function alphabet(letters: string, kind: number, first: number, step: number): void {
  for (let k = 0; k < letters.length; k++) {
    kinds[letters.charCodeAt(k)] = kind;
    firstDigits[letters.charCodeAt(k)] = first + k * step;
  }
}

/** Whether a byte is a letter that stands for a first digit, and of which kind; 0 when it is none. */
export const pseudoDigit = (byte: number): number => kinds[byte];

/** Reads the letter at `from` and the digits behind it. */
export function scanPseudo(bytes: Uint8Array, from: number, to: number, out: Scanned): void {
  const first = firstDigits[bytes[from]];
  let at = from + 1;
  let value = Math.abs(first);
  while (at < to && bytes[at] >= 48 && bytes[at] <= 57) value = value * 10 + bytes[at++] - 48;
  out.value = first < 0 ? -value : value;
  out.end = at;
}
