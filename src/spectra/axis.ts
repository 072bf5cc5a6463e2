import { ascending, type Spectrum } from './spectrum.js';

/**
 * Abscissae from `from` to `to` in steps of `step`, both ends included where the step meets them.
 * @throws RangeError when the step does not lead from one end to the other, or makes more than 10 million points.
 */
export function evenSteps(from: number, to: number, step: number): Float64Array {
  const n = Math.floor(Math.abs(to - from) / Math.abs(step) + 1e-9) + 1;
  if (!(step > 0) || !Number.isFinite(from + to) || n > 1e7)
    throw new RangeError(`an axis from ${from} to ${to} needs a positive step, but has ${step}`);
  const sign = to < from ? -1 : 1;
  return Float64Array.from({ length: n }, (_, i) => from + sign * i * step);
}

/**
 * The distance between neighbouring points, positive.
 * @param tolerance - share of the step by which points may be off their places. Default 0.02.
 * @throws RangeError when x is uneven.
 */
export function evenStep(spectrum: Spectrum, tolerance = 0.02): number {
  const { x } = ascending(spectrum);
  const step = (x[x.length - 1] - x[0]) / (x.length - 1);
  for (let i = 0; i < x.length; i++)
    if (!(Math.abs(x[i] - x[0] - i * step) <= tolerance * step))
      throw new RangeError(
        `x of spectrum "${spectrum.title}" is uneven at point ${i} (${x[i]}); resample it onto even steps first`,
      );
  return step;
}

/** The first index whose x is at least `value`; x ascending. */
export function lowerBound(x: ArrayLike<number>, value: number): number {
  let [low, high] = [0, x.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (x[middle] < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
