import { quantile } from '../../../numeric/statistics.js';
import type { XUnit, YUnit } from '../../spectrum.js';
import { sortedSample, xUnitOf, yUnitOf } from '../units.js';

/** A unit, and whether the file named it. */
export interface GuessedUnit<U> {
  readonly unit: U;
  readonly named: boolean;
}

const KNOWN_X = ['cm-1', 'nm', 'um'];

/** The unit of x from the first of some words that name one, else from the range: 190 to 1,100 is the visible in nm. */
export function guessXUnit(words: readonly string[], x: Float64Array): GuessedUnit<XUnit> {
  const named = words.map((word) => xUnitOf(word)).find((unit) => KNOWN_X.includes(unit));
  if (named) return { unit: named, named: true };
  const low = Math.min(x[0], x[x.length - 1]);
  const high = Math.max(x[0], x[x.length - 1]);
  if (high <= 30 && low >= 0.2) return { unit: 'um', named: false };
  return { unit: low >= 180 && low <= 420 && high >= 600 && high <= 1200 ? 'nm' : 'cm-1', named: false };
}

const KNOWN_Y: readonly YUnit[] = [
  ...['absorbance', 'transmittance', '% transmittance', 'reflectance', '% reflectance', 'log(1/R)'],
  ...['Kubelka-Munk', 'intensity', 'single beam'],
];

/** The unit of y likewise: nine tenths of an absorbance lie below 5, percentages below 130. */
export function guessYUnit(words: readonly string[], y: Float64Array): GuessedUnit<YUnit> {
  const named = words.map((word) => yUnitOf(word)).find((unit) => KNOWN_Y.includes(unit));
  if (named) return { unit: named, named: true };
  const sorted = sortedSample(y);
  const high = quantile(sorted, 0.9);
  if (high <= 5) return { unit: 'absorbance', named: false };
  return { unit: high <= 130 && quantile(sorted, 0.5) > 30 ? '% transmittance' : 'intensity', named: false };
}
