import { type Bins, thresholdBetween } from './bins.js';
import { type Tree, treeWriter } from './tree.js';

/** How one tree of a boosted model is grown. */
export interface BoostedGrowth {
  readonly maximumLeaves: number;
  readonly maximumDepth: number;
  readonly minimumLeaf: number;
  /** L2 penalty on the leaves' values. */
  readonly penalty: number;
  readonly learningRate: number;
}

/** What one round of boosting fits: the slope and the curvature of the loss at each row. */
export interface Slopes {
  readonly gradients: Float64Array;
  readonly hessians: Float64Array;
}

/** A tree and, for each training row that it saw, what it adds there. */
export interface GrownTree {
  readonly tree: Tree;
  readonly leaves: readonly { readonly rows: Int32Array; readonly value: number }[];
}

/** Rows under one node, with their sums and the best cut found. */
interface Node {
  readonly rows: Int32Array;
  readonly depth: number;
  readonly gradient: number;
  readonly hessian: number;
  histogram: Float64Array | undefined;
  cut: Cut | undefined;
  children?: readonly [Node, Node];
}

interface Cut {
  readonly feature: number;
  readonly lower: number;
  readonly upper: number;
  readonly gain: number;
}

/** Gradient, hessian and count of each bin stand together. */
const WIDTH = 3;
/** What counting one value of one row costs, in subtractions of histogram entries. */
const COUNTING = 4;
/** A side with less curvature than this is not split off: its value would be a division by nothing. */
const LEAST_HESSIAN = 1e-3;

/**
 * Grows a regression tree on gradients and hessians, the leaf with the largest gain first (Friedman 2001,
 * doi:10.1214/aos/1013203451; histograms and leaf-wise growth after LightGBM, Ke et al. 2017).
 * @param rows - the training rows that the tree may see. @param features - columns that it may ask for.
 */
export function growBoostedTree(
  bins: Bins,
  rows: Int32Array,
  features: Int32Array,
  slopes: Slopes,
  growth: BoostedGrowth,
): GrownTree {
  const offsets = offsetsOf(bins);
  const root = nodeOf(rows, 0, slopes);
  const search = (node: Node): void => {
    const splits = node.depth < growth.maximumDepth && node.rows.length >= 2 * growth.minimumLeaf;
    node.cut = splits ? bestCut(node, offsets, features, growth) : undefined;
    if (!node.cut) node.histogram = undefined;
  };
  root.histogram = histogramOf(root.rows, bins, offsets, features, slopes);
  search(root);
  const open = [root];
  for (let leaves = 1; leaves < growth.maximumLeaves; leaves++) {
    const node = takeBest(open);
    if (!node) break;
    node.children = split(node, node.cut!, bins, offsets, features, slopes, growth);
    for (const child of node.children) search(child);
    open.push(...node.children);
  }
  return write(root, bins, growth);
}

/** Where the bins of each column begin in a histogram; the last entry is its length. */
function offsetsOf(bins: Bins): Int32Array {
  const offsets = new Int32Array(bins.cols + 1);
  for (let j = 0; j < bins.cols; j++) offsets[j + 1] = offsets[j] + WIDTH * bins.highs[j].length;
  return offsets;
}

function nodeOf(rows: Int32Array, depth: number, { gradients, hessians }: Slopes): Node {
  let gradient = 0;
  let hessian = 0;
  for (let k = 0; k < rows.length; k++) {
    gradient += gradients[rows[k]];
    hessian += hessians[rows[k]];
  }
  return { rows, depth, gradient, hessian, histogram: undefined, cut: undefined };
}

function histogramOf(
  rows: Int32Array,
  bins: Bins,
  offsets: Int32Array,
  features: Int32Array,
  { gradients, hessians }: Slopes,
): Float64Array {
  const histogram = new Float64Array(offsets[bins.cols]);
  const codes = bins.codes;
  const count = rows.length;
  const g = Float64Array.from(rows, (i) => gradients[i]);
  const h = Float64Array.from(rows, (i) => hessians[i]);
  for (const j of features) {
    const base = j * bins.rows;
    const offset = offsets[j];
    for (let i = 0; i < count; i++) {
      const at = offset + WIDTH * codes[base + rows[i]];
      histogram[at] += g[i];
      histogram[at + 1] += h[i];
      histogram[at + 2]++;
    }
  }
  return histogram;
}

