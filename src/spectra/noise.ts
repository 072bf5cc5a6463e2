import { quantile } from '../numeric/statistics.js';
import type { Range } from './integrate.js';
import { cutRange } from './mask.js';
import type { Spectrum } from './spectrum.js';

/** Median absolute deviation of normal noise × this = its standard deviation. */
const TO_DEVIATION = 1.482602218505602;

/**
 * Standard deviation of the noise from point to point, from second differences two points apart, which bands and
 * baselines hardly touch: 1.4826 / √6 · median |2 yᵢ − yᵢ₋₂ − yᵢ₊₂| (DER_SNR).
 *
 * Stoehr et al. (2008), ADASS XVII, ASP Conf. Ser. 394, 505. Spectra that are smoothed or zero-filled look quieter than
 * they are: neighbouring points share their noise.
 * @param options.range - where to look; default everywhere.
 */
export function noise(spectrum: Spectrum, { range }: { range?: Range } = {}): number {
  const { y } = range ? cutRange(spectrum, ...range) : spectrum;
  if (y.length < 5)
    throw new RangeError(
      `spectrum "${spectrum.title}" has ${y.length} points to find its noise in; 5 are needed`,
    );
  const differences = new Float64Array(y.length - 4);
  for (let i = 2; i < y.length - 2; i++) differences[i - 2] = Math.abs(2 * y[i] - y[i - 2] - y[i + 2]);
  return (TO_DEVIATION / Math.sqrt(6)) * median(differences.filter(Number.isFinite));
}

/** Signal to noise: the highest value above the median, in units of the noise. */
export function signalToNoise(spectrum: Spectrum, options: { range?: Range } = {}): number {
  const finite = spectrum.y.filter(Number.isFinite);
  const top = finite.reduce((high, value) => Math.max(high, value), Number.NEGATIVE_INFINITY);
  return (top - median(finite)) / noise(spectrum, options);
}

export const median = (values: Float64Array): number => quantile(values.slice().sort(), 0.5);
