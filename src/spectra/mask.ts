import { lowerBound } from './axis.js';
import type { Range } from './integrate.js';
import { ascending, isAscending, type Spectrum, withY } from './spectrum.js';

/** Carbon dioxide of the air. */
export const CO2: Range = [2280, 2420];
/** Rotational lines of water vapour: O–H stretching and bending. */
export const WATER_VAPOUR: readonly Range[] = [
  [1300, 1900],
  [3500, 3950],
];
/** Residue of a diamond crystal's own absorption, strongest near 2166 cm⁻¹. */
export const DIAMOND: Range = [1800, 2700];

/**
 * The points between two limits, both included.
 * @throws RangeError when none is left.
 */
export function cutRange(spectrum: Spectrum, from: number, to: number): Spectrum {
  const [low, high] = [Math.min(from, to), Math.max(from, to)];
  const kept = spectrum.x.map((value) => (value >= low && value <= high ? 1 : 0));
  const part = picked(spectrum, kept);
  if (part.x.length === 0)
    throw new RangeError(
      `spectrum "${spectrum.title}" runs from ${spectrum.x[0]} to ${spectrum.x[spectrum.x.length - 1]} and has nothing between ${low} and ${high}`,
    );
  return part;
}

export interface MaskOptions {
  /** What stands in the masked ranges: nothing (`drop`), NaN (`nan`), or the line between their ends. Default `line`. */
  readonly fill?: 'line' | 'nan' | 'drop';
}

/** The spectrum with ranges masked; by default that of carbon dioxide, bridged by a straight line. */
export function mask(
  spectrum: Spectrum,
  ranges: readonly Range[] = [CO2],
  { fill = 'line' }: MaskOptions = {},
): Spectrum {
  const inside = (x: number) => ranges.some((range) => x >= Math.min(...range) && x <= Math.max(...range));
  if (fill === 'drop')
    return picked(
      spectrum,
      spectrum.x.map((x) => (inside(x) ? 0 : 1)),
    );
  if (fill === 'nan')
    return withY(
      spectrum,
      spectrum.y.map((value, i) => (inside(spectrum.x[i]) ? Number.NaN : value)),
    );
  const source = ascending(spectrum);
  const y = source.y.slice();
  for (const range of ranges) bridge(source.x, y, Math.min(...range), Math.max(...range));
  return withY(spectrum, isAscending(spectrum) ? y : y.reverse());
}

function picked(spectrum: Spectrum, kept: ArrayLike<number>): Spectrum {
  const keep = (_: number, i: number) => kept[i] === 1;
  return { ...spectrum, x: spectrum.x.filter(keep), y: spectrum.y.filter(keep) };
}

/** A straight line between the points on both sides; level where the mask reaches the end of the spectrum. */
function bridge(x: Float64Array, y: Float64Array, low: number, high: number): void {
  const from = lowerBound(x, low);
  let to = lowerBound(x, high);
  if (to < x.length && x[to] === high) to++;
  if (from >= to) return;
  const [left, right] = [from > 0 ? from - 1 : to, to < x.length ? to : from - 1];
  if (left >= x.length || right < 0) return;
  const slope = left === right ? 0 : (y[right] - y[left]) / (x[right] - x[left]);
  for (let i = from; i < to; i++) y[i] = y[left] + slope * (x[i] - x[left]);
}
