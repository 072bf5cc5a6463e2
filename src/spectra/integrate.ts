import { lowerBound } from './axis.js';
import { linearAt } from './resample.js';
import { ascending, type Spectrum } from './spectrum.js';

export interface BandOptions {
  /**
   * What is taken away below the band: `none`, or `local`, the straight line between its ends. Default `none`.
   */
  readonly baseline?: 'none' | 'local';
  /**
   * Where the band ends: at the measured `points` within the limits, so that the area is SciPy's `trapezoid` over them; or
   * `interpolated` at the limits themselves. Default `points`.
   */
  readonly ends?: 'points' | 'interpolated';
}

/** A stretch of the axis, in either order. */
export type Range = readonly [from: number, to: number];

/** The points of a band, x ascending, its baseline taken away. */
export interface Band {
  readonly x: Float64Array;
  readonly y: Float64Array;
}

/**
 * The points of a spectrum between two limits, both included.
 * @throws RangeError when the spectrum does not cover the band, or has fewer than two points in it.
 */
export function bandOf(spectrum: Spectrum, range: Range, options: BandOptions = {}): Band {
  const { baseline = 'none', ends = 'points' } = options;
  const source = ascending(spectrum);
  const [low, high] = [Math.min(...range), Math.max(...range)];
  const step = (source.x[source.x.length - 1] - source.x[0]) / (source.x.length - 1);
  if (!(source.x[0] <= low + step && source.x[source.x.length - 1] >= high - step))
    throw new RangeError(
      `spectrum "${spectrum.title}" runs from ${source.x[0]} to ${source.x[source.x.length - 1]}, which does not cover the band ${low} to ${high}`,
    );
  const band = ends === 'points' ? pointsWithin(source, low, high) : interpolated(source, low, high);
  if (band.x.length < 2)
    throw new RangeError(
      `spectrum "${spectrum.title}" has ${band.x.length} points between ${low} and ${high}; a band needs two`,
    );
  return baseline === 'local' ? aboveItsEnds(band) : band;
}

function pointsWithin({ x, y }: Spectrum, low: number, high: number): Band {
  const from = lowerBound(x, low);
  let to = lowerBound(x, high);
  if (to < x.length && x[to] === high) to++;
  return { x: x.slice(from, to), y: y.slice(from, to) };
}

function interpolated(source: Spectrum, low: number, high: number): Band {
  const inner = pointsWithin(source, low, high);
  const [first, last] = [Math.max(low, source.x[0]), Math.min(high, source.x[source.x.length - 1])];
  const x = [...inner.x];
  const y = [...inner.y];
  if (x[0] !== first) {
    x.unshift(first);
    y.unshift(linearAt(source, first));
  }
  if (x[x.length - 1] !== last) {
    x.push(last);
    y.push(linearAt(source, last));
  }
  return { x: Float64Array.from(x), y: Float64Array.from(y) };
}

function aboveItsEnds({ x, y }: Band): Band {
  const last = x.length - 1;
  const slope = (y[last] - y[0]) / (x[last] - x[0]);
  return { x, y: y.map((value, i) => value - y[0] - slope * (x[i] - x[0])) };
}

/** Area under a band by the trapezoidal rule, positive for a band that points up. */
export function bandArea(spectrum: Spectrum, range: Range, options: BandOptions = {}): number {
  return trapezoid(bandOf(spectrum, range, options));
}

/** Greatest height within a band. */
export function bandHeight(spectrum: Spectrum, range: Range, options: BandOptions = {}): number {
  return bandOf(spectrum, range, options).y.reduce(
    (top, value) => Math.max(top, value),
    Number.NEGATIVE_INFINITY,
  );
}

/** ∫ y dx by the trapezoidal rule. */
export function trapezoid({ x, y }: Band): number {
  let area = 0;
  for (let i = 1; i < x.length; i++) area += ((x[i] - x[i - 1]) * (y[i] + y[i - 1])) / 2;
  return area;
}

/** Weights w with area = Σ w y, after a local baseline where one is taken away: for the error of an area. */
export function trapezoidWeights(x: Float64Array, baseline: 'none' | 'local' = 'none'): Float64Array {
  const n = x.length;
  const weights = new Float64Array(n);
  for (let i = 1; i < n; i++) {
    weights[i - 1] += (x[i] - x[i - 1]) / 2;
    weights[i] += (x[i] - x[i - 1]) / 2;
  }
  if (baseline === 'local') {
    weights[0] -= (x[n - 1] - x[0]) / 2;
    weights[n - 1] -= (x[n - 1] - x[0]) / 2;
  }
  return weights;
}
