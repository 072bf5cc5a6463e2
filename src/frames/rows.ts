import {
  type Column,
  columnNames,
  columnOf,
  type NumberColumn,
  quoted,
  type Table,
  type TextColumn,
} from './table.js';

/** The rows named by `indices`, in that order, as a new table. */
export function takeTableRows(table: Table, indices: ArrayLike<number>): Table {
  const columns = new Map<string, Column>();
  for (const [name, column] of table.columns) columns.set(name, takeValues(column, indices));
  return { rows: indices.length, columns };
}

/** Some values of a column, in the order of `indices`. */
export function takeValues(column: Column, indices: ArrayLike<number>): Column {
  if (column.kind === 'text') return { ...column, codes: Int32Array.from(indices, (i) => column.codes[i]) };
  return { ...column, values: Float64Array.from(indices, (i) => column.values[i]) };
}

/** The rows for which `keep` says yes, as a new table. */
export function filterRows(table: Table, keep: (row: number) => boolean): Table {
  const kept: number[] = [];
  for (let i = 0; i < table.rows; i++) if (keep(i)) kept.push(i);
  return takeTableRows(table, kept);
}

/** The table with columns added, or replaced where the name is taken. */
export function withColumns(table: Table, added: Iterable<readonly [string, Column]>): Table {
  return { rows: table.rows, columns: new Map([...table.columns, ...added]) };
}

/**
 * The rows of several tables under one another.
 * @throws RangeError when a table lacks a column of the first; TypeError when a column changes its kind.
 */
export function concatTables(tables: readonly Table[]): Table {
  if (tables.length === 0) throw new RangeError('tables must hold at least one table, but is empty');
  const columns = new Map<string, Column>();
  for (const name of columnNames(tables[0])) {
    const parts = tables.map((part) => columnOf(part, name));
    const other = parts.find((part) => part.kind !== parts[0].kind);
    if (other)
      throw new TypeError(`column "${name}" is ${parts[0].kind} in one table and ${other.kind} in another`);
    columns.set(name, concatColumns(parts));
  }
  const extra = tables.flatMap(columnNames).filter((name) => !columns.has(name));
  if (extra.length > 0)
    throw new RangeError(`the first table has no column ${quoted(extra)}; other tables have`);
  return { rows: tables.reduce((sum, part) => sum + part.rows, 0), columns };
}

function concatColumns(parts: readonly Column[]): Column {
  if (parts[0].kind === 'text') return concatTexts(parts as readonly TextColumn[]);
  const columns = parts as readonly NumberColumn[];
  const values = new Float64Array(columns.reduce((sum, part) => sum + part.values.length, 0));
  let at = 0;
  for (const part of columns) {
    values.set(part.values, at);
    at += part.values.length;
  }
  return { kind: parts[0].kind, values };
}

function concatTexts(parts: readonly TextColumn[]): TextColumn {
  const codeOf = new Map<string, number>();
  const codes: Int32Array = new Int32Array(parts.reduce((sum, part) => sum + part.codes.length, 0));
  let at = 0;
  for (const part of parts) {
    const recode = part.words.map((word) => {
      const code = codeOf.get(word) ?? codeOf.size;
      codeOf.set(word, code);
      return code;
    });
    for (const code of part.codes) codes[at++] = code < 0 ? -1 : recode[code];
  }
  return { kind: 'text', codes, words: [...codeOf.keys()] };
}

/**
 * The table with the named columns only, in that order.
 * @throws RangeError when it lacks one.
 */
export function onlyColumns(table: Table, names: readonly string[]): Table {
  return { rows: table.rows, columns: new Map(names.map((name) => [name, columnOf(table, name)])) };
}
