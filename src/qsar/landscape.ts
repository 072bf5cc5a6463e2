import { concatTables, onlyColumns, takeTableRows } from '../frames/rows.js';
import type { Table } from '../frames/table.js';
import { modelFeatures, type ToxicityModel } from '../models/toxicity-model.js';
import type { Matrix } from '../numeric/matrix.js';
import { random } from '../numeric/random.js';

/** Rows of several tables in one space, ready for a map. */
export interface Landscape {
  /** n × d features of the model. */
  readonly values: Matrix;
  /** The table that each row is from. */
  readonly classes: readonly string[];
}

/**
 * Brings rows of several tables into the feature space of a model, at most `rows` of each, drawn at random: a map of
 * some thousand points says what one of ten thousand says.
 * @param tables - by name, such as `source` and `T1`.
 */
export function landscape(
  model: ToxicityModel,
  tables: Readonly<Record<string, Table>>,
  { rows = 1000, seed = 1 }: { rows?: number; seed?: number } = {},
): Landscape {
  const columns = model.encoder.columns.map((part) => part.column);
  const drawn = Object.entries(tables).map(([name, table]): [string, Table] => {
    const order = random(seed).fork(name).permutation(table.rows);
    return [name, onlyColumns(takeTableRows(table, order.subarray(0, rows)), columns)];
  });
  return {
    values: modelFeatures(model, concatTables(drawn.map(([, table]) => table))).values,
    classes: drawn.flatMap(([name, table]) => Array<string>(table.rows).fill(name)),
  };
}
