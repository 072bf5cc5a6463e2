import type { Technique, XUnit, YUnit } from '../../spectrum.js';

/** Galactic's codes of the x unit, by `fxtype`; the rest stays a number. */
const X_UNITS: Readonly<Record<number, XUnit>> = {
  ...{ 0: 'arbitrary', 1: 'cm-1', 2: 'um', 3: 'nm', 4: 's', 5: 'min', 6: 'Hz', 7: 'kHz', 8: 'MHz', 9: 'm/z' },
  ...{ 10: 'ppm', 11: 'd', 12: 'a', 13: 'cm-1', 14: 'eV', 16: 'diode', 17: 'channel', 18: '°', 19: '°F' },
  ...{
    20: '°C',
    21: 'K',
    22: 'points',
    23: 'ms',
    24: 'us',
    25: 'ns',
    26: 'GHz',
    27: 'cm',
    28: 'm',
    29: 'mm',
  },
  30: 'h',
};

const Y_UNITS: Readonly<Record<number, YUnit>> = {
  ...{
    0: 'arbitrary',
    1: 'interferogram',
    2: 'absorbance',
    3: 'Kubelka-Munk',
    4: 'intensity',
    5: 'V',
    6: '°',
  },
  ...{ 7: 'mA', 8: 'mm', 9: 'mV', 10: 'log(1/R)', 11: '%', 12: 'intensity', 13: 'intensity', 14: 'energy' },
  ...{ 16: 'dB', 22: 'refractive index', 23: 'extinction coefficient', 24: 'real', 25: 'imaginary' },
  ...{ 128: 'transmittance', 129: 'reflectance', 130: 'single beam', 131: 'intensity' },
};

const RAMAN_SHIFT = 13;

export const spcXUnit = (code: number): XUnit => X_UNITS[code] ?? `unit ${code}`;
export const spcYUnit = (code: number): YUnit => Y_UNITS[code] ?? `unit ${code}`;

/** Experiments, by `fexper`. */
export function spcTechnique(fexper: number, xType: number): Technique | null {
  if (xType === RAMAN_SHIFT || fexper === 11) return 'Raman';
  if (fexper === 4) return 'FT-IR';
  if (fexper === 5) return 'NIR';
  if (fexper === 7) return 'UV-Vis';
  return null;
}

/** What a file measures, where that is no optical spectrum; by `fexper` and the units. */
export function notOptical(fexper: number, xType: number, yType: number): string | null {
  if (fexper === 9 || xType === 9) return 'a mass spectrum';
  if (fexper === 10 || xType === 10) return 'an NMR spectrum';
  if (yType === 1 || xType === 255) return 'an interferogram';
  return null;
}
