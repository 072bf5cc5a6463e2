import { hideTruth } from '../../evaluation/fold-tables.js';
import { learningPlan } from '../../evaluation/learning-curve.js';
import { filterRows, takeTableRows } from '../../frames/rows.js';
import { numbers, type Table, texts } from '../../frames/table.js';
import type { TaskInputs } from '../../runs/task.js';
import { type FoldPlan, sidesOf } from './plan-folds.js';

/** What a fold is made of, by the hashes of tables and plan. */
export interface FoldChoice {
  /** SHA-256 of the target's table. */
  readonly target: string;
  /** SHA-256 of the plan. */
  readonly plan: string;
  /** The fold, or `test` for the models that are trained on all that is no test set. */
  readonly fold: number | 'test';
  /** Train on this share of the publications only: a point of a learning curve. */
  readonly share?: number;
}

/** One fold, ready to be trained on. */
export interface FoldSides {
  readonly plan: FoldPlan;
  readonly train: Table;
  /** Without label, viability and publication: a model cannot look at what is not there. */
  readonly test: Table;
  /** The same rows with everything. */
  readonly truth: Table;
  /** Their row numbers in the target's table. */
  readonly rows: Int32Array;
}

export async function readFold(choice: FoldChoice, inputs: TaskInputs): Promise<FoldSides> {
  const plan = (await inputs.value(choice.plan)) as FoldPlan;
  const target = (await inputs.value(choice.target)) as Table;
  const { train: all, test } = sidesOf(plan, choice.fold);
  const train = choice.share === undefined ? all : someOf(all, test, target, choice.share);
  const truth = takeTableRows(target, test);
  return { plan, train: takeTableRows(target, train), truth, rows: test, test: hideTruth(truth) };
}

/** The rows of a share of the training publications; a larger share has those of a smaller one. */
function someOf(train: Int32Array, test: Int32Array, target: Table, share: number): Int32Array {
  const groups = texts(target, 'group').map((group, i) => group ?? `row ${i + 1}`);
  const [step] = learningPlan(numbers(target, 'toxic'), groups, [{ train, test }], { shares: [share] });
  if (step) return step.train;
  throw new RangeError(
    `${Math.round(100 * share)} % of the publications hold one class only; take more of them`,
  );
}

/** What another table has to be cleared of before a model may learn from it. */
export type Clearing = 'nothing' | 'held out' | 'all of the target';

/** The rows of a table that share no publication (material, cell line) with what the fold holds out. */
export function cleared(table: Table, { plan, train, truth }: FoldSides, clearing: Clearing): Table {
  if (clearing === 'nothing' || plan.heldTogether === null) return table;
  const column = plan.heldTogether;
  const sides = clearing === 'held out' ? [truth] : [truth, train];
  const banned = new Set(sides.flatMap((side) => texts(side, column)));
  const own = texts(table, column);
  return filterRows(table, (i) => own[i] === null || !banned.has(own[i]));
}
