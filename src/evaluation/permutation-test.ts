import { type Random, random } from '../numeric/random.js';
import { midranks } from '../numeric/ranks.js';
import { clustersOf } from '../numeric/resample.js';
import { checkBinary, checkGroups } from './labels.js';
import { areaFromRanks } from './roc.js';

/** How labels are exchanged: among all rows, within each publication, or whole publications against one another. */
export type Exchange = 'rows' | 'within groups' | 'between groups';

export interface PermutationTestOptions {
  /** `rows`. */
  exchange?: Exchange;
  /** n publications; needed for an exchange within or between them. */
  groups?: readonly string[];
  /** 2,000. */
  permutations?: number;
  /** Default 1. */
  seed?: number;
  /** What is computed of labels and scores, more for a better model; ROC-AUC. */
  statistic?: (labels: Uint8Array) => number;
}

export interface PermutationTest {
  readonly observed: number;
  /** Mean over permutations: what chance reaches. */
  readonly chance: number;
  /** Share of permutations that reach the observed value, the observed one counted among them. */
  readonly pValue: number;
  readonly permutations: number;
}

/**
 * Whether scores know anything of the labels. Exchanging labels *within* publications asks whether a model orders the
 * rows of a publication; exchanging them *between* publications (each one's run of labels laid over another's rows)
 * keeps rows of a publication alike and asks whether it orders publications.
 *
 * Ojala & Garriga (2010), jmlr.org/papers/v11/ojala10a.html; Phipson & Smyth (2010), doi:10.2202/1544-6115.1585
 * @throws RangeError when groups are needed and missing, or as `rocAuc` does.
 */
export function permutationTest(
  labels: ArrayLike<number>,
  scores: ArrayLike<number>,
  { exchange = 'rows', groups, permutations = 2000, seed = 1, statistic }: PermutationTestOptions = {},
): PermutationTest {
  checkBinary(labels, scores);
  if (groups) checkGroups(groups, labels.length);
  else if (exchange !== 'rows') throw new RangeError(`groups must be given to exchange labels ${exchange}`);
  const ranks = midranks(scores);
  const measure = statistic ?? ((permuted: Uint8Array) => areaFromRanks(permuted, ranks));
  const own = Uint8Array.from(labels);
  const members = exchange === 'rows' ? [Int32Array.from(own, (_, i) => i)] : rowsByGroup(groups!);
  const permute = exchange === 'between groups' ? betweenGroups : withinGroups;
  const observed = measure(own);
  if (!Number.isFinite(observed))
    throw new RangeError(
      'labels must hold both classes for a permutation test, but the statistic is undefined',
    );
  const stream = random(seed).fork('permutation test');
  let [sum, reached] = [0, 0];
  for (let b = 0; b < permutations; b++) {
    const value = measure(permute(own, members, stream));
    sum += value;
    if (value >= observed) reached++;
  }
  return { observed, chance: sum / permutations, pValue: (1 + reached) / (1 + permutations), permutations };
}

function rowsByGroup(groups: readonly string[]): Int32Array[] {
  const { ofRow, count } = clustersOf(groups);
  const rows = Array.from({ length: count }, () => [] as number[]);
  ofRow.forEach((cluster, i) => {
    rows[cluster].push(i);
  });
  return rows.map((own) => Int32Array.from(own));
}

function withinGroups(labels: Uint8Array, members: readonly Int32Array[], stream: Random): Uint8Array {
  const out = new Uint8Array(labels.length);
  for (const rows of members) {
    const order = stream.permutation(rows.length);
    for (let k = 0; k < rows.length; k++) out[rows[k]] = labels[rows[order[k]]];
  }
  return out;
}

/** The publications' runs of labels in another order, laid over the rows publication by publication. */
function betweenGroups(labels: Uint8Array, members: readonly Int32Array[], stream: Random): Uint8Array {
  const out = new Uint8Array(labels.length);
  const places = members.flatMap((rows) => [...rows]);
  let at = 0;
  for (const g of stream.permutation(members.length))
    for (const i of members[g]) out[places[at++]] = labels[i];
  return out;
}
