import { evenSteps } from '../../spectra/axis.js';
import { resample } from '../../spectra/resample.js';
import type { Spectrum } from '../../spectra/spectrum.js';

/** cm⁻¹ between points. */
const STEP = 2;
/** Less than this tells no type of ageing from another. */
const SHORTEST = 400;

/**
 * The wavenumbers that all spectra cover.
 * @param spectra - over ascending wavenumbers. Without any the axis of the synthetic set stands in.
 * @throws RangeError naming the two that limit it when they share less than 400 cm⁻¹.
 */
export function commonAxis(spectra: readonly Spectrum[]): Float64Array {
  if (spectra.length === 0) return evenSteps(400, 3998, STEP);
  const highest = spectra.reduce((a, b) => (b.x[0] > a.x[0] ? b : a));
  const shortest = spectra.reduce((a, b) => (b.x.at(-1)! < a.x.at(-1)! ? b : a));
  const [low, high] = [Math.ceil(highest.x[0] - 1e-6), Math.floor(shortest.x.at(-1)! + 1e-6)];
  if (high - low >= SHORTEST) return evenSteps(low, low + STEP * Math.floor((high - low) / STEP), STEP);
  throw new RangeError(
    `spectra must share at least ${SHORTEST} cm⁻¹, but "${highest.title}" begins at ${highest.x[0]} and "${shortest.title}" ends at ${shortest.x.at(-1)}; leave one of them out`,
  );
}

/**
 * Absorbances of a spectrum at the points of an axis.
 * @throws RangeError when the axis reaches beyond the spectrum.
 */
export function onAxis(spectrum: Spectrum, axis: Float64Array): Float32Array {
  const { x, title } = spectrum;
  const [low, high] = [axis[0], axis.at(-1)!];
  if (x[0] > low + STEP || x.at(-1)! < high - STEP)
    throw new RangeError(
      `"${title}" runs from ${x[0]} to ${x.at(-1)} cm⁻¹, but ${low} to ${high} are needed; it is left out`,
    );
  return Float32Array.from(resample(spectrum, axis, { outside: 'edge' }).y);
}
