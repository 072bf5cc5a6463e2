/** Numbers, one per row; NaN where the value is missing. */
export interface NumberColumn {
  readonly kind: 'number';
  readonly values: Float64Array;
}

/** Dictionary-coded text: row i holds `words[codes[i]]`, or nothing where the code is −1. */
export interface TextColumn {
  readonly kind: 'text';
  readonly codes: Int32Array;
  readonly words: readonly string[];
}

/** Moments as milliseconds since 1970-01-01 UTC; NaN where the value is missing. */
export interface DateColumn {
  readonly kind: 'date';
  readonly values: Float64Array;
}

export type Column = NumberColumn | TextColumn | DateColumn;

/** A table by columns, in file order: what every reader returns, and what danfo and arquero tables are made from. */
export interface Table {
  readonly rows: number;
  readonly columns: ReadonlyMap<string, Column>;
}

/** What a column may be made from: numbers, or texts with `null` (or the empty text) where one is missing. */
export type Values = Column | Float64Array | readonly number[] | readonly (string | null | undefined)[];

/**
 * A table from named columns.
 * @throws RangeError when two columns differ in length.
 */
export function table(
  columns: Readonly<Record<string, Values>> | Iterable<readonly [string, Values]>,
): Table {
  const entries = Symbol.iterator in columns ? [...(columns as never)] : Object.entries(columns);
  const built = new Map<string, Column>();
  let rows = -1;
  for (const [name, values] of entries as [string, Values][]) {
    const column = toColumn(values);
    const length = columnLength(column);
    if (rows >= 0 && length !== rows)
      throw new RangeError(`column "${name}" has ${length} rows, but the columns before it have ${rows}`);
    rows = length;
    built.set(name, column);
  }
  return { rows: Math.max(rows, 0), columns: built };
}

function toColumn(values: Values): Column {
  if ('kind' in values) return values;
  if (values instanceof Float64Array) return { kind: 'number', values };
  const first = values.find((value) => value !== null && value !== undefined);
  return typeof first === 'number'
    ? {
        kind: 'number',
        values: Float64Array.from(values as readonly number[], (value) => value ?? Number.NaN),
      }
    : textColumn(values as readonly string[]);
}

/** Texts coded by their words, in order of appearance; `null` and the empty text are missing. */
export function textColumn(texts: Iterable<string | null | undefined>): TextColumn {
  const codeOf = new Map<string, number>();
  const codes = Int32Array.from(texts, (text) => {
    if (text === null || text === undefined || text === '') return -1;
    const known = codeOf.get(text) ?? codeOf.size;
    codeOf.set(text, known);
    return known;
  });
  return { kind: 'text', codes, words: [...codeOf.keys()] };
}

export const columnLength = (column: Column): number =>
  column.kind === 'text' ? column.codes.length : column.values.length;

/** The names of the columns, in order. */
export const columnNames = (table: Table): string[] => [...table.columns.keys()];

/**
 * One column by name.
 * @throws RangeError when the table has no such column.
 */
export function columnOf(table: Table, name: string): Column {
  const column = table.columns.get(name);
  if (!column) throw new RangeError(`table has no column "${name}"; it has ${quoted(columnNames(table))}`);
  return column;
}

export const quoted = (names: readonly string[]): string => names.map((name) => `"${name}"`).join(', ');

/**
 * The numbers of a column, as a view; NaN where missing.
 * @throws TypeError when the column is text.
 */
export function numbers(table: Table, name: string): Float64Array {
  const column = columnOf(table, name);
  if (column.kind === 'text') throw new TypeError(`column "${name}" must be numbers, but it is text`);
  return column.values;
}

/** The texts of a column; `null` where missing, numbers written as JavaScript writes them, dates as ISO 8601. */
export function texts(table: Table, name: string): (string | null)[] {
  const column = columnOf(table, name);
  return Array.from({ length: table.rows }, (_, i) => textAt(column, i));
}

/** One value as text, or `null` where it is missing. */
export function textAt(column: Column, i: number): string | null {
  if (column.kind === 'text') return column.codes[i] < 0 ? null : column.words[column.codes[i]];
  const value = column.values[i];
  if (Number.isNaN(value)) return null;
  return column.kind === 'date' ? new Date(value).toISOString() : String(value);
}

/** Whether row `i` of the column holds nothing. */
export const isMissing = (column: Column, i: number): boolean =>
  column.kind === 'text' ? column.codes[i] < 0 : Number.isNaN(column.values[i]);

/** How many rows of the column hold nothing. */
export function countMissing(column: Column): number {
  let count = 0;
  for (let i = 0; i < columnLength(column); i++) if (isMissing(column, i)) count++;
  return count;
}
