import { checkWhole } from '../numeric/check.js';
import { type Spectrum, withY } from './spectrum.js';

export interface WhittakerOptions {
  /** Weight λ of the roughness: larger is smoother. Default 100. */
  readonly lambda?: number;
  /** Order of the differences that measure roughness. Default 2. */
  readonly order?: number;
}

/**
 * Whittaker's smoother: minimises Σ w (y − z)² + λ Σ (Δᵈ z)², with the weight 0 where y is missing, so that gaps are
 * filled in.
 *
 * Eilers (2003), doi:10.1021/ac034173t
 */
export function whittaker(spectrum: Spectrum, { lambda = 100, order = 2 }: WhittakerOptions = {}): Spectrum {
  const weights = spectrum.y.map((value) => (Number.isFinite(value) ? 1 : 0));
  const y = spectrum.y.map((value) => (Number.isFinite(value) ? value : 0));
  return withY(spectrum, penalised(y, weights, lambda, order));
}

/**
 * Solves (W + λ DᵀD) z = W y, D the differences of some order: a banded system, in time proportional to n.
 * @param weights - n weights, none negative.
 * @throws RangeError when λ is not positive, or the weights leave z undetermined.
 */
export function penalised(
  y: ArrayLike<number>,
  weights: ArrayLike<number>,
  lambda: number,
  order = 2,
): Float64Array {
  checkWhole('order', order, 1, 4);
  if (!(lambda > 0)) throw new RangeError(`lambda must be positive, but is ${lambda}`);
  if (y.length <= order)
    throw new RangeError(`y must have more than ${order} points to be smoothed, but has ${y.length}`);
  const bands = penaltyBands(y.length, lambda, order);
  for (let i = 0; i < y.length; i++) bands[0][i] += weights[i];
  const z = Float64Array.from(y, (value, i) => weights[i] * value);
  return solveBanded(bands, z);
}

/** λ DᵀD by its diagonals: `bands[k][i]` is entry (i, i + k). */
function penaltyBands(n: number, lambda: number, order: number): Float64Array[] {
  const coefficients = differences(order);
  const bands = Array.from({ length: order + 1 }, () => new Float64Array(n));
  for (let row = 0; row < n - order; row++)
    for (let a = 0; a <= order; a++)
      for (let b = a; b <= order; b++) bands[b - a][row + a] += lambda * coefficients[a] * coefficients[b];
  return bands;
}

/** Binomial coefficients with changing sign: 1, −2, 1. */
function differences(order: number): number[] {
  let row = [1];
  for (let k = 0; k < order; k++) row = [...row, 0].map((value, i) => value - (row[i - 1] ?? 0));
  return row;
}

/** A x = b for a symmetric, positive definite band matrix, by LDLᵀ in place. */
function solveBanded(bands: Float64Array[], b: Float64Array): Float64Array {
  const n = b.length;
  const width = bands.length - 1;
  for (let i = 0; i < n; i++) {
    const pivot = bands[0][i];
    if (!(pivot > 0))
      throw new RangeError('the weights leave the smooth curve undetermined; give more points a weight');
    for (let k = 1; k <= width && i + k < n; k++) {
      const factor = bands[k][i] / pivot;
      for (let j = k; j <= width && i + j < n; j++) bands[j - k][i + k] -= factor * bands[j][i];
      b[i + k] -= factor * b[i];
    }
  }
  for (let i = n - 1; i >= 0; i--) {
    for (let k = 1; k <= width && i + k < n; k++) b[i] -= bands[k][i] * b[i + k];
    b[i] /= bands[0][i];
  }
  return b;
}
