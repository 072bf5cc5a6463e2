import { type Matrix, row } from '../numeric/matrix.js';
import { random } from '../numeric/random.js';

/**
 * Control: each picture with the spectrum of a sample of another class. What attention still says of the picture then
 * does not come from what the two have in common.
 * @param rows - n × (pixels + points). @param pixels - columns of the picture. @param types - n classes.
 * @returns rows with exchanged spectra, and where each spectrum is from.
 * @throws RangeError when all rows are of one class.
 */
export function shufflePairs(
  rows: Matrix,
  pixels: number,
  types: ArrayLike<number>,
  seed = 1,
): { readonly rows: Matrix; readonly from: Int32Array } {
  const draw = random(seed).fork('shuffled pairs');
  const from = Int32Array.from({ length: rows.rows }, (_, i) => {
    const others = Array.from({ length: rows.rows }, (_, k) => k).filter((k) => types[k] !== types[i]);
    if (others.length === 0)
      throw new RangeError('types must hold at least two classes to shuffle pairs, but hold one');
    return others[draw.integer(others.length)];
  });
  const shuffled = { ...rows, data: rows.data.slice() };
  from.forEach((k, i) => {
    row(shuffled, i).set(row(rows, k).subarray(pixels), pixels);
  });
  return { rows: shuffled, from };
}
