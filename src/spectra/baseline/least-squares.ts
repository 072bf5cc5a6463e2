import { penalised } from '../whittaker.js';

export interface PenalisedOptions {
  /** Weight of the roughness: larger is stiffer. */
  readonly lambda: number;
  /** Stops when the weights, or for airPLS what lies below, change less than this share. */
  readonly tolerance: number;
  readonly iterations: number;
}

/** New weights from the residuals; `null` when nothing is left to do. */
type Reweight = (residuals: Float64Array, iteration: number) => Float64Array | null;

/**
 * Asymmetric least squares: points above the baseline weigh `p`, those below 1 − p.
 *
 * Eilers (2004), doi:10.1021/ac034800e
 */
export function asls(y: Float64Array, p: number, options: PenalisedOptions): Float64Array {
  if (!(p > 0 && p < 1)) throw new RangeError(`asymmetry must lie between 0 and 1, but is ${p}`);
  return reweighted(y, options, (residuals) => residuals.map((r) => (r > 0 ? p : 1 - p)));
}

/**
 * Asymmetrically reweighted least squares: weights by a logistic function of the residual in units of the noise below.
 *
 * Baek, Park, Ahn & Choo (2015), doi:10.1039/C4AN01061B
 */
export function arpls(y: Float64Array, options: PenalisedOptions): Float64Array {
  return reweighted(y, options, (residuals) => {
    const below = residuals.filter((r) => r < 0);
    if (below.length < 2) return null;
    const mean = below.reduce((sum, r) => sum + r, 0) / below.length;
    const squares = below.reduce((sum, r) => sum + (r - mean) * (r - mean), 0);
    const deviation = Math.sqrt(squares / (below.length - 1)) || Number.MIN_VALUE;
    return residuals.map((r) => 1 / (1 + Math.exp((2 / deviation) * (r - (2 * deviation - mean)))));
  });
}

/**
 * Adaptive iteratively reweighted least squares: points above weigh nothing, those below exponentially more with each turn.
 *
 * Zhang, Chen & Liang (2010), doi:10.1039/b922045c; weights as corrected by the authors.
 */
export function airpls(y: Float64Array, options: PenalisedOptions): Float64Array {
  const { lambda, tolerance, iterations } = options;
  const total = y.reduce((sum, value) => sum + Math.abs(value), 0);
  let weights = new Float64Array(y.length).fill(1);
  let z = y;
  for (let turn = 1; turn <= iterations + 1; turn++) {
    z = penalised(y, weights, lambda);
    const residuals = y.map((value, i) => value - z[i]);
    const below = residuals.reduce((sum, r) => sum + Math.min(r, 0), 0);
    if (residuals.filter((r) => r < 0).length < 2 || -below < tolerance * total) break;
    const scale = Math.min(turn, 50) / below;
    weights = residuals.map((r) => (r < 0 ? Math.exp(Math.min(scale * r, 709)) : 0));
  }
  return z;
}

function reweighted(y: Float64Array, options: PenalisedOptions, reweight: Reweight): Float64Array {
  const { lambda, tolerance, iterations } = options;
  let weights = new Float64Array(y.length).fill(1);
  let z = y;
  for (let turn = 0; turn <= iterations; turn++) {
    z = penalised(y, weights, lambda);
    const next = reweight(
      y.map((value, i) => value - z[i]),
      turn,
    );
    if (next === null || change(weights, next) < tolerance) break;
    weights = Float64Array.from(next);
  }
  return z;
}

/** |b − a| / |a|. */
function change(a: Float64Array, b: Float64Array): number {
  let [difference, size] = [0, 0];
  for (let i = 0; i < a.length; i++) {
    difference += (b[i] - a[i]) * (b[i] - a[i]);
    size += a[i] * a[i];
  }
  return Math.sqrt(difference / Math.max(size, Number.MIN_VALUE));
}
