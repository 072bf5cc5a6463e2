import { checkColumns, checkFinite, checkWhole } from '../../numeric/check.js';
import { log } from '../../numeric/elementary.js';
import type { Matrix } from '../../numeric/matrix.js';
import { type Random, random } from '../../numeric/random.js';
import { binFeatures } from './bins.js';
import { type BoostedGrowth, growBoostedTree, type Slopes } from './boosted-tree.js';
import { type ClassOptions, checkLabels, type Labels, ofClassOne } from './labels.js';
import { softmaxRows } from './softmax.js';
import { addTree, type Tree } from './tree.js';

export interface BoostedOptions extends ClassOptions {
  /** Seed of the rows and columns drawn for each tree; nothing else is random. */
  readonly seed: number;
  /** Rounds of boosting: trees for two classes, trees per class for more; 100. */
  readonly rounds?: number;
  /** Share of each tree's answer that is used; 0.1. */
  readonly learningRate?: number;
  /** Most leaves of a tree; 31. */
  readonly maximumLeaves?: number;
  /** Deepest level of a leaf; no limit. */
  readonly maximumDepth?: number;
  /** Fewest rows of a leaf; 20. */
  readonly minimumLeaf?: number;
  /** L2 penalty on the leaves' values; 0. */
  readonly penalty?: number;
  /** Share of the rows that each tree sees, drawn without replacement; 1. */
  readonly rowShare?: number;
  /** Share of the columns that each tree may ask for; 1. */
  readonly columnShare?: number;
  /** Bins that a column's values are put into; 255. */
  readonly bins?: number;
}

/** Fitted boosted trees: plain data, which JSON holds as it is. */
export interface BoostedModel {
  readonly kind: 'boosted';
  readonly classes: number;
  /** How many columns it was fitted on. */
  readonly features: number;
  /** Log-odds (two classes) or log shares before the first tree. */
  readonly start: readonly number[];
  /** Rounds of as many trees as there are starts. */
  readonly trees: readonly (readonly Tree[])[];
}

/**
 * Gradient-boosted trees on the logistic loss (Friedman 2001, doi:10.1214/aos/1013203451) with the second-order steps
 * of Chen & Guestrin (2016, doi:10.1145/2939672.2939785), on histograms, best leaf first; several classes by softmax.
 *
 * @param X - n × d finite values; scaling does not matter.
 * @param y - n class numbers from 0 on.
 * @throws RangeError when rows, labels or options do not fit.
 */
export function fitBoosted(X: Matrix, y: ArrayLike<number>, options: BoostedOptions): BoostedModel {
  const labels = checkLabels(X, y, options);
  const { rounds = 100, rowShare = 1, columnShare = 1, bins: most = 255, seed } = options;
  checkWhole('rounds', rounds, 1);
  checkWhole('bins', most, 2, 65536);
  checkShare('rowShare', rowShare);
  checkShare('columnShare', columnShare);
  const growth = checkedGrowth(options);
  const bins = binFeatures(X, most);
  const start = startOf(labels);
  const outputs = start.length;
  const raw = Float64Array.from({ length: X.rows * outputs }, (_, at) => start[at % outputs]);
  const stream = random(seed);
  const trees = Array.from({ length: rounds }, (_, round): Tree[] => {
    const slopes = slopesOf(raw, labels, outputs);
    const draw = stream.fork(`round ${round}`);
    const rows = drawn(X.rows, rowShare, draw);
    const columns = drawn(X.cols, columnShare, draw);
    return slopes.map((own, k) => {
      const { tree, leaves } = growBoostedTree(bins, rows, columns, own, growth);
      if (rows.length < X.rows) addTree(tree, X, raw, outputs, k);
      else for (const leaf of leaves) for (const i of leaf.rows) raw[i * outputs + k] += leaf.value;
      return tree;
    });
  });
  return { kind: 'boosted', classes: labels.classes, features: X.cols, start, trees };
}

function checkedGrowth(options: BoostedOptions): BoostedGrowth {
  const { learningRate = 0.1, maximumLeaves = 31, minimumLeaf = 20, penalty = 0 } = options;
  const { maximumDepth = Number.MAX_SAFE_INTEGER } = options;
  checkShare('learningRate', learningRate);
  checkWhole('maximumLeaves', maximumLeaves, 2);
  checkWhole('maximumDepth', maximumDepth, 1);
  checkWhole('minimumLeaf', minimumLeaf, 1);
  if (!(penalty >= 0 && penalty < Number.POSITIVE_INFINITY))
    throw new RangeError(`penalty must be a number from 0 on, but is ${penalty}`);
  return { learningRate, maximumLeaves, maximumDepth, minimumLeaf, penalty };
}

function checkShare(name: string, value: number): void {
  if (!(value > 0 && value <= 1))
    throw new RangeError(`${name} must be above 0 and at most 1, but is ${value}`);
}

/** The best constant answer: the log-odds of class 1, or the log share of each class; an absent class has one part in 1e9. */
function startOf({ labels, weights, classes }: Labels): number[] {
  const sums = new Array<number>(classes).fill(0);
  for (let i = 0; i < labels.length; i++) sums[labels[i]] += weights[i];
  if (classes === 2) return [log(sums[1] / sums[0])];
  const total = sums.reduce((a, b) => a + b, 0);
  return sums.map((sum) => log(Math.max(sum / total, 1e-9)));
}

/** Slope and curvature of the loss at each row, for each output. */
function slopesOf(raw: Float64Array, { labels, weights, classes }: Labels, outputs: number): Slopes[] {
  const n = labels.length;
  const p = probabilitiesOf(raw, n, classes).data;
  return Array.from({ length: outputs }, (_, output): Slopes => {
    const k = outputs === 1 ? 1 : output;
    const gradients = new Float64Array(n);
    const hessians = new Float64Array(n);
    for (let i = 0; i < n; i++) {
      const q = p[i * classes + k];
      gradients[i] = weights[i] * (q - Number(labels[i] === k));
      hessians[i] = weights[i] * q * (1 - q);
    }
    return { gradients, hessians };
  });
}

/** Of two classes the first has score 0. */
function probabilitiesOf(raw: Float64Array, n: number, classes: number): Matrix {
  const scores = classes > 2 ? raw : Float64Array.from({ length: 2 * n }, (_, at) => (at % 2) * raw[at >> 1]);
  return softmaxRows({ rows: n, cols: classes, data: scores });
}

/** A share of 0 … n − 1 without replacement, in rising order; at least one. */
function drawn(n: number, share: number, stream: Random): Int32Array {
  if (share === 1) return Int32Array.from({ length: n }, (_, i) => i);
  return stream
    .permutation(n)
    .slice(0, Math.max(1, Math.round(share * n)))
    .sort();
}

/**
 * The probability of class 1 for each row.
 * @throws RangeError when the columns are not those of the fit, a value is not finite, or there are more than two classes.
 */
export const predictBoosted = (model: BoostedModel, X: Matrix): Float64Array =>
  ofClassOne(boostedProbabilities(model, X), 'boostedProbabilities');

/** The probability of each class: n × classes. */
export function boostedProbabilities({ classes, features, start, trees }: BoostedModel, X: Matrix): Matrix {
  checkColumns('X', X, features);
  checkFinite('X', X);
  const outputs = start.length;
  const raw = Float64Array.from({ length: X.rows * outputs }, (_, at) => start[at % outputs]);
  for (const round of trees) for (const [k, tree] of round.entries()) addTree(tree, X, raw, outputs, k);
  return probabilitiesOf(raw, X.rows, classes);
}
