import { cholesky, choleskySolve } from '../numeric/cholesky.js';
import { type Matrix, matrix } from '../numeric/matrix.js';
import { legendre } from './baseline/polynomial.js';
import { type Spectrum, withY } from './spectrum.js';

/**
 * Multiplicative scatter correction: y = a + b · reference by least squares, then (y − a) / b.
 *
 * Geladi, MacDougall & Martens (1985), doi:10.1366/0003702854248656
 * @param reference - on the same axis; usually the mean of the training spectra.
 */
export const msc = (spectrum: Spectrum, reference: Spectrum): Spectrum =>
  emsc(spectrum, reference, { degree: 0 });

/**
 * Extended multiplicative scatter correction: y = Σ aₖ Pₖ(x) + b · reference, the polynomials for a bent baseline; then
 * (y − Σ aₖ Pₖ) / b.
 *
 * Martens & Stark (1991), doi:10.1016/0731-7085(91)80188-F; Afseth & Kohler (2012), doi:10.1016/j.chemolab.2012.03.004
 * @param options.degree - of the polynomials. Default 2.
 * @throws RangeError when both spectra do not share their axis, or the reference is a polynomial itself.
 */
export function emsc(
  spectrum: Spectrum,
  reference: Spectrum,
  { degree = 2 }: { degree?: number } = {},
): Spectrum {
  checkSameAxis(spectrum, reference);
  const polynomials = legendre(spectrum.x, degree);
  const columns = [...polynomials, reference.y];
  const coefficients = leastSquares(columns, spectrum.y);
  const b = coefficients[columns.length - 1];
  const y = spectrum.y.map((value, i) => {
    const background = polynomials.reduce((sum, column, k) => sum + coefficients[k] * column[i], 0);
    return (value - background) / b;
  });
  return withY(spectrum, y);
}

function leastSquares(columns: readonly Float64Array[], y: Float64Array): Float64Array {
  const k = columns.length;
  const G = matrix(k, k);
  for (let a = 0; a < k; a++) for (let b = 0; b < k; b++) G.data[a * k + b] = dot(columns[a], columns[b]);
  const L = cholesky(G);
  if (!L)
    throw new RangeError(
      'reference must not be a polynomial itself, but it is; lower the degree or take another one',
    );
  return choleskySolve(
    L,
    columns.map((column) => dot(column, y)),
  );
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}

/** Refuses two spectra that do not stand on the same abscissae. */
export function checkSameAxis(spectrum: Spectrum, reference: Spectrum): void {
  const same =
    spectrum.x.length === reference.x.length &&
    spectrum.x.every((value, i) => Math.abs(value - reference.x[i]) <= 1e-6 * Math.abs(value));
  if (!same)
    throw new RangeError(
      `spectrum "${spectrum.title}" (${spectrum.x.length} points from ${spectrum.x[0]}) must have the axis of "${reference.title}" (${reference.x.length} points from ${reference.x[0]}); resample it first`,
    );
}

/** The mean of the rows of a matrix: the usual reference. */
export function meanRow({ rows, cols, data }: Matrix): Float64Array {
  const mean = new Float64Array(cols);
  for (let i = 0; i < rows; i++) for (let j = 0; j < cols; j++) mean[j] += data[i * cols + j] / rows;
  return mean;
}
