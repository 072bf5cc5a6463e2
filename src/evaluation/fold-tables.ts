import { takeTableRows, withColumns } from '../frames/rows.js';
import type { Split } from '../frames/splits.js';
import { numbers, type Table } from '../frames/table.js';
import { countPositive } from './labels.js';

/** The two sides of one fold. */
export interface FoldTables {
  readonly train: Table;
  /** Without label, viability and publication: a model cannot look at what is not there. */
  readonly test: Table;
}

const HIDDEN = ['toxic', 'viability_pct', 'group'];

/**
 * Cuts a table into the two sides of each fold. Every row carries an `id`, by which a leak is found later.
 * @param table - in the common schema, with `toxic` 0 or 1 in every row.
 * @throws RangeError when a label is missing or a training side has one class only.
 */
export function foldTables(table: Table, folds: readonly Split[]): FoldTables[] {
  const named = withIds(table);
  const labels = numbers(table, 'toxic');
  return folds.map(({ train, test }, fold) => {
    refuseOneClass(labels, train, fold);
    return { train: takeTableRows(named, train), test: hideTruth(takeTableRows(named, test)) };
  });
}

/** The table with an `id` column, its own where it has one. */
export function withIds(table: Table): Table {
  if (table.columns.has('id')) return table;
  const words = Array.from({ length: table.rows }, (_, i) => `row ${i + 1}`);
  return withColumns(table, [['id', { kind: 'text', codes: Int32Array.from(words, (_, i) => i), words }]]);
}

/** The table without label, viability and publication. */
export function hideTruth(table: Table): Table {
  return {
    rows: table.rows,
    columns: new Map([...table.columns].filter(([name]) => !HIDDEN.includes(name))),
  };
}

function refuseOneClass(labels: Float64Array, train: Int32Array, fold: number): void {
  const chosen = Float64Array.from(train, (i) => labels[i]);
  const wrong = chosen.findIndex((label) => label !== 0 && label !== 1);
  if (wrong >= 0)
    throw new RangeError(
      `toxic must be 0 or 1 in every row, but row ${train[wrong] + 1} is ${chosen[wrong]}`,
    );
  const positive = countPositive(chosen);
  if (positive > 0 && positive < chosen.length) return;
  throw new RangeError(
    `fold ${fold + 1} trains on one class only (${positive} toxic of ${chosen.length} rows); use fewer folds or another threshold`,
  );
}
