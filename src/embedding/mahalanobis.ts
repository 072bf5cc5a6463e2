import { checkColumns, checkFinite, checkRows } from '../numeric/check.js';
import { cholesky, invertLower } from '../numeric/cholesky.js';
import { gram } from '../numeric/gram.js';
import { type Matrix, takeRows } from '../numeric/matrix.js';
import { centre, columnDeviations, columnMeans } from '../numeric/statistics.js';
import { type CovarianceOptions, ledoitWolfShrinkage, shrink } from './ledoit-wolf.js';
import { whitenedDistances } from './whitened-distances.js';

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
  const mean = columnMeans(reference);
  const whitening = fitWhitening(reference, centre(reference, mean), 1, shrinkage);
  return whitenedDistances(query, { rows: 1, cols: query.cols, data: mean }, whitening).data;
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
  if (labels.length !== reference.rows)
    throw new RangeError(`labels must name each of the ${reference.rows} rows, but has ${labels.length}`);
  const classes = [...new Set(labels)];
  if (covariance === 'class')
    return { classes, distances: ownCovariances(reference, labels, classes, query, shrinkage) };
  const { means, residuals } = withinClasses(reference, labels, classes);
  const whitening = fitWhitening(reference, residuals, classes.length, shrinkage);
  return { classes, distances: whitenedDistances(query, means, whitening) };
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
  checkFinite('query', query);
}

/**
 * `W = L⁻¹ D⁻¹` with `D` the columns' deviations and `L Lᵀ` the shrunk correlation: whitened columns are `W x`.
 * @param Z - residuals from the centre or centres.
 * @param centres - how many centres were fitted: degrees of freedom that are gone.
 */
function fitWhitening(
  reference: Matrix,
  Z: Matrix,
  centres: number,
  shrinkage: CovarianceOptions['shrinkage'],
): Matrix {
  const { rows: n, cols: d } = Z;
  const deviations = columnDeviations(Z, new Float64Array(d));
  const constant = deviations.findIndex((s, j) => !(s > 1e-14 * Math.abs(reference.data[j])));
  if (constant >= 0)
    throw new RangeError(
      `column ${constant} of reference is constant, so no distance along it is known; drop that descriptor`,
    );
  const U = centre(Z, new Float64Array(d), deviations);
  const L = cholesky(correlation(U, n - centres, shrinkage));
  if (!L)
    throw new RangeError(
      `covariance of ${n} × ${d} reference is singular; add particles, drop descriptors, or set shrinkage`,
    );
  const W = invertLower(L);
  for (let i = 0; i < d; i++) for (let j = 0; j <= i; j++) W.data[i * d + j] /= deviations[j];
  return W;
}

function correlation(U: Matrix, freedom: number, shrinkage: CovarianceOptions['shrinkage']): Matrix {
  const G = gram(U);
  if (shrinkage === 'none') return shrink(G, 0, freedom);
  if (typeof shrinkage !== 'number') return shrink(G, ledoitWolfShrinkage(U, G), U.rows);
  if (!(shrinkage >= 0 && shrinkage <= 1))
    throw new RangeError(`shrinkage must be 'ledoit-wolf', 'none' or in 0 … 1, but is ${shrinkage}`);
  return shrink(G, shrinkage, U.rows);
}

function withinClasses(reference: Matrix, labels: readonly string[], classes: readonly string[]) {
  const d = reference.cols;
  const index = new Map(classes.map((name, k) => [name, k]));
  const counts = new Float64Array(classes.length);
  const means = { rows: classes.length, cols: d, data: new Float64Array(classes.length * d) };
  for (let i = 0; i < reference.rows; i++) {
    const k = index.get(labels[i])!;
    counts[k]++;
    for (let j = 0; j < d; j++) means.data[k * d + j] += reference.data[i * d + j];
  }
  for (let o = 0; o < means.data.length; o++) means.data[o] /= counts[Math.floor(o / d)];
  const data = new Float64Array(reference.data.length);
  for (let i = 0; i < reference.rows; i++) {
    const k = index.get(labels[i])! * d;
    for (let j = 0; j < d; j++) data[i * d + j] = reference.data[i * d + j] - means.data[k + j];
  }
  return { means, residuals: { rows: reference.rows, cols: d, data } };
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
