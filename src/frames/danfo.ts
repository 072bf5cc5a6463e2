import { createRequire } from 'node:module';
import type { DataFrame } from 'danfojs-node';
import { tensorflow } from '../numeric/tensorflow.js';
import { type Column, columnNames, type Table, textAt } from './table.js';

/**
 * The table as a danfo DataFrame. danfo keeps rows of JavaScript values, so everything is copied; it is loaded (with
 * TensorFlow under it) the first time a frame is asked for. Missing numbers are NaN, missing texts `null`.
 */
export function toDanfo(table: Table): DataFrame {
  tensorflow(); // before danfo looks for it: the addon may have to be replaced
  const danfo = createRequire(import.meta.url)('danfojs-node') as typeof import('danfojs-node');
  const columns = [...table.columns.values()];
  const rows = Array.from({ length: table.rows }, (_, i) => columns.map((column) => valueAt(column, i)));
  return new danfo.DataFrame(rows, {
    columns: columnNames(table),
    dtypes: columns.map((column) => (column.kind === 'number' ? 'float32' : 'string')),
  });
}

const valueAt = (column: Column, i: number): number | string | null =>
  column.kind === 'number' ? column.values[i] : textAt(column, i);
