import { checkColumns, checkFinite, checkWhole } from '../../numeric/check.js';
import type { Matrix } from '../../numeric/matrix.js';
import { random } from '../../numeric/random.js';
import { type Bins, binFeatures } from './bins.js';
import { type ForestGrowth, growForestTree } from './forest-tree.js';
import { type ClassOptions, checkLabels, type Labels, ofClassOne } from './labels.js';
import { addTree, type Tree } from './tree.js';

export interface ForestOptions extends ClassOptions {
  /** Seed of the bootstrap samples and of the features drawn in each node. */
  readonly seed: number;
  /** How many trees; 100. */
  readonly trees?: number;
  /** Features looked at in each node; the square root of their number. */
  readonly features?: number;
  /** Deepest level of a leaf; no limit. */
  readonly maximumDepth?: number;
  /** Fewest rows of a leaf; 1. */
  readonly minimumLeaf?: number;
  /** Whether each tree sees rows drawn with replacement (default) or all rows. */
  readonly bootstrap?: boolean;
}

/** A fitted forest: plain data, which JSON holds as it is. */
export interface ForestModel {
  readonly kind: 'forest';
  readonly classes: number;
  /** How many columns it was fitted on. */
  readonly features: number;
  readonly trees: readonly Tree[];
}

/** A forest to grow: what its trees share. */
export interface ForestPlan extends Labels {
  readonly bins: Bins;
  readonly growth: ForestGrowth;
  readonly trees: number;
  readonly seed: number;
}

/**
 * A random forest (Breiman 2001, doi:10.1023/A:1010933404324): trees on bootstrap samples, each node cut by the best of
 * some features drawn at random. Leaves answer with the share of each class, the forest with their mean. Cuts are
 * exact, half way between two values: a rising transform of a feature changes nothing for the rows that a tree has seen.
 *
 * @param X - n × d finite values; scaling does not matter.
 * @param y - n class numbers from 0 on.
 * @throws RangeError when rows, labels or options do not fit.
 */
export function fitForest(X: Matrix, y: ArrayLike<number>, options: ForestOptions): ForestModel {
  const plan = planForest(X, y, options);
  return forestOf(plan, growTrees(plan, 0, plan.trees));
}

/** The checked plan of a forest. */
export function planForest(X: Matrix, y: ArrayLike<number>, options: ForestOptions): ForestPlan {
  const labels = checkLabels(X, y, options);
  const { trees = 100, minimumLeaf = 1, bootstrap = true, seed } = options;
  const { features = Math.max(1, Math.round(Math.sqrt(X.cols))), maximumDepth = Number.MAX_SAFE_INTEGER } =
    options;
  checkWhole('trees', trees, 1);
  checkWhole('features', features, 1, X.cols);
  checkWhole('maximumDepth', maximumDepth, 1);
  checkWhole('minimumLeaf', minimumLeaf, 1);
  const growth = { features, maximumDepth, minimumLeaf, bootstrap };
  return { ...labels, bins: binFeatures(X), growth, trees, seed };
}

/** The trees `from … to) of a plan; each has a random stream of its own, so any share of them can be grown anywhere. */
export function growTrees(plan: ForestPlan, from: number, to: number): Tree[] {
  const stream = random(plan.seed);
  return Array.from({ length: to - from }, (_, t) =>
    growForestTree(plan, plan.growth, stream.fork(`tree ${from + t}`)),
  );
}

/** The model made of a plan's trees. */
export const forestOf = ({ classes, bins }: ForestPlan, trees: readonly Tree[]): ForestModel => ({
  ...{ kind: 'forest', classes, features: bins.cols, trees },
});

/**
 * The probability of class 1 for each row.
 * @throws RangeError when the columns are not those of the fit, a value is not finite, or there are more than two classes.
 */
export const predictForest = (model: ForestModel, X: Matrix): Float64Array =>
  ofClassOne(forestProbabilities(model, X), 'forestProbabilities');

/** The probability of each class: n × classes. */
export function forestProbabilities({ classes, features, trees }: ForestModel, X: Matrix): Matrix {
  checkColumns('X', X, features);
  checkFinite('X', X);
  const data = new Float64Array(X.rows * classes);
  for (const tree of trees) addTree(tree, X, data, classes, 0, classes);
  return { rows: X.rows, cols: classes, data: data.map((sum) => sum / trees.length) };
}
