import { type Spectrum, withY, type XUnit } from './spectrum.js';

/** cm⁻¹ per unit of a wavelength: ν = FACTOR / λ. */
const FACTOR: Readonly<Record<string, number>> = { nm: 1e7, um: 1e4 };

/**
 * The spectrum over wavenumber in cm⁻¹: ν = 10⁷ / λ[nm].
 * @throws TypeError when x is neither wavenumber nor wavelength.
 */
export function toWavenumber(spectrum: Spectrum): Spectrum {
  if (spectrum.xUnit === 'cm-1') return spectrum;
  return { ...spectrum, x: inverted(spectrum, factorOf(spectrum.xUnit, spectrum)), xUnit: 'cm-1' };
}

/** The spectrum over wavelength, in nm unless `um` is asked for. */
export function toWavelength(spectrum: Spectrum, xUnit: 'nm' | 'um' = 'nm'): Spectrum {
  if (spectrum.xUnit === xUnit) return spectrum;
  const source = toWavenumber(spectrum);
  return { ...source, x: inverted(source, FACTOR[xUnit]), xUnit };
}

function factorOf(xUnit: XUnit, { title }: Spectrum): number {
  if (Object.hasOwn(FACTOR, xUnit)) return FACTOR[xUnit];
  throw new TypeError(`spectrum "${title}" has x in "${xUnit}"; a wavenumber or a wavelength is needed`);
}

function inverted({ x, title }: Spectrum, factor: number): Float64Array {
  const bad = x.findIndex((value) => !(value > 0));
  if (bad >= 0)
    throw new RangeError(`x of spectrum "${title}" must be positive, but point ${bad} is ${x[bad]}`);
  return x.map((value) => factor / value);
}

export interface AbsorbanceOptions {
  /** Least share of light that is told from none: smaller ones are taken as this. Default 1e-5, an absorbance of 5. */
  readonly floor?: number;
}

/**
 * Absorbance A = −log₁₀ T from transmittance; log(1/R) from reflectance, which is no absorbance in the strict sense and is
 * named so. Absorbance and log(1/R) stay as they are.
 * @throws TypeError when y is something else.
 */
export function toAbsorbance(spectrum: Spectrum, { floor = 1e-5 }: AbsorbanceOptions = {}): Spectrum {
  const { yUnit } = spectrum;
  if (yUnit === 'absorbance' || yUnit === 'log(1/R)') return spectrum;
  const scale = shareOf(spectrum, 'toAbsorbance');
  const y = spectrum.y.map((value) =>
    Number.isNaN(value) ? value : -Math.log10(Math.max(value * scale, floor)),
  );
  return withY(spectrum, y, /transmittance/.test(yUnit) ? 'absorbance' : 'log(1/R)');
}

/** 1 where y is a share of light, 0.01 where it is a percentage. */
function shareOf({ yUnit, title }: Spectrum, name: string): number {
  if (yUnit === 'transmittance' || yUnit === 'reflectance') return 1;
  if (yUnit === '% transmittance' || yUnit === '% reflectance') return 0.01;
  throw new TypeError(
    `${name} takes transmittance, reflectance or absorbance, but spectrum "${title}" is in "${yUnit}"; set yUnit if the file is wrong`,
  );
}

/** Transmittance T = 10^−A from absorbance, and shares from percentages. */
export function toTransmittance(spectrum: Spectrum): Spectrum {
  if (spectrum.yUnit === 'transmittance') return spectrum;
  if (spectrum.yUnit === '% transmittance')
    return withY(
      spectrum,
      spectrum.y.map((v) => v / 100),
      'transmittance',
    );
  if (spectrum.yUnit !== 'absorbance')
    throw new TypeError(
      `toTransmittance takes absorbance, but spectrum "${spectrum.title}" is in "${spectrum.yUnit}"`,
    );
  return withY(
    spectrum,
    spectrum.y.map((v) => 10 ** -v),
    'transmittance',
  );
}

/** Reflectance as a share, from percentages, log(1/R) or Kubelka–Munk. */
export function toReflectance(spectrum: Spectrum): Spectrum {
  const { y, yUnit, title } = spectrum;
  if (yUnit === 'reflectance') return spectrum;
  if (yUnit === '% reflectance')
    return withY(
      spectrum,
      y.map((v) => v / 100),
      'reflectance',
    );
  if (yUnit === 'log(1/R)')
    return withY(
      spectrum,
      y.map((v) => 10 ** -v),
      'reflectance',
    );
  if (yUnit === 'Kubelka-Munk') return withY(spectrum, y.map(fromKubelkaMunk), 'reflectance');
  throw new TypeError(
    `toReflectance takes log(1/R) or Kubelka-Munk, but spectrum "${title}" is in "${yUnit}"`,
  );
}

/** R = 1 + f − √(f² + 2 f): the root below 1. */
const fromKubelkaMunk = (f: number): number => 1 + f - Math.sqrt(f * f + 2 * f);

/**
 * Kubelka–Munk function of a diffuse reflectance: f(R) = (1 − R)² / 2R, proportional to concentration where a powder is
 * thick and scatters evenly.
 *
 * Kubelka (1948), doi:10.1364/JOSA.38.000448
 * @param options.floor - least reflectance that is told from none. Default 1e-3.
 */
export function kubelkaMunk(spectrum: Spectrum, { floor = 1e-3 }: { floor?: number } = {}): Spectrum {
  if (spectrum.yUnit === 'Kubelka-Munk') return spectrum;
  const { y } = toReflectance(spectrum);
  const f = y.map((value) => {
    const R = Math.max(value, floor);
    return Number.isNaN(value) ? value : ((1 - R) * (1 - R)) / (2 * R);
  });
  return withY(spectrum, f, 'Kubelka-Munk');
}
