import { numberFromText } from '../cells.js';
import type { Column, TextColumn } from '../table.js';
import type { CsvKernel, Kind } from './kernel.js';

/** Columns that grow block by block. */
export interface GrowingColumns {
  /** Appends the kernel's block; `expected` is how many rows there will be in all, as far as one can tell. */
  append(kernel: CsvKernel, expected: number): void;
  /** Appends columns that another thread has read; `recode` gives the code here of a text column's code there. */
  join(rows: number, parts: readonly (Float64Array | Int32Array)[], recode: (j: number) => Int32Array): void;
  /** Column j so far, as a view. */
  values(j: number): Float64Array | Int32Array;
  readonly rows: number;
  /** Column j, cut to its length. */
  column(j: number, words: (j: number) => string[], missing: ReadonlySet<string>): Column;
}

/** Empty columns of the given kinds. */
export function growingColumns(kinds: readonly Kind[]): GrowingColumns {
  const columns = kinds.map((kind) => (kind === 'text' ? new Int32Array() : new Float64Array()));
  let rows = 0;

  function append(kernel: CsvKernel, expected: number): void {
    const more = kernel.rows();
    for (let j = 0; j < kinds.length; j++) {
      if (kinds[j] === 'skip') continue;
      reserve(j, rows + more, expected);
      columns[j].set(kernel.block(j), rows);
    }
    rows += more;
  }

  function reserve(j: number, needed: number, expected: number): void {
    if (columns[j].length < needed) columns[j] = grown(columns[j], Math.max(expected, needed));
  }

  function join(
    more: number,
    parts: readonly (Float64Array | Int32Array)[],
    recode: (j: number) => Int32Array,
  ): void {
    for (let j = 0; j < kinds.length; j++) {
      if (kinds[j] === 'skip') continue;
      reserve(j, rows + more, 0);
      columns[j].set(parts[j], rows);
      if (kinds[j] === 'text') translate(columns[j].subarray(rows, rows + more), recode(j));
    }
    rows += more;
  }

  return {
    ...{ append, join, values: (j) => columns[j].subarray(0, rows) },
    get rows() {
      return rows;
    },
    column(j, words, missing) {
      const cut = columns[j].subarray(0, rows);
      return cut instanceof Int32Array
        ? withoutMissing({ kind: 'text', codes: cut, words: words(j) }, missing)
        : { kind: 'number', values: withoutNumbers(cut, missing) };
    },
  };
}

/** Codes in another dictionary; missing ones stay −1. */
function translate(codes: Float64Array | Int32Array, recode: Int32Array): void {
  for (let i = 0; i < codes.length; i++) if (codes[i] >= 0) codes[i] = recode[codes[i]];
}

/** A longer copy. Pages that are never written take no memory, so that room to spare is free. */
function grown<T extends Float64Array | Int32Array>(values: T, needed: number): T {
  const length = Math.max(needed, Math.ceil(1.5 * values.length));
  const longer = new (values.constructor as new (length: number) => T)(length);
  longer.set(values);
  return longer;
}

/** Codes of words that mean "missing" become −1. */
function withoutMissing(column: TextColumn, missing: ReadonlySet<string>): TextColumn {
  const { words, codes } = column;
  const absent = words.map((word) => missing.has(word.trim().toLowerCase()));
  if (!absent.includes(true)) return column;
  let kept = 0;
  const recode = absent.map((gone) => (gone ? -1 : kept++));
  for (let i = 0; i < codes.length; i++) if (codes[i] >= 0) codes[i] = recode[codes[i]];
  return { kind: 'text', codes, words: words.filter((_, k) => !absent[k]) };
}

/** Numbers that mean "missing", such as −999, become NaN. */
function withoutNumbers(values: Float64Array, missing: ReadonlySet<string>): Float64Array {
  const absent = new Set([...missing].flatMap((word) => numberFromText(word) ?? []));
  if (absent.size > 0)
    for (let i = 0; i < values.length; i++) if (absent.has(values[i])) values[i] = Number.NaN;
  return values;
}
