import type { Split } from '../frames/splits.js';
import type { Table } from '../frames/table.js';
import { foldTables } from './fold-tables.js';
import { type CrossValidation, type FoldResult, gatherFolds } from './gather-folds.js';

/**
 * Trains on one side of a fold and predicts the other. The test table has no label, no viability and no publication:
 * a model cannot look at what is not there.
 */
export type FitPredict = (train: Table, test: Table, fold: number) => FoldResult | Promise<FoldResult>;

export interface CrossValidateOptions {
  /** Whether the folds hold whole publications out; then a shared one is refused. */
  grouped: boolean;
  signal?: AbortSignal;
  /** Called after each fold. */
  onFold?: (done: number, of: number) => void;
}

/**
 * Predicts every row of a table from models that have not seen it, and refuses a fold that leaks.
 * @param table - in the common schema, with `toxic` 0 or 1 in every row.
 * @param folds - from `stratifiedFolds` or `groupFolds`; every row must be in one test side.
 * @throws RangeError when a fold leaks, has one class only, or the folds do not cover the table.
 */
export async function crossValidate(
  table: Table,
  folds: readonly Split[],
  fitPredict: FitPredict,
  { grouped, signal, onFold }: CrossValidateOptions,
): Promise<CrossValidation> {
  const results: FoldResult[] = [];
  for (const [fold, { train, test }] of foldTables(table, folds).entries()) {
    signal?.throwIfAborted();
    results.push(await fitPredict(train, test, fold));
    onFold?.(fold + 1, folds.length);
  }
  return gatherFolds(table, folds, results, { grouped });
}
