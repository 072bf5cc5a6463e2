import { linearAt } from '../resample.js';

export interface FillPeaksOptions {
  /** Into how many sections the spectrum is divided; the lowest point stands for each. */
  readonly sections: number;
  /** Half width, in sections, of the first moving mean; it shrinks to 1. */
  readonly halfWindow: number;
  readonly iterations: number;
}

/**
 * 4S peak filling: subsample by minima, then take every value down to the mean of its neighbours, from the left and from
 * the right, with windows that shrink.
 *
 * Liland (2015), doi:10.1016/j.mex.2015.02.009
 * @param x - n ascending abscissae.
 */
export function fillPeaks(
  x: Float64Array,
  y: Float64Array,
  { sections, halfWindow, iterations }: FillPeaksOptions,
): Float64Array {
  const minima = sectionMinima(x, y, Math.min(sections, x.length));
  for (let turn = 0; turn < iterations; turn++) {
    const share = iterations === 1 ? 0 : turn / (iterations - 1);
    const half = Math.max(1, Math.ceil(halfWindow ** (1 - share)));
    suppress(minima.y, half);
    minima.y.reverse();
    suppress(minima.y, half);
    minima.y.reverse();
  }
  return x.map((value) => linearAt(minima, Math.min(Math.max(value, x[0]), x[x.length - 1])));
}

/** The lowest y of each section at its mean x, with both ends of the spectrum. */
function sectionMinima(
  x: Float64Array,
  y: Float64Array,
  sections: number,
): { x: Float64Array; y: Float64Array } {
  const xs = [x[0]];
  const ys = [y[0]];
  for (let k = 0; k < sections; k++) {
    const from = Math.floor((k * x.length) / sections);
    const to = Math.floor(((k + 1) * x.length) / sections);
    const mean = x.subarray(from, to).reduce((sum, value) => sum + value, 0) / (to - from);
    if (mean <= xs[xs.length - 1] || mean >= x[x.length - 1]) continue;
    xs.push(mean);
    ys.push(y.subarray(from, to).reduce((low, value) => Math.min(low, value), Number.POSITIVE_INFINITY));
  }
  xs.push(x[x.length - 1]);
  ys.push(y[y.length - 1]);
  return { x: Float64Array.from(xs), y: Float64Array.from(ys) };
}

/** Every value becomes the mean around it where that is lower, in place from the left; windows shrink at the ends. */
function suppress(y: Float64Array, halfWindow: number): void {
  for (let i = 0; i < y.length; i++) {
    const half = Math.min(halfWindow, i, y.length - 1 - i);
    let sum = 0;
    for (let k = i - half; k <= i + half; k++) sum += y[k];
    y[i] = Math.min(y[i], sum / (2 * half + 1));
  }
}
