import { type Column, type Table, textColumn } from './table.js';

/** One cell as a spreadsheet or a Parquet file gives it. */
export type Cell = string | number | bigint | boolean | Date | null | undefined;

/** Words that mean "nothing here", compared without case and surrounding blanks. */
export const MISSING_WORDS: readonly string[] = ['', 'na', 'n/a', '#n/a', 'nan', 'null', 'nd', '-', '--'];

/**
 * A table from columns of cells. A column is numbers when every filled cell is a number, a boolean (1 and 0) or the
 * text of a number; dates when every filled cell is a date; text otherwise.
 */
export function tableFromCells(
  names: readonly string[],
  cells: readonly (readonly Cell[])[],
  missing: readonly string[] = MISSING_WORDS,
): Table {
  const absent = new Set(missing.map((word) => word.toLowerCase()));
  const columns = new Map<string, Column>();
  names.forEach((name, j) => {
    columns.set(name, columnFromCells(cells[j], absent));
  });
  return { rows: cells[0]?.length ?? 0, columns };
}

function columnFromCells(cells: readonly Cell[], absent: ReadonlySet<string>): Column {
  const values = Array.from(cells, (cell) => tidy(cell, absent));
  const filled = values.filter((value) => value !== null);
  if (filled.length > 0 && filled.every((value) => value instanceof Date))
    return { kind: 'date', values: Float64Array.from(values, (value) => value?.valueOf() as number) };
  const asNumbers = values.map(numeric);
  return asNumbers.includes(null)
    ? textColumn(values.map((value) => (value instanceof Date ? value.toISOString() : value?.toString())))
    : { kind: 'number', values: Float64Array.from(asNumbers as number[]) };
}

function tidy(cell: Cell, absent: ReadonlySet<string>): string | number | Date | null {
  if (cell === null || cell === undefined) return null;
  if (typeof cell === 'string') return absent.has(cell.trim().toLowerCase()) ? null : cell;
  if (typeof cell === 'number' && (Number.isNaN(cell) || absent.has(String(cell)))) return null;
  return cell instanceof Date ? cell : Number(cell);
}

/** The number of a cell, NaN for a missing one, `null` where it is no number. */
function numeric(value: string | number | Date | null): number | null {
  if (value === null) return Number.NaN;
  if (typeof value === 'number') return value;
  return typeof value === 'string' ? numberFromText(value) : null;
}

/** A decimal number with a point, or `null`; unlike `Number` it takes no hexadecimal and no empty text. */
export function numberFromText(text: string): number | null {
  return /^\s*[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?\s*$/.test(text) ? Number(text) : null;
}

/** Header texts as unique names: blanks trimmed, an empty one named by its place, a repeated one numbered. */
export function uniqueNames(headers: readonly string[]): string[] {
  const seen = new Set<string>();
  return headers.map((header, j) => {
    const base = header.trim() || `column ${j + 1}`;
    let name = base;
    for (let k = 2; seen.has(name); k++) name = `${base} (${k})`;
    seen.add(name);
    return name;
  });
}
