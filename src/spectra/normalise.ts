import { bandHeight, trapezoid } from './integrate.js';
import { ascending, type Spectrum, withY } from './spectrum.js';

/** How the heights of a spectrum are made comparable with those of others. */
export type NormaliseOptions =
  /** y − min over max − min. */
  | { readonly method: 'min-max' }
  /** y over its Euclidean norm. */
  | { readonly method: 'vector' }
  /** Standard normal variate: y − mean over standard deviation. Barnes et al. (1989), doi:10.1366/0003702894202201. */
  | { readonly method: 'snv' }
  /** y over the area under |y|. */
  | { readonly method: 'area' }
  /** y over the height of the highest point within a band, or of all. */
  | { readonly method: 'peak'; readonly range?: readonly [number, number] };

/**
 * The spectrum on a scale of its own.
 * @param options - default `{ method: 'vector' }`.
 * @throws RangeError when the spectrum is flat, so that there is nothing to scale by.
 */
export function normalise(spectrum: Spectrum, options: NormaliseOptions = { method: 'vector' }): Spectrum {
  const { offset, scale } = scaling(spectrum, options);
  if (!(Math.abs(scale) > 0) || !Number.isFinite(scale))
    throw new RangeError(
      `spectrum "${spectrum.title}" cannot be normalised by ${options.method}: what it is divided by is ${scale}`,
    );
  return withY(
    spectrum,
    spectrum.y.map((value) => (value - offset) / scale),
    'arbitrary',
  );
}

function scaling(spectrum: Spectrum, options: NormaliseOptions): { offset: number; scale: number } {
  const finite = spectrum.y.filter(Number.isFinite);
  switch (options.method) {
    case 'min-max': {
      const low = finite.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
      return { offset: low, scale: finite.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY) - low };
    }
    case 'vector':
      return { offset: 0, scale: Math.sqrt(finite.reduce((sum, value) => sum + value * value, 0)) };
    case 'snv': {
      const mean = finite.reduce((sum, value) => sum + value, 0) / finite.length;
      const squares = finite.reduce((sum, value) => sum + (value - mean) * (value - mean), 0);
      return { offset: mean, scale: Math.sqrt(squares / (finite.length - 1)) };
    }
    case 'area':
      return { offset: 0, scale: absoluteArea(spectrum) };
    case 'peak': {
      const range = options.range ?? [spectrum.x[0], spectrum.x[spectrum.x.length - 1]];
      return { offset: 0, scale: bandHeight(spectrum, range) };
    }
    default:
      throw new RangeError(
        `method must be "min-max", "vector", "snv", "area" or "peak", but is "${(options as { method: string }).method}"`,
      );
  }
}

function absoluteArea(spectrum: Spectrum): number {
  const { x, y } = ascending(spectrum);
  return trapezoid({ x, y: y.map((value) => (Number.isNaN(value) ? 0 : Math.abs(value))) });
}
