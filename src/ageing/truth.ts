import type { AgeingSet } from '../../data/synthetic-ageing/generate.js';
import { MARKS, TYPES } from '../../data/synthetic-ageing/world.js';
import { numbers } from '../frames/table.js';
import { checkWhole } from '../numeric/check.js';
import { type Matrix, matrix } from '../numeric/matrix.js';
import { overlapOf } from './bands.js';

/**
 * What the generator knows of where types left their marks: the share of each patch that one type marked.
 * @param rows - samples of the set. @param types - a type for each of them. @param grid - patches a side.
 * @returns n × grid² shares, 0 … 1.
 */
export function markedShares(
  { images: { size, marks } }: AgeingSet,
  rows: ArrayLike<number>,
  types: ArrayLike<number>,
  grid: number,
): Matrix {
  checkWhole('grid', grid, 1, size);
  if (size % grid !== 0)
    throw new RangeError(`grid must divide the picture's side of ${size} pixels, but is ${grid}`);
  const side = size / grid;
  const out = matrix(rows.length, grid * grid);
  for (let i = 0; i < rows.length; i++)
    for (let y = 0; y < size; y++)
      for (let x = 0; x < size; x++)
        if (marks[rows[i] * size * size + y * size + x] & (1 << types[i]))
          out.data[i * grid * grid + Math.floor(y / side) * grid + Math.floor(x / side)] += 1 / (side * side);
  return out;
}

/** Patches that hold more of a mark than the mean patch of their sample: 1, else 0; all 0 where nothing is marked. */
export function markedPatches(shares: Matrix): Matrix {
  const { rows, cols, data } = shares;
  const out = matrix(rows, cols);
  for (let i = 0; i < rows; i++) {
    let mean = 0;
    for (let k = 0; k < cols; k++) mean += data[i * cols + k] / cols;
    for (let k = 0; k < cols; k++) out.data[i * cols + k] = Number(data[i * cols + k] > mean);
  }
  return out;
}

/**
 * Tokens of the spectrum that lie where a type writes its bands, by `AGEING_MARKS`: n × tokens of 1 and 0.
 * @param tokens - ranges in cm⁻¹. @param types - n types.
 */
export function markedTokens(
  tokens: readonly (readonly [number, number])[],
  types: ArrayLike<number>,
): Matrix {
  return matrix(
    Array.from({ length: types.length }, (_, i) =>
      tokens.map((token) =>
        Number(
          MARKS[TYPES[types[i]]].bands.some(
            (band) => overlapOf(token, band) >= 0.3 || overlapOf(band, token) >= 0.5,
          ),
        ),
      ),
    ),
  );
}

/** Whether the generator writes a band for a type. */
export const writesBand = (type: number, range: readonly [number, number]): boolean =>
  MARKS[TYPES[type]].bands.some((band) => overlapOf(range, band) >= 0.5);

/** n × 7: the true shares of the types. */
export function trueShares({ truth }: AgeingSet): Matrix {
  const columns = TYPES.map((type) => numbers(truth, `weight ${type}`));
  return matrix(Array.from(columns[0], (_, i) => columns.map((column) => column[i])));
}
