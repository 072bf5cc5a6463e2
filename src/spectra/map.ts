import { type Matrix, matrix, row } from '../numeric/matrix.js';
import { type BandOptions, bandOf, type Range, trapezoid } from './integrate.js';
import { mapSet, spectrumAt } from './set.js';
import type { Spectrum, SpectrumSet } from './spectrum.js';

/** Spectra measured on a grid: row-major, `set` has height × width rows. */
export interface SpectralMap {
  readonly set: SpectrumSet;
  readonly width: number;
  readonly height: number;
  /** Distance of neighbouring pixels in µm; NaN where it is not known. */
  readonly micronsPerPixel: number;
}

/**
 * A map from a set whose rows are the pixels, row by row.
 * @throws RangeError when the rows do not fill the grid.
 */
export function spectralMap(
  set: SpectrumSet,
  {
    width,
    height,
    micronsPerPixel = Number.NaN,
  }: { width: number; height: number; micronsPerPixel?: number },
): SpectralMap {
  if (set.Y.rows !== width * height)
    throw new RangeError(
      `a map of ${width} × ${height} needs ${width * height} spectra, but has ${set.Y.rows}`,
    );
  return { set, width, height, micronsPerPixel };
}

/** The map with a function applied to every spectrum. */
export const transformMap = (map: SpectralMap, transform: (spectrum: Spectrum) => Spectrum): SpectralMap => ({
  ...map,
  set: mapSet(map.set, transform),
});

/** The area of a band in every pixel: height × width. */
export const bandImage = (map: SpectralMap, range: Range, options: BandOptions = {}): Matrix =>
  valueImage(map, (spectrum) => trapezoid(bandOf(spectrum, range, options)));

/** A number for every pixel, such as an index or the score of a library match: height × width. */
export function valueImage(map: SpectralMap, value: (spectrum: Spectrum) => number): Matrix {
  const image = matrix(map.height, map.width);
  for (let i = 0; i < image.data.length; i++) image.data[i] = value(spectrumAt(map.set, i));
  return image;
}

/** The mean spectrum of the pixels that a mask keeps; of all by default. */
export function meanSpectrum({ set }: SpectralMap, keep: (pixel: number) => boolean = () => true): Spectrum {
  const pixels = Array.from({ length: set.Y.rows }, (_, i) => i).filter(keep);
  if (pixels.length === 0) throw new RangeError('the mask keeps no pixel');
  const y = new Float64Array(set.x.length);
  for (const pixel of pixels)
    row(set.Y, pixel).forEach((value, j) => {
      y[j] += value / pixels.length;
    });
  return { ...spectrumAt(set, pixels[0]), y, title: `mean of ${pixels.length} pixels` };
}
