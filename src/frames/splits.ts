import { type Random, random } from '../numeric/random.js';

/** Row numbers on either side of a split, each ascending. */
export interface Split {
  readonly train: Int32Array;
  readonly test: Int32Array;
}

export interface SplitOptions {
  /** Default 1. */
  readonly seed?: number | string;
}

/**
 * One split at random. Rows of one study land on both sides: it flatters a model that knows the study.
 * @param rows - how many rows there are.
 * @param labels - keeps the share of each label on both sides.
 * @param testShare - default 0.2.
 */
export function randomSplit(
  rows: number,
  {
    testShare = 0.2,
    labels = new Float64Array(rows),
    seed = 1,
  }: SplitOptions & { testShare?: number; labels?: ArrayLike<number> } = {},
): Split {
  if (!(testShare > 0 && testShare < 1))
    throw new RangeError(`testShare must be between 0 and 1, but is ${testShare}`);
  if (labels.length !== rows)
    throw new RangeError(`labels must have ${rows} entries, one per row, but has ${labels.length}`);
  const inTest = new Uint8Array(rows);
  for (const members of shuffledByLabel(labels, random(seed)))
    for (const i of members.slice(0, Math.round(testShare * members.length))) inTest[i] = 1;
  return sides(inTest, 1);
}

/**
 * k folds at random with the share of each label kept; the test sides cover every row once.
 * @param labels - one per row.
 * @throws RangeError when a label has fewer rows than folds.
 */
export function stratifiedFolds(
  labels: ArrayLike<number>,
  { k = 5, seed = 1 }: SplitOptions & { k?: number } = {},
): Split[] {
  checkFolds(k, labels.length, 'rows');
  const fold = new Int32Array(labels.length);
  let next = 0;
  for (const members of shuffledByLabel(labels, random(seed))) {
    if (members.length < k)
      throw new RangeError(
        `label ${labels[members[0]]} has ${members.length} rows, too few for ${k} folds; lower k`,
      );
    for (const i of members) fold[i] = next++ % k;
  }
  return foldsOf(fold, k);
}

/**
 * k folds in which all rows of a group (a publication, a particle, a batch) stay together. Groups go, largest first,
 * to the fold that leaves rows and labels most even; ties and equal groups are ordered by the seed.
 * @param groups - one name per row.
 * @param labels - evens out the labels as well.
 * @throws RangeError when there are fewer groups than folds, or a row has no group.
 */
export function groupFolds(
  groups: readonly (string | null)[],
  {
    k = 5,
    labels = new Float64Array(groups.length),
    seed = 1,
  }: SplitOptions & { k?: number; labels?: ArrayLike<number> } = {},
): Split[] {
  if (labels.length !== groups.length)
    throw new RangeError(`labels must have ${groups.length} entries, one per row, but has ${labels.length}`);
  const members = [...membersOf(groups).values()];
  checkFolds(k, members.length, 'groups');
  const order = Array.from(random(seed).permutation(members.length), (g) => members[g]);
  order.sort((a, b) => b.length - a.length);
  const tallies = Array.from({ length: k }, () => new Map<number, number>());
  const totals = tally(labels, labels.length);
  const fold = new Int32Array(groups.length);
  for (const rows of order) {
    const best = argmin(tallies.map((counts) => unevenness(counts, rows, labels, totals)));
    for (const i of rows) {
      fold[i] = best;
      add(tallies[best], labels[i]);
    }
  }
  return foldsOf(fold, k);
}

function checkFolds(k: number, available: number, what: string): void {
  if (!(Number.isInteger(k) && k >= 2))
    throw new RangeError(`k must be a whole number of at least 2, but is ${k}`);
  if (available < k)
    throw new RangeError(`${k} folds need at least ${k} ${what}, but there are ${available}`);
}

function membersOf(groups: readonly (string | null)[]): Map<string, number[]> {
  const members = new Map<string, number[]>();
  groups.forEach((group, i) => {
    if (group === null || group === undefined)
      throw new RangeError(`row ${i + 1} has no group; map a group column, or use stratifiedFolds`);
    const rows = members.get(group);
    if (rows) rows.push(i);
    else members.set(group, [i]);
  });
  return members;
}

/** How much the fold's share of each label grows, weighted by the share it has: least where there is most room. */
function unevenness(
  counts: ReadonlyMap<number, number>,
  rows: readonly number[],
  labels: ArrayLike<number>,
  totals: ReadonlyMap<number, number>,
): number {
  const added = new Map<number, number>();
  for (const i of rows) add(added, labels[i]);
  let cost = 0;
  for (const [label, more] of added) {
    const had = (counts.get(label) ?? 0) / totals.get(label)!;
    const share = more / totals.get(label)!;
    cost += (had + share) ** 2 - had ** 2;
  }
  return cost;
}

function tally(labels: ArrayLike<number>, n: number): Map<number, number> {
  const counts = new Map<number, number>();
  for (let i = 0; i < n; i++) add(counts, labels[i]);
  return counts;
}

const add = (counts: Map<number, number>, label: number): void => {
  counts.set(label, (counts.get(label) ?? 0) + 1);
};

const argmin = (costs: readonly number[]): number => costs.indexOf(Math.min(...costs));

/** The rows of each label in random order, labels in ascending order. */
function shuffledByLabel(labels: ArrayLike<number>, draw: Random): number[][] {
  const members = new Map<number, number[]>();
  for (const i of draw.permutation(labels.length)) {
    const rows = members.get(labels[i]);
    if (rows) rows.push(i);
    else members.set(labels[i], [i]);
  }
  return [...members].sort(([a], [b]) => a - b).map(([, rows]) => rows);
}

const foldsOf = (fold: Int32Array, k: number): Split[] => Array.from({ length: k }, (_, f) => sides(fold, f));

/** Rows whose mark is `chosen` are the test side. */
function sides(marks: ArrayLike<number>, chosen: number): Split {
  const train: number[] = [];
  const test: number[] = [];
  for (let i = 0; i < marks.length; i++) (marks[i] === chosen ? test : train).push(i);
  return { train: Int32Array.from(train), test: Int32Array.from(test) };
}
