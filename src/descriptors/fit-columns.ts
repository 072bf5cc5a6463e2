import { log } from '../numeric/elementary.js';
import { quantile } from '../numeric/statistics.js';
import type { FrequencyEncoding, NumberEncoding, NumberOptions, WordEncoding } from './encoder.js';

const LN10 = log(10);

/** The words that have rows enough for a feature of their own. */
export function fitWords(words: readonly string[], name: string, minimumRows: number): WordEncoding {
  const levels = [...countWords(words)].filter(([, count]) => count >= minimumRows).map(([word]) => word);
  return { kind: 'words', column: name, levels: levels.sort() };
}

function countWords(words: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}

/** How common each word is; labels are not looked at. */
export function fitFrequency(words: readonly string[], name: string): FrequencyEncoding {
  const counts = [...countWords(words)].sort(([a], [b]) => (a < b ? -1 : 1));
  const shares = counts.map(([, count]) => count / words.length);
  const mean = shares.reduce((sum, share) => sum + share * share, 0);
  const variance = shares.reduce((sum, share) => sum + share * (share - mean) ** 2, 0);
  return {
    ...{ kind: 'frequency', column: name, levels: counts.map(([word]) => word), shares, mean },
    deviation: variance > 0 ? Math.sqrt(variance) : 1,
  };
}

/** By what a number is replaced where it is missing, and how it is scaled. */
export function fitNumbers(
  values: Float64Array,
  name: string,
  logarithm: boolean,
  { imputation, scaling, indicators }: NumberOptions,
): NumberEncoding {
  const known = values.filter((value) => Number.isFinite(value)).sort();
  const floor = logarithm ? (known.find((value) => value > 0) ?? 1) / 2 : Number.NEGATIVE_INFINITY;
  const transformed = known.map((value) => transform(value, logarithm, floor));
  const median = transformed.length > 0 ? standIn(transformed, imputation) : 0;
  const filled = values.map((value) =>
    Number.isFinite(value) ? transform(value, logarithm, floor) : median,
  );
  return {
    ...{ kind: 'number', column: name, logarithm, floor, median },
    ...scaleOf(filled, scaling),
    missing: indicators && known.length < values.length,
  };
}

const standIn = (sorted: Float64Array, imputation: NumberOptions['imputation']): number =>
  imputation === 'median' ? quantile(sorted, 0.5) : meanOf(sorted);

function scaleOf(
  filled: Float64Array,
  scaling: NumberOptions['scaling'],
): Pick<NumberEncoding, 'mean' | 'deviation'> {
  if (scaling === 'none') return { mean: 0, deviation: 1 };
  if (scaling === 'robust') {
    const sorted = filled.slice().sort();
    const spread = quantile(sorted, 0.75) - quantile(sorted, 0.25);
    return { mean: quantile(sorted, 0.5), deviation: spread > 0 ? spread : 1 };
  }
  const mean = meanOf(filled);
  const variance = filled.reduce((sum, value) => sum + (value - mean) ** 2, 0) / filled.length;
  return { mean, deviation: variance > 0 ? Math.sqrt(variance) : 1 };
}

const meanOf = (values: Float64Array): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** A value as the encoder scales it, before mean and deviation. */
export const transform = (value: number, logarithm: boolean, floor: number): number =>
  logarithm ? log(Math.max(value, floor)) / LN10 : value;