/** The cut with the largest drop of the second-order loss, `G² / (H + λ)` summed over both sides minus the whole. */
function bestCut(
  { histogram, rows, gradient: G, hessian: H }: Node,
  offsets: Int32Array,
  features: Int32Array,
  { minimumLeaf, penalty }: BoostedGrowth,
): Cut | undefined {
  const h = histogram!;
  const whole = (G * G) / (H + penalty);
  const mostRows = rows.length - minimumLeaf;
  const mostHessian = H - LEAST_HESSIAN;
  let best: Cut | undefined;
  let most = 0;
  for (const j of features) {
    const end = offsets[j + 1];
    let gradient = 0;
    let hessian = 0;
    let count = 0;
    let lower = -1;
    for (
      let bin = 0, at = offsets[j];
      at < end && count <= mostRows && hessian <= mostHessian;
      bin++, at += WIDTH
    ) {
      if (h[at + 2] === 0) continue;
      if (count >= minimumLeaf && hessian >= LEAST_HESSIAN) {
        const other = G - gradient;
        const gain =
          (gradient * gradient) / (hessian + penalty) + (other * other) / (H - hessian + penalty) - whole;
        if (gain > most) {
          most = gain;
          best = { feature: j, lower, upper: bin, gain };
        }
      }
      gradient += h[at];
      hessian += h[at + 1];
      count += h[at + 2];
      lower = bin;
    }
  }
  return best;
}

/** Takes the node with the largest gain out of the list; of equal ones the first. */
function takeBest(open: Node[]): Node | undefined {
  let best = -1;
  for (let i = 0; i < open.length; i++)
    if (open[i].cut && (best < 0 || open[i].cut!.gain > open[best].cut!.gain)) best = i;
  return best < 0 ? undefined : open.splice(best, 1)[0];
}

/** Both sides of a cut, with the histograms of those that may be cut again. */
function split(
  node: Node,
  { feature, lower }: Cut,
  bins: Bins,
  offsets: Int32Array,
  features: Int32Array,
  slopes: Slopes,
  { minimumLeaf }: BoostedGrowth,
): [Node, Node] {
  const [leftRows, rightRows] = partition(node.rows, bins, feature, lower);
  const children: [Node, Node] = [
    nodeOf(leftRows, node.depth + 1, slopes),
    nodeOf(rightRows, node.depth + 1, slopes),
  ];
  const [small, large] = leftRows.length <= rightRows.length ? children : [children[1], children[0]];
  const makes = (child: Node): Float64Array => histogramOf(child.rows, bins, offsets, features, slopes);
  if (large.rows.length >= 2 * minimumLeaf) {
    if (small.rows.length >= 2 * minimumLeaf) small.histogram = makes(small);
    // What the smaller side leaves of the parent's, where that is less work than counting again.
    const counting =
      COUNTING * (large.rows.length - (small.histogram ? 0 : small.rows.length)) * features.length;
    large.histogram =
      counting > offsets[bins.cols]
        ? subtract(node.histogram!, small.histogram ?? makes(small))
        : makes(large);
  }
  node.histogram = undefined;
  return children;
}

/** The rows that go left and those that go right, both in their order. */
function partition(
  rows: Int32Array,
  { codes, rows: n }: Bins,
  feature: number,
  lower: number,
): [Int32Array, Int32Array] {
  const base = feature * n;
  const left = new Int32Array(rows.length);
  const right = new Int32Array(rows.length);
  let lefts = 0;
  let rights = 0;
  for (let i = 0; i < rows.length; i++) {
    if (codes[base + rows[i]] <= lower) left[lefts++] = rows[i];
    else right[rights++] = rows[i];
  }
  return [left.slice(0, lefts), right.slice(0, rights)];
}

/** Takes `part` away from `whole`, in place. */
function subtract(whole: Float64Array, part: Float64Array): Float64Array {
  const length = whole.length;
  for (let k = 0; k < length; k++) whole[k] -= part[k];
  return whole;
}

function write(root: Node, bins: Bins, { penalty, learningRate }: BoostedGrowth): GrownTree {
  const tree = treeWriter();
  const leaves: { rows: Int32Array; value: number }[] = [];
  const pending = [{ node: root, parent: -1 }];
  for (let next = pending.pop(); next; next = pending.pop()) {
    const { node, parent } = next;
    if (parent >= 0) tree.turnRight(parent);
    if (!node.children) {
      const value = (-learningRate * node.gradient) / (node.hessian + penalty + Number.EPSILON);
      tree.leaf([value]);
      leaves.push({ rows: node.rows, value });
      continue;
    }
    const { feature, lower, upper } = node.cut!;
    const self = tree.inner(feature, thresholdBetween(bins, feature, lower, upper));
    pending.push({ node: node.children[1], parent: self }, { node: node.children[0], parent: -1 });
  }
  return { tree: tree.finish(), leaves };
}
