import { takeTableRows, withColumns } from '../frames/rows.js';
import type { Seen } from '../frames/seen.js';
import type { Split } from '../frames/splits.js';
import { numbers, type Table, texts } from '../frames/table.js';
import { countPositive } from './labels.js';
import { refuseLeaks } from './leakage.js';

/** One fold's answer: a probability for each test row, and what was seen on the way. */
export interface FoldResult {
  readonly probabilities: ArrayLike<number>;
  readonly seen: Seen;
}

/**
 * Trains on one side of a fold and predicts the other. The test table has no label, no viability and no publication:
 * a model cannot look at what is not there.
 */
export type FitPredict = (train: Table, test: Table, fold: number) => FoldResult | Promise<FoldResult>;

/** Out-of-fold predictions: every row was predicted once, by a model that had not seen it. */
export interface CrossValidation {
  readonly labels: Float64Array;
  readonly probabilities: Float64Array;
  readonly groups: readonly string[];
  /** The fold in which each row was held out. */
  readonly folds: Int32Array;
}

export interface CrossValidateOptions {
  /** Whether the folds hold whole publications out; then a shared one is refused. */
  grouped: boolean;
  signal?: AbortSignal;
  /** Called after each fold. */
  onFold?: (done: number, of: number) => void;
}

const HIDDEN = ['toxic', 'viability_pct', 'group'];

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
  const ids = Array.from({ length: table.rows }, (_, i) => `row ${i + 1}`);
  const named = table.columns.has('id') ? table : withIds(table, ids);
  const labels = numbers(table, 'toxic');
  const groups = texts(table, 'group').map((group, i) => group ?? ids[i]);
  const probabilities = new Float64Array(table.rows).fill(Number.NaN);
  const fold = new Int32Array(table.rows).fill(-1);
  for (const [f, { train, test }] of folds.entries()) {
    signal?.throwIfAborted();
    refuseOneClass(labels, train, f);
    const result = await fitPredict(takeTableRows(named, train), hideTruth(takeTableRows(named, test)), f);
    refuseLeaks(
      {
        trainGroups: result.seen.groups,
        testGroups: Array.from(test, (i) => groups[i]),
        fittedOn: result.seen.ids,
        scored: Array.from(test, (i) => texts(named, 'id')[i] ?? ''),
        featureColumns: result.seen.columns,
        groupColumn: 'group',
      },
      { grouped },
    );
    if (result.probabilities.length !== test.length)
      throw new RangeError(
        `fold ${f + 1} must predict ${test.length} rows, but predicted ${result.probabilities.length}`,
      );
    test.forEach((i, k) => {
      probabilities[i] = result.probabilities[k];
      fold[i] = f;
    });
    onFold?.(f + 1, folds.length);
  }
  const missing = fold.indexOf(-1);
  if (missing >= 0)
    throw new RangeError(`folds must cover every row, but row ${missing + 1} is in no test side`);
  return { labels, probabilities, groups, folds: fold };
}

function withIds(table: Table, ids: readonly string[]): Table {
  const words = ids;
  return withColumns(table, [['id', { kind: 'text', codes: Int32Array.from(words, (_, i) => i), words }]]);
}

function hideTruth(table: Table): Table {
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
