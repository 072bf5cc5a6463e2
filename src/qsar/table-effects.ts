import {
  type AccumulatedEffects,
  accumulatedEffects,
  type EffectsOptions,
} from '../attribution/accumulated-effects.js';
import { takeTableRows, withColumns } from '../frames/rows.js';
import { numbers, type Table, texts } from '../frames/table.js';
import type { TablePredict } from './table-predict.js';

/**
 * What the predicted probability changes by along one number column, such as dose, time or size, by accumulated local
 * effects; bounds by a bootstrap over publications. It says how the model answers, not what dose does to a cell.
 * @param predict - a model as a function of rows: `tablePredict(model)`.
 * @param table - rows in the common schema; those without the number are left out.
 * @throws RangeError as `accumulatedEffects` does; TypeError when the column is text.
 */
export async function tableEffects(
  predict: TablePredict,
  table: Table,
  column: string,
  options: Omit<EffectsOptions, 'groups'> = {},
): Promise<AccumulatedEffects> {
  const groups = texts(table, 'group').map((group, i) => group ?? `row ${i}`);
  return accumulatedEffects(
    numbers(table, column),
    (rows, values) =>
      predict(withColumns(takeTableRows(table, rows), [[column, { kind: 'number', values }]])),
    { ...options, groups },
  );
}
