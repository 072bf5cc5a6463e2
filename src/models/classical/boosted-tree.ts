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
    node.children = split(node, node.cut!, bins, offsets, features, slopes);
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
  for (const i of rows) {
    gradient += gradients[i];
    hessian += hessians[i];
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
  for (const j of features) {
    const base = j * bins.rows;
    const offset = offsets[j];
    for (let i = 0; i < rows.length; i++) {
      const r = rows[i];
      const at = offset + WIDTH * bins.codes[base + r];
      histogram[at] += gradients[r];
      histogram[at + 1] += hessians[r];
      histogram[at + 2]++;
    }
  }
  return histogram;
}

/** The cut with the largest drop of the second-order loss, `G² / (H + λ)` summed over both sides minus the whole. */
function bestCut(
  node: Node,
  offsets: Int32Array,
  features: Int32Array,
  { minimumLeaf, penalty }: BoostedGrowth,
): Cut | undefined {
  const h = node.histogram!;
  const whole = (node.gradient * node.gradient) / (node.hessian + penalty);
  let best: Cut | undefined;
  let most = 0;
  for (const j of features) {
    let gradient = 0;
    let hessian = 0;
    let count = 0;
    let lower = -1;
    for (let bin = 0, at = offsets[j]; at < offsets[j + 1]; bin++, at += WIDTH) {
      if (h[at + 2] === 0) continue;
      if (count >= minimumLeaf && hessian >= LEAST_HESSIAN) {
        if (node.rows.length - count < minimumLeaf || node.hessian - hessian < LEAST_HESSIAN) break;
        const other = node.gradient - gradient;
        const gain =
          (gradient * gradient) / (hessian + penalty) +
          (other * other) / (node.hessian - hessian + penalty) -
          whole;
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

/** Both sides of a cut; the histogram of the larger one is what the smaller one leaves of the parent's. */
function split(
  node: Node,
  { feature, lower }: Cut,
  bins: Bins,
  offsets: Int32Array,
  features: Int32Array,
  slopes: Slopes,
): [Node, Node] {
  const base = feature * bins.rows;
  const goesLeft = (i: number): boolean => bins.codes[base + i] <= lower;
  const left = nodeOf(
    node.rows.filter((i) => goesLeft(i)),
    node.depth + 1,
    slopes,
  );
  const right = nodeOf(
    node.rows.filter((i) => !goesLeft(i)),
    node.depth + 1,
    slopes,
  );
  const [small, large] = left.rows.length <= right.rows.length ? [left, right] : [right, left];
  small.histogram = histogramOf(small.rows, bins, offsets, features, slopes);
  large.histogram = node.histogram!;
  for (let k = 0; k < large.histogram.length; k++) large.histogram[k] -= small.histogram[k];
  node.histogram = undefined;
  return [left, right];
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
