import type { Seen } from '../frames/seen.js';
import type { Split } from '../frames/splits.js';
import { numbers, type Table, texts } from '../frames/table.js';
import { withIds } from './fold-tables.js';
import { refuseLeaks } from './leakage.js';

/** One fold's answer: a probability for each test row, and what was seen on the way. */
export interface FoldResult {
  readonly probabilities: ArrayLike<number>;
  readonly seen: Seen;
}

/** Out-of-fold predictions: every row was predicted once, by a model that had not seen it. */
export interface CrossValidation {
  readonly labels: Float64Array;
  readonly probabilities: Float64Array;
  readonly groups: readonly string[];
  /** The fold in which each row was held out. */
  readonly folds: Int32Array;
}

/**
 * Puts the answers of the folds together, and refuses them when a fold leaks.
 * @param results - one per fold, in their order.
 * @param options.grouped - whether the folds hold whole publications out; then a shared one is refused.
 * @throws RangeError when a fold leaks, answers for another number of rows, or a row is in no test side.
 */
export function gatherFolds(
  table: Table,
  folds: readonly Split[],
  results: readonly FoldResult[],
  { grouped }: { grouped: boolean },
): CrossValidation {
  const ids = texts(withIds(table), 'id').map((id) => id ?? '');
  const groups = texts(table, 'group').map((group, i) => group ?? ids[i]);
  const probabilities = new Float64Array(table.rows).fill(Number.NaN);
  const heldOut = new Int32Array(table.rows).fill(-1);
  folds.forEach(({ test }, fold) => {
    const { probabilities: own, seen } = results[fold];
    const use = {
      ...{ trainGroups: seen.groups, testGroups: Array.from(test, (i) => groups[i]) },
      ...{ fittedOn: seen.ids, scored: Array.from(test, (i) => ids[i]) },
      ...{ featureColumns: seen.columns, groupColumn: 'group' },
    };
    refuseLeaks(use, { grouped });
    if (own.length !== test.length)
      throw new RangeError(`fold ${fold + 1} must predict ${test.length} rows, but predicted ${own.length}`);
    for (let k = 0; k < test.length; k++) {
      probabilities[test[k]] = own[k];
      heldOut[test[k]] = fold;
    }
  });
  const missing = heldOut.indexOf(-1);
  if (missing >= 0)
    throw new RangeError(`folds must cover every row, but row ${missing + 1} is in no test side`);
  return { labels: numbers(table, 'toxic'), probabilities, groups, folds: heldOut };
}
