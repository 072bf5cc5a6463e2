import { type Column, columnNames, columnOf, type Table } from './table.js';

/**
 * Tables with the same columns, in the same order: a column that a table lacks is added empty, so that source and
 * target can share one encoder and be put under one another.
 * @throws TypeError when a column is text in one table and numbers in another.
 */
export function alignTables(tables: readonly Table[]): Table[] {
  const kinds = new Map<string, Column['kind']>();
  for (const table of tables)
    for (const name of columnNames(table)) {
      const { kind } = columnOf(table, name);
      const known = kinds.get(name) ?? kind;
      if (known !== kind)
        throw new TypeError(`column "${name}" is ${known} in one table and ${kind} in another`);
      kinds.set(name, known);
    }
  return tables.map(({ rows, columns }) => ({
    rows,
    columns: new Map([...kinds].map(([name, kind]) => [name, columns.get(name) ?? emptyColumn(kind, rows)])),
  }));
}

const emptyColumn = (kind: Column['kind'], rows: number): Column =>
  kind === 'text'
    ? { kind, codes: new Int32Array(rows).fill(-1), words: [] }
    : { kind, values: new Float64Array(rows).fill(Number.NaN) };
