import { checkChoice, checkColumns, checkFinite, checkRows } from '../numeric/check.js';
import type { Centres } from '../numeric/gram.js';
import { type Matrix, takeRows } from '../numeric/matrix.js';
import { columnMeans } from '../numeric/statistics.js';
import type { CovarianceOptions } from './ledoit-wolf.js';
import { whitenedDistances } from './whitened-distances.js';
import { fitWhitening } from './whitening.js';

export type MahalanobisOptions = CovarianceOptions;

export interface ClassMahalanobisOptions extends CovarianceOptions {
  /** One covariance within all classes together ('pooled', default), or one for each class ('class'). */
  readonly covariance?: 'pooled' | 'class';
}

export interface ClassDistances {
  /** In the order in which they first appear. */
  readonly classes: readonly string[];
  /** m × classes. */
  readonly distances: Matrix;
}

/**
 * How far each query particle lies from the reference particles, in units of the reference set's own spread:
 * `d(x) = sqrt((x − μ)ᵀ Σ⁻¹ (x − μ))`. Columns are brought to unit variance before Σ is shrunk, so that the distance
 * does not depend on their units.
 *
 * De Maesschalck, Jouan-Rimbaud & Massart (2000), doi:10.1016/S0169-7439(99)00047-7
 * @param reference - n × d descriptors that the model was trained on.
 * @param query - m × d descriptors to place.
 * @returns m distances, in the order of `query`.
 * @throws RangeError when the covariance is singular or a column of the reference is constant.
 */
export function mahalanobis(
  reference: Matrix,
  query: Matrix,
  { shrinkage = 'ledoit-wolf' }: MahalanobisOptions = {},
): Float64Array {
  checkPair(reference, query);
  const means = { rows: 1, cols: reference.cols, data: columnMeans(reference) };
  const centres = { means, classOf: new Int32Array(reference.rows) };
  return whitenedDistances(query, means, fitWhitening(reference, centres, shrinkage)).data;
}

/**
 * Distances of each query particle from the centre of each class.
 * @param reference - n × d descriptors.
 * @param labels - n class names.
 * @param query - m × d descriptors.
 * @throws RangeError when a class has fewer than 2 particles and its own covariance is asked for.
 */
export function classMahalanobis(
  reference: Matrix,
  labels: readonly string[],
  query: Matrix,
  { covariance = 'pooled', shrinkage = 'ledoit-wolf' }: ClassMahalanobisOptions = {},
): ClassDistances {
  checkPair(reference, query);
  checkChoice('covariance', covariance, ['pooled', 'class']);
  if (labels.length !== reference.rows)
    throw new RangeError(`labels must name each of the ${reference.rows} rows, but has ${labels.length}`);
  const classes = [...new Set(labels)];
  if (covariance === 'class')
    return { classes, distances: ownCovariances(reference, labels, classes, query, shrinkage) };
  const centres = classCentres(reference, labels, classes);
  const whitening = fitWhitening(reference, centres, shrinkage);
  return { classes, distances: whitenedDistances(query, centres.means, whitening) };
}

/**
 * Share of the reference distances that are smaller than each query distance: 0.99 means farther than 99 % of the
 * particles that the model knows. Without an assumption about the distribution.
 */
export function empiricalQuantiles(reference: ArrayLike<number>, query: ArrayLike<number>): Float64Array {
  const sorted = Float64Array.from(reference).sort();
  if (sorted.length === 0) throw new RangeError('reference must have at least 1 distance, but has 0');
  return Float64Array.from(query, (distance) => countBelow(sorted, distance) / sorted.length);
}

function countBelow(sorted: Float64Array, value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

function checkPair(reference: Matrix, query: Matrix): void {
  checkRows('reference', reference, 2);
  checkColumns('query', query, reference.cols);
  checkFinite('reference', reference);
  if (query.data !== reference.data) checkFinite('query', query);
}

function classCentres(reference: Matrix, labels: readonly string[], classes: readonly string[]): Centres {
  const { rows: n, cols: d, data: X } = reference;
  const index = new Map(classes.map((name, k) => [name, k]));
  const classOf = Int32Array.from(labels, (name) => index.get(name)!);
  const counts = new Float64Array(classes.length);
  const means = new Float64Array(classes.length * d);
  for (let i = 0, o = 0; i < n; i++) {
    counts[classOf[i]]++;
    for (let j = 0, m = classOf[i] * d; j < d; j++, m++, o++) means[m] += X[o];
  }
  for (let m = 0; m < means.length; m++) means[m] /= counts[Math.floor(m / d)];
  return { means: { rows: classes.length, cols: d, data: means }, classOf };
}

function ownCovariances(
  reference: Matrix,
  labels: readonly string[],
  classes: readonly string[],
  query: Matrix,
  shrinkage: CovarianceOptions['shrinkage'],
): Matrix {
  const k = classes.length;
  const data = new Float64Array(query.rows * k);
  classes.forEach((name, c) => {
    const members = takeRows(
      reference,
      Array.from(labels.keys()).filter((i) => labels[i] === name),
    );
    if (members.rows < 2)
      throw new RangeError(
        `class "${name}" must have at least 2 particles for a covariance of its own, but has 1; use covariance 'pooled'`,
      );
    const distances = mahalanobis(members, query, { shrinkage });
    for (let i = 0; i < query.rows; i++) data[i * k + c] = distances[i];
  });
  return { rows: query.rows, cols: k, data };
}
