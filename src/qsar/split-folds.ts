import { groupFolds, type Split, stratifiedFolds } from '../frames/splits.js';
import { numbers, type Table, texts } from '../frames/table.js';

/**
 * How rows are held out. `random` and `stratified` cut through publications and flatter a model; the others hold whole
 * publications, materials or cell lines out, and the source is cleared of them. `source-cleaned` also clears the source
 * of every publication that the target has at all.
 */
export type SplitName =
  | 'random'
  | 'stratified'
  | 'by publication'
  | 'by material'
  | 'by cell line'
  | 'source-cleaned';

/** For each split, the column whose values are never on both sides; `null` where rows are split one by one. */
export const HELD_TOGETHER: Readonly<Record<SplitName, string | null>> = {
  random: null,
  stratified: null,
  'by publication': 'group',
  'by material': 'material',
  'by cell line': 'cell',
  'source-cleaned': 'group',
};

export const SPLIT_NAMES = Object.keys(HELD_TOGETHER) as SplitName[];

/**
 * The folds of a target under a split.
 * @param table - in the common schema, with `toxic` 0 or 1 in every row.
 * @throws RangeError when there are too few publications, materials, cell lines or toxic rows for `k` folds.
 */
export function splitFolds(
  split: SplitName,
  table: Table,
  { k, seed }: { k: number; seed: number },
): Split[] {
  const labels = numbers(table, 'toxic');
  const column = HELD_TOGETHER[split];
  if (column === null) return stratifiedFolds(split === 'random' ? labels.map(() => 0) : labels, { k, seed });
  return groupFolds(
    texts(table, column).map((word) => word ?? 'not stated'),
    { k, labels, seed },
  );
}
