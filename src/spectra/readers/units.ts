import { quantile } from '../../numeric/statistics.js';
import type { XUnit, YUnit } from '../spectrum.js';

/** A unit of the x axis from the words of a file; words that are not known stay as they are. */
export function xUnitOf(words: string): XUnit {
  const key = simplified(words);
  const found = X_WORDS.find(([pattern]) => pattern.test(key));
  return found ? found[1] : words.trim();
}

const X_WORDS: readonly (readonly [RegExp, XUnit])[] = [
  [/cm\^?-1|1\/cm|cm\(-1\)|reciprocalcentimet|wavenumber|ramanshift|kayser|cm⁻¹|\/cm$/, 'cm-1'],
  [/nanomet|\bnm\b|^nm|\(nm\)|\[nm\]/, 'nm'],
  [/micromet|micron|\bum\b|^um|\(um\)|\[um\]/, 'um'],
];

/** A unit of the y axis likewise. */
export function yUnitOf(words: string): YUnit {
  const key = simplified(words);
  const found = Y_WORDS.find(([pattern]) => pattern.test(key));
  return found ? found[1] : words.trim() || 'arbitrary';
}

const Y_WORDS: readonly (readonly [RegExp, YUnit])[] = [
  [/log\(?1\/r/, 'log(1/R)'],
  [/kubelka|^km$|^k-m$|\bf\(r\)/, 'Kubelka-Munk'],
  [/(%|percent|pct).*transm|transm.*(%|percent)|%t\b|^%t/, '% transmittance'],
  [/(%|percent|pct).*reflect|reflect.*(%|percent)|%r\b|^%r/, '% reflectance'],
  [/transm|^t$/, 'transmittance'],
  [/reflect|^r$/, 'reflectance'],
  [/absorb|absorp|^abs\b|^a$|extin[ck]tion|opticaldensity/, 'absorbance'],
  [/singlebeam|single-beam/, 'single beam'],
  [/intensit|counts|cts\b|^cps$|emission/, 'intensity'],
  [/arbitrary|^a\.?u\.?$|^arb/, 'arbitrary'],
];

const simplified = (words: string): string =>
  words.toLowerCase().replace(/[µμ]/g, 'u').replace(/[−–]/g, '-').replace(/\s+/g, '');

/**
 * Files call both shares and percentages "transmittance": nine tenths of the values of a share lie below 2.
 * Baselines of single shares reach 1.5 in real files.
 */
export function percentOrShare(yUnit: YUnit, y: Float64Array): YUnit {
  if (yUnit !== 'transmittance' && yUnit !== 'reflectance') return yUnit;
  return quantile(sortedSample(y), 0.9) > 2 ? `% ${yUnit}` : yUnit;
}

const SAMPLE = 10_000;

/** The finite values among at most 10,000 that stand evenly among all, sorted: enough to guess a unit. */
export function sortedSample(y: Float64Array): Float64Array {
  const step = Math.max(1, Math.ceil(y.length / SAMPLE));
  return Float64Array.from({ length: Math.ceil(y.length / step) }, (_, k) => y[k * step])
    .filter(Number.isFinite)
    .sort();
}
