import { ascending, type Spectrum } from './spectrum.js';

/** A band as its top shows it. */
export interface Peak {
  /** Position of the top, refined by a parabola through its neighbours. */
  readonly x: number;
  readonly height: number;
  /** How far the top stands above the higher of the two saddles that part it from higher ground. */
  readonly prominence: number;
  /** Full width at half prominence, in units of x. */
  readonly width: number;
  /** Index of the highest point in the ascending spectrum. */
  readonly index: number;
}

export interface PeakOptions {
  /** Least prominence. Default: 2 % of the range of y. */
  readonly prominence?: number;
  /** Least height. Default: none. */
  readonly height?: number;
  /** Least distance in x; of closer peaks the higher one stays. Default 0. */
  readonly distance?: number;
}

/**
 * The bands of a spectrum by their tops, in ascending x: local maxima with their prominence and width, as
 * scipy.signal.find_peaks measures them.
 */
export function findPeaks(spectrum: Spectrum, options: PeakOptions = {}): Peak[] {
  const { x, y } = ascending(spectrum);
  const least = options.prominence ?? 0.02 * rangeOf(y);
  const found = localMaxima(y)
    .map((index) => peakAt(x, y, index))
    .filter(
      ({ prominence, height }) =>
        prominence >= least && height >= (options.height ?? Number.NEGATIVE_INFINITY),
    );
  return keepApart(found, options.distance ?? 0);
}

/** Tops, the middle of each plateau; NaN is no top. */
function localMaxima(y: Float64Array): number[] {
  const tops: number[] = [];
  for (let i = 1; i < y.length - 1; i++) {
    if (!(y[i] > y[i - 1])) continue;
    let end = i;
    while (end < y.length - 1 && y[end + 1] === y[i]) end++;
    if (end < y.length - 1 && y[end + 1] < y[i]) tops.push((i + end) >> 1);
    i = end;
  }
  return tops;
}

function peakAt(x: Float64Array, y: Float64Array, index: number): Peak {
  const left = saddle(y, index, -1);
  const right = saddle(y, index, 1);
  const prominence = y[index] - Math.max(left, right);
  const level = y[index] - prominence / 2;
  const width = crossing(x, y, index, level, 1) - crossing(x, y, index, level, -1);
  return { x: vertex(x, y, index), height: y[index], prominence, width, index };
}

/** The lowest ground between a top and the next higher one on a side. */
function saddle(y: Float64Array, index: number, side: 1 | -1): number {
  let low = y[index];
  for (let i = index + side; i >= 0 && i < y.length && y[i] <= y[index]; i += side) low = Math.min(low, y[i]);
  return low;
}

/** Where y falls through a level on a side, on the line between two points. */
function crossing(x: Float64Array, y: Float64Array, index: number, level: number, side: 1 | -1): number {
  let i = index;
  while (i + side >= 0 && i + side < y.length && y[i] > level) i += side;
  if (y[i] >= level || i === index) return x[i];
  const share = (level - y[i]) / (y[i - side] - y[i]);
  return x[i] + share * (x[i - side] - x[i]);
}

/** The top of the parabola through a point and its neighbours, which may be uneven. */
function vertex(x: Float64Array, y: Float64Array, i: number): number {
  const left = (y[i] - y[i - 1]) / (x[i] - x[i - 1]);
  const right = (y[i + 1] - y[i]) / (x[i + 1] - x[i]);
  const bend = (right - left) / (x[i + 1] - x[i - 1]);
  if (!(bend < 0)) return x[i];
  const top = (x[i - 1] + x[i]) / 2 - left / (2 * bend);
  return Math.min(Math.max(top, x[i - 1]), x[i + 1]);
}

function keepApart(peaks: readonly Peak[], distance: number): Peak[] {
  const kept: Peak[] = [];
  for (const peak of [...peaks].sort((a, b) => b.height - a.height))
    if (kept.every((other) => Math.abs(other.x - peak.x) >= distance)) kept.push(peak);
  return kept.sort((a, b) => a.x - b.x);
}

function rangeOf(y: Float64Array): number {
  const finite = y.filter(Number.isFinite);
  return (
    finite.reduce((a, b) => Math.max(a, b), -Infinity) - finite.reduce((a, b) => Math.min(a, b), Infinity)
  );
}
