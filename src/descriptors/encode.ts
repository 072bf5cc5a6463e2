import { type Column, columnOf, numbers, type Table, type TextColumn, textAt } from '../frames/table.js';
import type { Matrix } from '../numeric/matrix.js';
import {
  type Encoder,
  type FrequencyEncoding,
  featureNames,
  NOT_STATED,
  type NumberEncoding,
  type WordEncoding,
} from './encoder.js';
import type { Features } from './features.js';
import { transform } from './fit-columns.js';

/**
 * The features of a table under a fitted encoder.
 * @param options.ids - names of the rows; `row 1`, `row 2`, …
 * @throws RangeError when the table lacks a column that the encoder was fitted on.
 */
export function encode(encoder: Encoder, table: Table, { ids }: { ids?: readonly string[] } = {}): Features {
  const { names, groups } = featureNames(encoder);
  const values: Matrix = {
    rows: table.rows,
    cols: names.length,
    data: new Float64Array(table.rows * names.length),
  };
  let at = 0;
  for (const part of encoder.columns) {
    if (part.kind === 'words') {
      writeWords(values, at, part, columnOf(table, part.column));
      at += part.levels.length;
    } else if (part.kind === 'frequency') {
      writeShares(values, at, part, columnOf(table, part.column));
      at += 1;
    } else {
      writeNumbers(values, at, part, numbers(table, part.column));
      at += part.missing ? 2 : 1;
    }
  }
  return { ids: ids ?? Array.from({ length: table.rows }, (_, i) => `row ${i + 1}`), names, groups, values };
}

function writeWords(X: Matrix, at: number, part: WordEncoding, column: Column): void {
  const place = new Map(part.levels.map((level, k) => [level, at + k]));
  const known = column.kind === 'text' ? wordPlaces(column, place) : undefined;
  for (let i = 0; i < X.rows; i++) {
    const j = known ? known(i) : place.get(textAt(column, i) ?? NOT_STATED);
    if (j !== undefined) X.data[i * X.cols + j] = 1;
  }
}

/** Looks each word of the dictionary up once instead of once a row. */
function wordPlaces(column: TextColumn, place: Map<string, number>): (row: number) => number | undefined {
  const byCode = column.words.map((word) => place.get(word));
  const empty = place.get(NOT_STATED);
  return (i) => (column.codes[i] < 0 ? empty : byCode[column.codes[i]]);
}

function writeShares(X: Matrix, at: number, part: FrequencyEncoding, column: Column): void {
  const shares = new Map(part.levels.map((level, k) => [level, part.shares[k]]));
  for (let i = 0; i < X.rows; i++) {
    const share = shares.get(textAt(column, i) ?? NOT_STATED) ?? 0;
    X.data[i * X.cols + at] = (share - part.mean) / part.deviation;
  }
}

function writeNumbers(X: Matrix, at: number, part: NumberEncoding, values: Float64Array): void {
  for (let i = 0; i < X.rows; i++) {
    const known = Number.isFinite(values[i]);
    const value = known ? transform(values[i], part.logarithm, part.floor) : part.median;
    X.data[i * X.cols + at] = (value - part.mean) / part.deviation;
    if (part.missing && !known) X.data[i * X.cols + at + 1] = 1;
  }
}
