/** A number as people write it in tables: with a spread, as a range, with a unit in brackets. */
export interface Quantity {
  /** The value before ±, or the middle of a range. */
  readonly value: number;
  readonly form: 'plain' | 'spread' | 'range';
  /** What stands in the last brackets, or the empty text. */
  readonly unit: string;
}

const NUMBER = String.raw`[+-]?\s*(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?`;
const UNSIGNED = String.raw`(?:\d+\.?\d*|\.\d+)`;
const PATTERN = new RegExp(
  String.raw`^(${NUMBER})\s*(?:\(?\s*±\s*(${UNSIGNED})\s*\)?|-\s*(${UNSIGNED}))?\s*(?:\(([^()±]*)\))?$`,
);

/**
 * Reads `50`, `-27.9 ± 1.7`, `172.43 (± 9.79)`, `25000–75000`, `6.5 (µg/cm2)`, `- 60.4`; `null` for anything else.
 * Typographic minus signs, dashes and full-width brackets count as the plain ones.
 */
export function parseQuantity(text: string): Quantity | null {
  const plain = text
    .replace(/[−–—]/g, '-')
    .replace(/（/g, '(')
    .replace(/）/g, ')')
    .replace(/\+\/-/g, '±')
    .trim();
  const found = PATTERN.exec(plain);
  if (!found) return null;
  const [, first, spread, upper, unit = ''] = found;
  const value = Number(first.replace(/\s/g, ''));
  if (upper !== undefined) return { value: (value + Number(upper)) / 2, form: 'range', unit: unit.trim() };
  return { value, form: spread === undefined ? 'plain' : 'spread', unit: unit.trim() };
}
