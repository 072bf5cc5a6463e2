import { type BandOptions, bandOf, type Range, trapezoid, trapezoidWeights } from './integrate.js';
import { noise } from './noise.js';
import type { Spectrum } from './spectrum.js';

/** A ratio of two bands that tells how far a polymer is degraded. */
export interface IndexDefinition {
  readonly name: string;
  /** What it measures, such as `carbonyl`. */
  readonly measures: string;
  /** Polymers it was made for; empty for any. */
  readonly polymers: readonly string[];
  readonly numerator: Range;
  readonly denominator: Range;
  /** Areas of both bands, or their greatest heights. */
  readonly method: 'area' | 'height';
  /** What is taken away below each band. */
  readonly baseline: 'none' | 'local';
  /** Where a band ends; see `bandOf`. */
  readonly ends?: 'points' | 'interpolated';
  readonly source: string;
}

/** An index with everything that it depends on, so that two of them can be compared or told apart. */
export interface DegradationIndex {
  readonly value: number;
  /** Standard error from the spectrum's own noise. */
  readonly standardError: number;
  /** value ± 1.96 standard errors: the noise only, not the sample. */
  readonly interval: readonly [low: number, high: number];
  /** Value that three standard errors of the numerator make: what is below is not told from none. */
  readonly detectionLimit: number;
  readonly detected: boolean;
  readonly numerator: number;
  readonly denominator: number;
  /** Noise from point to point, in the unit of y. */
  readonly noise: number;
  readonly definition: IndexDefinition;
}

/** Half width of a two-sided 95 % interval of a normal variable. */
const Z95 = 1.959963984540054;

/**
 * A degradation index: the area or height of one band over that of another, with its standard error by propagation of
 * the noise, an approximate interval and its detection limit.
 * @param options.noise - standard deviation of y from point to point; default: found in the spectrum (`noise`).
 * @throws TypeError for a transmittance; RangeError when a band is not covered or the denominator is not positive.
 */
export function degradationIndex(
  spectrum: Spectrum,
  definition: IndexDefinition,
  options: { noise?: number } = {},
): DegradationIndex {
  if (/transmittance|reflectance/.test(spectrum.yUnit))
    throw new TypeError(
      `spectrum "${spectrum.title}" is in ${spectrum.yUnit}; convert it with toAbsorbance() before taking an index`,
    );
  const sigma = options.noise ?? noise(spectrum);
  const top = measure(spectrum, definition.numerator, definition);
  const bottom = measure(spectrum, definition.denominator, definition);
  if (!(bottom.value > 0))
    throw new RangeError(
      `${definition.name} of spectrum "${spectrum.title}" divides by the band ${definition.denominator.join(' to ')}, which is ${bottom.value}; the polymer or the baseline does not fit the index`,
    );
  const value = top.value / bottom.value;
  const standardError =
    (sigma * Math.hypot(top.noiseFactor, value * bottom.noiseFactor)) / Math.abs(bottom.value);
  const detectionLimit = (3 * sigma * top.noiseFactor) / bottom.value;
  return {
    ...{ value, standardError, detectionLimit, definition, noise: sigma },
    interval: [value - Z95 * standardError, value + Z95 * standardError],
    detected: value > detectionLimit,
    ...{ numerator: top.value, denominator: bottom.value },
  };
}

/** A band's area or height, and by how much the noise of a point is multiplied in it. */
function measure(
  spectrum: Spectrum,
  range: Range,
  { method, baseline, ends = 'points' }: IndexDefinition,
): { value: number; noiseFactor: number } {
  const options: BandOptions = { baseline, ends };
  const band = bandOf(spectrum, range, options);
  if (method === 'height') {
    const height = band.y.reduce((high, value) => Math.max(high, value), Number.NEGATIVE_INFINITY);
    return { value: height, noiseFactor: baseline === 'local' ? Math.sqrt(1.5) : 1 };
  }
  const weights = trapezoidWeights(band.x, baseline);
  return { value: trapezoid(band), noiseFactor: Math.sqrt(weights.reduce((sum, w) => sum + w * w, 0)) };
}
