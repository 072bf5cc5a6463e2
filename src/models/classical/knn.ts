import { nearestNeighbours } from '../../embedding/nearest-neighbours.js';
import { checkColumns, checkWhole } from '../../numeric/check.js';
import type { Matrix } from '../../numeric/matrix.js';
import { type ClassOptions, checkLabels, ofClassOne } from './labels.js';

export interface NeighbourOptions extends ClassOptions {
  /** How many neighbours vote; 5, or all rows when there are fewer. */
  readonly k?: number;
  /** Whether all votes count alike (default) or by one over the distance. */
  readonly vote?: 'uniform' | 'distance';
}

/** The training rows and how they vote: plain data, which JSON holds as it is. */
export interface NeighbourModel {
  readonly kind: 'knn';
  readonly classes: number;
  /** How many columns it was fitted on. */
  readonly features: number;
  readonly k: number;
  readonly vote: 'uniform' | 'distance';
  /** n × features, row after row. */
  readonly rows: readonly number[];
  readonly labels: readonly number[];
  readonly weights: readonly number[];
}

/**
 * The k nearest training rows vote (Cover & Hart 1967, doi:10.1109/TIT.1967.1053964): Euclidean distance, of two rows
 * as near the earlier one. With `vote: 'distance'` rows at distance zero outvote all others.
 *
 * @param X - n × d finite values, scaled: distance treats all columns alike.
 * @param y - n class numbers from 0 on.
 * @throws RangeError when rows, labels or k do not fit.
 */
export function fitNeighbours(
  X: Matrix,
  y: ArrayLike<number>,
  options: NeighbourOptions = {},
): NeighbourModel {
  const { classes, labels, weights } = checkLabels(X, y, options);
  const { k = Math.min(5, X.rows), vote = 'uniform' } = options;
  checkWhole('k', k, 1, X.rows);
  return {
    ...{ kind: 'knn', classes, features: X.cols, k, vote },
    ...{ rows: Array.from(X.data), labels: Array.from(labels), weights: Array.from(weights) },
  };
}

/**
 * The probability of class 1 for each row.
 * @throws RangeError when the columns are not those of the fit, a value is not finite, or there are more than two classes.
 */
export const predictNeighbours = (model: NeighbourModel, X: Matrix): Float64Array =>
  ofClassOne(neighbourProbabilities(model, X), 'neighbourProbabilities');

/** The probability of each class: n × classes. */
export function neighbourProbabilities(model: NeighbourModel, X: Matrix): Matrix {
  const { classes, features, k, vote, labels, weights } = model;
  checkColumns('X', X, features);
  const data = new Float64Array(X.rows * classes);
  if (X.rows === 0) return { rows: 0, cols: classes, data };
  const train: Matrix = { rows: labels.length, cols: features, data: Float64Array.from(model.rows) };
  const { indices, distances } = nearestNeighbours(train, k, { query: X });
  for (let i = 0; i < X.rows; i++) {
    const votes = vote === 'uniform' ? undefined : inverses(distances.subarray(i * k, (i + 1) * k));
    let total = 0;
    for (let r = 0; r < k; r++) {
      const neighbour = indices[i * k + r];
      const counts = weights[neighbour] * (votes ? votes[r] : 1);
      data[i * classes + labels[neighbour]] += counts;
      total += counts;
    }
    for (let c = 0; c < classes; c++) data[i * classes + c] /= total;
  }
  return { rows: X.rows, cols: classes, data };
}

/** One over each distance, in units of the nearest so that none overflows; with a zero among them, 1 for zeros and 0 for the rest. */
function inverses(distances: Float64Array): Float64Array {
  const nearest = distances[0];
  return distances.map((distance) => (nearest === 0 ? Number(distance === 0) : nearest / distance));
}
