import { checkSquares } from '../numeric/check.js';
import { cholesky, invertLower } from '../numeric/cholesky.js';
import { type Centres, gram } from '../numeric/gram.js';
import type { Matrix } from '../numeric/matrix.js';
import { type CovarianceOptions, ledoitWolfShrinkage, shrink, squaredNorms } from './ledoit-wolf.js';

/** `W = L⁻¹ D⁻¹` with `D` the columns' deviations and `L Lᵀ` the shrunk correlation: whitened columns are `W x`. */
export function fitWhitening(
  reference: Matrix,
  centres: Centres,
  shrinkage: CovarianceOptions['shrinkage'],
): Matrix {
  const { rows: n, cols: d } = reference;
  const G = gram(reference, centres);
  checkSquares('reference', G);
  const deviations = Float64Array.from({ length: d }, (_, j) => Math.sqrt(G.data[j * d + j] / n));
  const constant = deviations.findIndex((s, j) => !(s > 1e-14 * Math.abs(reference.data[j])));
  if (constant >= 0)
    throw new RangeError(
      `column ${constant} of reference is constant, so no distance along it is known; drop that descriptor`,
    );
  const R = { ...G, data: G.data.map((g, k) => g / (deviations[Math.floor(k / d)] * deviations[k % d])) };
  const norms = () => squaredNorms(reference, centres, deviations);
  const L = cholesky(correlation(R, n, n - centres.means.rows, norms, shrinkage));
  if (!L)
    throw new RangeError(
      `covariance of ${n} × ${d} reference is singular; add particles, drop descriptors, or set shrinkage`,
    );
  const W = invertLower(L);
  for (let i = 0; i < d; i++) for (let j = 0; j <= i; j++) W.data[i * d + j] /= deviations[j];
  return W;
}

/**
 * From the products R of columns of unit variance.
 * @param freedom - degrees of freedom: n without as many as centres were fitted.
 * @param norms - squared lengths of the rows in these units.
 */
function correlation(
  R: Matrix,
  n: number,
  freedom: number,
  norms: () => Float64Array,
  shrinkage: CovarianceOptions['shrinkage'],
): Matrix {
  if (shrinkage === 'none') return shrink(R, 0, freedom);
  if (typeof shrinkage !== 'number') return shrink(R, ledoitWolfShrinkage(norms(), R), n);
  if (!(shrinkage >= 0 && shrinkage <= 1))
    throw new RangeError(`shrinkage must be 'ledoit-wolf', 'none' or in 0 … 1, but is ${shrinkage}`);
  return shrink(R, shrinkage, n);
}
