import { type Scanned, scanNumber } from '../number.js';
import type { TableOptions } from './asdf.js';
import { GrowingNumbers } from './growing.js';
import { isLineEnd, lineEnd, notNumber, skipSeparators } from './lines.js';

export interface Pairs {
  /** n abscissae and n ordinates, before the factors. */
  readonly x: Float64Array;
  readonly y: Float64Array;
}

/**
 * Decodes `(XY..XY)`: pairs of free numbers between commas, semicolons, blanks and line ends. A third entry, the width
 * or the `<assignment>` of a peak table, is passed over where `columns` says so.
 */
export function decodePairs(
  bytes: Uint8Array,
  from: number,
  to: number,
  { expected, decimalComma, columns = 2 }: TableOptions & { columns?: number },
): Pairs {
  const x = new GrowingNumbers(expected, bytes.length);
  const y = new GrowingNumbers(expected, bytes.length);
  const scanned: Scanned = { value: 0, end: 0 };
  let column = 0;
  for (let at = skipSeparators(bytes, from, to); at < to; at = skipSeparators(bytes, at, to)) {
    if (isLineEnd(bytes[at]) || bytes[at] === 40 || bytes[at] === 41) at++;
    else if (bytes[at] === 60) at = closingBracket(bytes, at, to);
    else {
      if (bytes[at] === 63) unknown(scanned, at);
      else if (!scanNumber(bytes, at, to, scanned, { decimalComma })) throw notNumber(bytes, at);
      if (column < 2) (column === 0 ? x : y).push(scanned.value, at);
      column = (column + 1) % columns;
      at = scanned.end;
    }
  }
  if (x.length > y.length) throw notNumber(bytes, Math.min(to, bytes.length));
  return { x: x.finished(), y: y.finished() };
}

function unknown(scanned: Scanned, at: number): void {
  scanned.value = Number.NaN;
  scanned.end = at + 1;
}

function closingBracket(bytes: Uint8Array, at: number, to: number): number {
  const end = lineEnd(bytes, at, to);
  while (at < end && bytes[at] !== 62) at++;
  return at === end ? end : at + 1;
}
