import { SCHEMA_NAMES } from './schema.js';
import { type Column, columnOf, type Table, textAt } from './table.js';

export interface DuplicateOptions {
  /** Columns that must agree; default: all of the schema but `class`, `toxic` and `group`. */
  readonly by?: readonly string[];
  /** Significant digits to which numbers must agree; 6. */
  readonly digits?: number;
}

const COMPARED = SCHEMA_NAMES.filter((name) => !['class', 'toxic', 'group'].includes(name));

/**
 * Rows of a table that repeat one another.
 * @returns each set of equal rows, as row numbers in rising order.
 * @throws RangeError for a column that is not there.
 */
export function duplicateRows(table: Table, options: DuplicateOptions = {}): number[][] {
  return [...rowsByKey(table, options).values()].filter((rows) => rows.length > 1);
}

/**
 * Rows that two tables have both: a row counts where its key is in both.
 * @returns for each key in both tables its rows in either.
 * @throws RangeError for a column that is not there.
 */
export function rowsInBoth(
  a: Table,
  b: Table,
  options: DuplicateOptions = {},
): { a: number[]; b: number[] }[] {
  const right = rowsByKey(b, options);
  return [...rowsByKey(a, options)].flatMap(([key, rows]) => {
    const others = right.get(key);
    return others ? [{ a: rows, b: others }] : [];
  });
}

function rowsByKey(table: Table, { by = COMPARED, digits = 6 }: DuplicateOptions): Map<string, number[]> {
  if (by.length === 0) throw new RangeError('by must name at least one column, but is empty');
  const columns = by.map((name) => columnOf(table, name));
  const found = new Map<string, number[]>();
  for (let i = 0; i < table.rows; i++) {
    const key = JSON.stringify(columns.map((column) => valueAt(column, i, digits)));
    const rows = found.get(key);
    if (rows) rows.push(i);
    else found.set(key, [i]);
  }
  return found;
}

function valueAt(column: Column, i: number, digits: number): string | null {
  if (column.kind === 'text') return textAt(column, i);
  return Number.isNaN(column.values[i]) ? null : String(Number(column.values[i].toPrecision(digits)));
}
