/** What stands at a place of a table: a number and where it ends. One object is used again and again. */
export interface Scanned {
  value: number;
  end: number;
}

const POWERS = Float64Array.from({ length: 23 }, (_, k) => Number(`1e${k}`));

/**
 * Reads an unsigned or signed decimal number, rounded as `Number` rounds it: up to 15 digits and 22 decimals by an
 * exact division (Clinger 1990, doi:10.1145/93542.93557), else through its text.
 * @param exponents - whether `E` begins an exponent here even without a sign behind it.
 * @returns whether a number was there.
 */
export function scanNumber(
  bytes: Uint8Array,
  from: number,
  to: number,
  out: Scanned,
  { exponents = true, decimalComma = false }: { exponents?: boolean; decimalComma?: boolean } = {},
): boolean {
  let at = from;
  const negative = bytes[at] === 45;
  if (negative || bytes[at] === 43) at++;
  let mantissa = 0;
  let digits = 0;
  let decimals = 0;
  let point = -1;
  for (; at < to; at++) {
    const digit = bytes[at] - 48;
    if (digit >= 0 && digit <= 9) {
      mantissa = mantissa * 10 + digit;
      digits++;
      if (point >= 0) decimals++;
    } else if (point < 0 && (bytes[at] === 46 || (decimalComma && bytes[at] === 44))) point = at;
    else break;
  }
  if (digits === 0) return false;
  const end = exponentEnd(bytes, at, to, exponents);
  out.end = end;
  if (end === at && digits <= 15 && decimals <= 22)
    out.value = (negative ? -mantissa : mantissa) / POWERS[decimals];
  else out.value = throughText(bytes, from, end);
  return true;
}

/** Where an exponent that begins at `at` ends; `at` itself where none does. */
function exponentEnd(bytes: Uint8Array, at: number, to: number, unsigned: boolean): number {
  if (at >= to || (bytes[at] | 32) !== 101) return at;
  const sign = bytes[at + 1] === 43 || bytes[at + 1] === 45;
  if (!sign && !unsigned) return at;
  const first = at + (sign ? 2 : 1);
  let end = first;
  while (end < to && bytes[end] >= 48 && bytes[end] <= 57) end++;
  return end > first ? end : at;
}

const throughText = (bytes: Uint8Array, from: number, to: number): number =>
  Number(String.fromCharCode(...bytes.subarray(from, Math.min(to, from + 400))).replace(',', '.'));
