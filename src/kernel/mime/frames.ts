import type { TableContent } from './table.js';

const MAX_ROWS = 1000;

interface DanfoFrame {
  shape: number[];
  columns: string[];
  index: (string | number)[];
  values: unknown[];
  $data: unknown;
}

/** A danfo DataFrame or Series as a table; undefined for anything else. */
export function danfoTable(value: unknown): TableContent | undefined {
  if (!isDanfo(value)) return undefined;
  const [rows, cols = 1] = value.shape;
  const cells = value.values.slice(0, MAX_ROWS) as unknown[];
  return {
    columns: value.columns.map(String),
    index: value.index.slice(0, MAX_ROWS).map(String),
    rows: cells.map((row) => (Array.isArray(row) ? row : [row])),
    caption: `${rows} rows × ${cols} columns`,
    total: rows,
  };
}

function isDanfo(value: unknown): value is DanfoFrame {
  if (typeof value !== 'object' || value === null || !('$data' in value) || !('$index' in value))
    return false;
  const { shape, columns, index, values } = value as Partial<DanfoFrame>;
  return [shape, columns, index, values].every(Array.isArray);
}

interface ArqueroTable {
  columnNames(): string[];
  numRows(): number;
  objects(options: { limit: number }): Record<string, unknown>[];
}

/** An arquero table as a table; undefined for anything else. */
export function arqueroTable(value: unknown): TableContent | undefined {
  if (!isArquero(value)) return undefined;
  const columns = value.columnNames();
  const rows = value.objects({ limit: MAX_ROWS });
  return {
    columns,
    index: rows.map((_, i) => String(i)),
    rows: rows.map((row) => columns.map((name) => row[name])),
    caption: `${value.numRows()} rows × ${columns.length} columns`,
    total: value.numRows(),
  };
}

function isArquero(value: unknown): value is ArqueroTable {
  if (typeof value !== 'object' || value === null) return false;
  const { columnNames, numRows, objects } = value as Partial<ArqueroTable>;
  return [columnNames, numRows, objects].every((method) => typeof method === 'function');
}
