import type { Random } from '../../numeric/random.js';
import { type Bins, thresholdBetween } from './bins.js';
import { GiniSearch, type Split, type WeightedRows } from './gini-split.js';
import { type Tree, treeWriter } from './tree.js';

/** How one tree of a forest is grown. */
export interface ForestGrowth {
  /** Features looked at in each node. */
  readonly features: number;
  readonly maximumDepth: number;
  readonly minimumLeaf: number;
  readonly bootstrap: boolean;
}

/** Rows that a tree waits to split. */
interface Pending {
  readonly from: number;
  readonly to: number;
  readonly depth: number;
  /** Whose right child it is; −1 for a left child and the root. */
  readonly parent: number;
}

/**
 * Grows one classification tree on a bootstrap sample, to pure leaves unless told otherwise.
 * @param weights - n row weights, before the bootstrap.
 * @returns a tree whose leaves hold the share of each class.
 */
export function growForestTree(
  { bins, labels, weights, classes }: Omit<WeightedRows, 'minimumLeaf'>,
  growth: ForestGrowth,
  random: Random,
): Tree {
  const drawn = growth.bootstrap ? bootstrapWeights(weights, random) : weights;
  const rows = Int32Array.from(drawn.keys()).filter((i) => drawn[i] > 0);
  const search = new GiniSearch({ bins, labels, weights: drawn, classes, minimumLeaf: growth.minimumLeaf });
  const features = Int32Array.from({ length: bins.cols }, (_, j) => j);
  const tree = treeWriter();
  const pending: Pending[] = [{ from: 0, to: rows.length, depth: 0, parent: -1 }];
  for (let node = pending.pop(); node; node = pending.pop()) {
    const { from, to, depth, parent } = node;
    if (parent >= 0) tree.turnRight(parent);
    search.open(rows, from, to);
    const done = isPure(search.total) || to - from < 2 * growth.minimumLeaf || depth >= growth.maximumDepth;
    const split = done ? undefined : bestSplit(search, features, growth.features, random);
    if (!split) {
      tree.leaf(shares(search.total));
      continue;
    }
    const middle = partition(rows, from, to, bins, split);
    const { feature, lower, upper } = split;
    const self = tree.inner(feature, thresholdBetween(bins, feature, lower, upper));
    pending.push({ from: middle, to, depth: depth + 1, parent: self });
    pending.push({ from, to: middle, depth: depth + 1, parent: -1 });
  }
  return tree.finish();
}

/** n rows drawn with replacement, as how often each row was drawn times its weight. */
function bootstrapWeights(weights: Float64Array, random: Random): Float64Array {
  const n = weights.length;
  const drawn = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    const row = random.integer(n);
    drawn[row] += weights[row];
  }
  return drawn;
}

function isPure(total: Float64Array): boolean {
  let present = 0;
  for (const weight of total) if (weight > 0) present++;
  return present < 2;
}

function shares(total: Float64Array): Float64Array {
  const sum = total.reduce((a, b) => a + b, 0);
  return total.map((weight) => weight / sum);
}

/** The best cut by `count` features drawn at random; draws on until one of them varies. */
function bestSplit(
  search: GiniSearch,
  features: Int32Array,
  count: number,
  random: Random,
): Split | undefined {
  const best: Split = { feature: -1, lower: 0, upper: 0, score: Number.NEGATIVE_INFINITY };
  let varying = false;
  for (let drawn = 0; drawn < features.length && (drawn < count || !varying); drawn++) {
    const at = drawn + random.integer(features.length - drawn);
    const feature = features[at];
    features[at] = features[drawn];
    features[drawn] = feature;
    if (search.try(feature, best)) varying = true;
  }
  return best.feature >= 0 ? best : undefined;
}

/** Moves the rows that go left to the front, both sides in their order; returns where the right side begins. */
function partition(
  rows: Int32Array,
  from: number,
  to: number,
  bins: Bins,
  { feature, lower }: Split,
): number {
  const base = feature * bins.rows;
  const right: number[] = [];
  let at = from;
  for (let i = from; i < to; i++) {
    if (bins.codes[base + rows[i]] <= lower) rows[at++] = rows[i];
    else right.push(rows[i]);
  }
  rows.set(right, at);
  return at;
}
