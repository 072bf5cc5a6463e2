import { takeTableRows } from '../../frames/rows.js';
import { groupFolds, type Split } from '../../frames/splits.js';
import { numbers, type Table, texts } from '../../frames/table.js';
import { HELD_TOGETHER, type SplitName, splitFolds } from '../split-folds.js';
import type { QsarConfig } from './config.js';

/** Which row of a target is held out when. */
export interface FoldPlan {
  readonly target: string;
  readonly split: SplitName;
  /** The column whose values are never on both sides; `null` where rows are split one by one. */
  readonly heldTogether: string | null;
  /** For each row the fold that holds it out; −1 for the rows of the test set. */
  readonly folds: Int32Array;
  readonly count: number;
}

export interface FoldPlans {
  readonly plans: readonly FoldPlan[];
  /** Splits that a target is too small for, and why. */
  readonly leftOut: readonly {
    readonly target: string;
    readonly split: SplitName;
    readonly reason: string;
  }[];
}

/** The row numbers of a plan's fold, or of its test set: what a model is trained on, and what it predicts. */
export function sidesOf({ folds }: FoldPlan, fold: number | 'test'): Split {
  const held = fold === 'test' ? -1 : fold;
  const rows = Array.from(folds, (_, i) => i);
  return {
    train: Int32Array.from(rows.filter((i) => folds[i] !== held && folds[i] >= 0)),
    test: Int32Array.from(rows.filter((i) => folds[i] === held)),
  };
}

/**
 * Sets the test rows of each target aside, whole publications, and cuts the others into folds under every split.
 * @throws RangeError when no split of any target is possible.
 */
export function planFolds(
  { splits, folds, seed, test }: Pick<QsarConfig, 'splits' | 'folds' | 'seed' | 'test'>,
  targets: Readonly<Record<string, Table>>,
): FoldPlans {
  const plans: FoldPlan[] = [];
  const leftOut: FoldPlans['leftOut'][number][] = [];
  for (const [target, table] of Object.entries(targets)) {
    const kept = test ? testRows(table, test.share, seed) : new Int32Array(table.rows);
    for (const split of splits) {
      try {
        plans.push({
          ...{ target, split, heldTogether: HELD_TOGETHER[split], count: folds },
          folds: foldOfRows(table, kept, (part) => splitFolds(split, part, { k: folds, seed })),
        });
      } catch (error) {
        leftOut.push({ target, split, reason: (error as Error).message });
      }
    }
  }
  if (plans.length === 0)
    throw new RangeError(
      `no target can be split: ${leftOut.map(({ target, split, reason }) => `${target} ${split}: ${reason}`).join('; ')}`,
    );
  return { plans, leftOut };
}

/** −1 for the rows of the test set, 0 for the others; a target of few publications has no test set. */
function testRows(table: Table, share: number, seed: number): Int32Array {
  const groups = texts(table, 'group');
  const k = Math.max(2, Math.round(1 / share));
  const kept = new Int32Array(table.rows);
  if (groups.includes(null) || new Set(groups).size < 2 * k) return kept;
  const [{ test }] = groupFolds(groups, { k, labels: numbers(table, 'toxic'), seed: `test set ${seed}` });
  for (const i of test) kept[i] = -1;
  return kept;
}

/** The fold of every row that is not in the test set. */
function foldOfRows(table: Table, kept: Int32Array, cut: (part: Table) => Split[]): Int32Array {
  const rows = Int32Array.from(Array.from(kept.keys()).filter((i) => kept[i] === 0));
  const labels = numbers(table, 'toxic');
  const folds = Int32Array.from(kept);
  cut(takeTableRows(table, rows)).forEach(({ train, test }, fold) => {
    refuseOneClass(train, rows, labels, fold);
    for (const i of test) folds[rows[i]] = fold;
  });
  return folds;
}

function refuseOneClass(train: Int32Array, rows: Int32Array, labels: Float64Array, fold: number): void {
  const toxic = train.reduce((sum, i) => sum + labels[rows[i]], 0);
  if (toxic > 0 && toxic < train.length) return;
  throw new RangeError(`fold ${fold + 1} trains on one class only (${toxic} toxic of ${train.length} rows)`);
}
