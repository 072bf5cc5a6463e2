import type { Matrix } from '../numeric/matrix.js';

/** What the abscissa counts. Raman shifts are `cm-1` too: the technique tells them apart. */
export type XUnit = 'cm-1' | 'nm' | 'um' | (string & {});

/** What the ordinate measures; a unit that is not known keeps the words of its file. */
export type YUnit =
  | 'absorbance'
  | 'transmittance'
  | '% transmittance'
  | 'reflectance'
  | '% reflectance'
  | 'log(1/R)'
  | 'Kubelka-Munk'
  | 'intensity'
  | 'single beam'
  | 'arbitrary'
  | (string & {});

export type Technique = 'FT-IR' | 'Raman' | 'NIR' | 'UV-Vis' | 'unknown';

/**
 * One spectrum: n points (x, y).
 *
 * Readers keep the order of the file, so `x` may descend, as most FT-IR files do, or be uneven. Every function of
 * `spectra/` takes either direction and keeps it; those that need an ascending axis turn the points round themselves
 * (`ascending`), and those that need an even one say so. `x` never repeats and never turns back, save in a peak table.
 * Values are never rescaled on reading: 82.25 % transmittance stays 82.25 with the unit `% transmittance`.
 */
export interface Spectrum {
  /** n abscissae in `xUnit`, monotone in either direction. */
  readonly x: Float64Array;
  /** n ordinates in `yUnit`; NaN where the instrument wrote no value. */
  readonly y: Float64Array;
  readonly xUnit: XUnit;
  readonly yUnit: YUnit;
  readonly technique: Technique;
  /** The sample's name as the file gives it; empty where it gives none. */
  readonly title: string;
  /** Whatever else the file says, by the file's own names. */
  readonly metadata: Readonly<Record<string, string>>;
}

/** What `spectrum` may be told beside the points. */
export type SpectrumFields = Partial<Omit<Spectrum, 'x' | 'y'>>;

/**
 * A spectrum from its points; by default FT-IR absorbance over wavenumber in cm⁻¹.
 * @param x - n abscissae, ascending or descending.
 * @param y - n ordinates.
 * @throws RangeError when x and y differ in length, or x is not finite or turns back.
 */
export function spectrum(x: ArrayLike<number>, y: ArrayLike<number>, fields: SpectrumFields = {}): Spectrum {
  if (x.length !== y.length)
    throw new RangeError(`y must have ${x.length} values like x, but has ${y.length}`);
  checkMonotone(x);
  return {
    ...{ xUnit: 'cm-1', yUnit: 'absorbance', technique: 'FT-IR', title: '', metadata: {} },
    ...fields,
    ...{ x: Float64Array.from(x), y: Float64Array.from(y) },
  };
}

function checkMonotone(x: ArrayLike<number>): void {
  const sign = Math.sign(x[1] - x[0]);
  for (let i = 0; i < x.length; i++) {
    if (!Number.isFinite(x[i])) throw new RangeError(`x must hold finite numbers, but point ${i} is ${x[i]}`);
    if (i > 0 && Math.sign(x[i] - x[i - 1]) * sign !== 1)
      throw new RangeError(
        `x must ascend or descend throughout, but goes from ${x[i - 1]} to ${x[i]} at point ${i}; sort the points first`,
      );
  }
}

/** The same spectrum with other ordinates, and a unit where it changed. */
export const withY = (spectrum: Spectrum, y: Float64Array, yUnit: YUnit = spectrum.yUnit): Spectrum => ({
  ...spectrum,
  y,
  yUnit,
});

/** Whether x ascends; a single point does. */
export const isAscending = ({ x }: Pick<Spectrum, 'x'>): boolean => x.length < 2 || x[0] < x[x.length - 1];

/** The spectrum with x ascending: itself where it does already. */
export const ascending = (spectrum: Spectrum): Spectrum =>
  isAscending(spectrum) ? spectrum : reversed(spectrum);

/** The spectrum with x descending, as figures show it. */
export const descending = (spectrum: Spectrum): Spectrum =>
  isAscending(spectrum) ? reversed(spectrum) : spectrum;

const reversed = (spectrum: Spectrum): Spectrum => ({
  ...spectrum,
  x: spectrum.x.slice().reverse(),
  y: spectrum.y.slice().reverse(),
});

/** Many spectra on one axis: a map, a library, the input of a network. */
export interface SpectrumSet {
  /** d abscissae, ascending. */
  readonly x: Float64Array;
  /** n × d ordinates, one spectrum a row. */
  readonly Y: Matrix;
  /** n titles. */
  readonly titles: readonly string[];
  readonly xUnit: XUnit;
  readonly yUnit: YUnit;
  readonly technique: Technique;
}
