import type { Matrix } from '../numeric/matrix.js';

/** Any model as a function: one number for each row, now or later. The matrix is reused after it returns. */
export type Predict = (rows: Matrix) => ArrayLike<number> | Promise<ArrayLike<number>>;

export type AttributionMethod =
  | 'exact'
  | 'permutation'
  | 'kernel'
  | 'expected-gradients'
  | 'integrated-gradients';

/** What each group of columns adds to each row's prediction, counted from the average over the background. */
export interface Attribution {
  /** Mean prediction over the background: what is predicted before any column is known. */
  readonly base: number;
  /** n × g signed shares; row i adds up to `predictions[i] − base`. */
  readonly values: Matrix;
  /** The g groups, in the order in which their columns first appear. */
  readonly groups: readonly string[];
  /** The prediction of each of the n rows. */
  readonly predictions: Float64Array;
  /** n × g standard errors of `values` from sampling; absent where nothing was sampled. */
  readonly standardErrors?: Matrix;
  readonly method: AttributionMethod;
  /** How many background rows the base stands for. */
  readonly backgroundSize: number;
  readonly seed: number;
}
