import { checkWhole } from '../numeric/check.js';
import { evenStep } from './axis.js';
import { isAscending, type Spectrum, withY } from './spectrum.js';

export interface SavitzkyGolayOptions {
  /** Points under each polynomial, odd. Default 11. */
  readonly window?: number;
  /** Degree of the polynomial. Default 3. */
  readonly degree?: number;
  /** Which derivative with respect to x; 0 smooths. Default 0. */
  readonly derivative?: number;
}

/**
 * Savitzky and Golay's smoother: the value, or a derivative, of the least-squares polynomial through the points around
 * each point; at the ends the polynomial of the outermost window goes on (SciPy's `mode='interp'`). Derivatives are per
 * unit of x and have their sign whichever way the axis runs.
 *
 * Savitzky & Golay (1964), doi:10.1021/ac60214a047
 * @throws RangeError when x is uneven, or the window is even, longer than the spectrum or no longer than the degree.
 */
export function savitzkyGolay(
  spectrum: Spectrum,
  { window = 11, degree = 3, derivative = 0 }: SavitzkyGolayOptions = {},
): Spectrum {
  checkWhole('window', window, 3, spectrum.y.length);
  checkWhole('degree', degree, 0, window - 1);
  checkWhole('derivative', derivative, 0, degree);
  if (window % 2 === 0) throw new RangeError(`window must be odd, but is ${window}`);
  const step = evenStep(spectrum) * (isAscending(spectrum) ? 1 : -1);
  const y = filtered(spectrum.y, window, degree, derivative);
  const scale = step ** -derivative;
  return withY(
    spectrum,
    derivative === 0 ? y : y.map((value) => value * scale),
    unitOf(spectrum, derivative),
  );
}

const unitOf = ({ yUnit, xUnit }: Spectrum, derivative: number): string =>
  derivative === 0 ? yUnit : `derivative ${derivative} of ${yUnit} over ${xUnit}`;

function filtered(y: Float64Array, window: number, degree: number, derivative: number): Float64Array {
  const n = y.length;
  const half = (window - 1) / 2;
  const out = new Float64Array(n);
  const middle = projection(window, degree, derivative, 0);
  for (let i = half; i < n - half; i++) out[i] = dot(middle, y, i - half);
  for (let i = 0; i < half; i++) {
    const weights = projection(window, degree, derivative, i - half);
    out[i] = dot(weights, y, 0);
    const mirror = derivative % 2 === 0 ? weights : weights.map((w) => -w);
    out[n - 1 - i] = dot(mirror.slice().reverse(), y, n - window);
  }
  return out;
}

function dot(weights: Float64Array, y: Float64Array, from: number): number {
  let sum = 0;
  for (let k = 0; k < weights.length; k++) sum += weights[k] * y[from + k];
  return sum;
}

/**
 * Weights that take the values in a window to a derivative of their polynomial at `at`, counted from its middle. The
 * polynomials are Gram's: orthogonal on the points of the window, so that high degrees stay exact.
 *
 * Gorry (1990), doi:10.1021/ac00205a007
 */
function projection(window: number, degree: number, derivative: number, at: number): Float64Array {
  const half = (window - 1) / 2;
  const weights = new Float64Array(window);
  const here = gramPolynomials(at, half, degree, derivative);
  const norms = new Float64Array(degree + 1);
  const there = Array.from({ length: window }, (_, k) => gramPolynomials(k - half, half, degree, 0));
  for (const values of there) for (let d = 0; d <= degree; d++) norms[d] += values[d] * values[d];
  there.forEach((values, k) => {
    for (let d = 0; d <= degree; d++) weights[k] += (values[d] * here[d]) / norms[d];
  });
  return weights;
}

/** Derivatives of the polynomials of degree 0 … `degree` at t, by P₍d₊₁₎ = t P₍d₎ − c₍d₎ P₍d₋₁₎ on −m … m. */
function gramPolynomials(t: number, m: number, degree: number, derivative: number): Float64Array {
  let previous = new Float64Array(derivative + 1);
  let current = new Float64Array(derivative + 1);
  current[0] = 1;
  const out = new Float64Array(degree + 1);
  for (let d = 0; d <= degree; d++) {
    out[d] = current[derivative];
    const points = 2 * m + 1;
    const c = (d * d * (points * points - d * d)) / (4 * (4 * d * d - 1));
    const next = new Float64Array(derivative + 1);
    for (let s = 0; s <= derivative; s++)
      next[s] = t * current[s] + (s > 0 ? s * current[s - 1] : 0) - (d > 0 ? c * previous[s] : 0);
    previous = current;
    current = next;
  }
  return out;
}
