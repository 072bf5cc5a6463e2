import { type Table, table } from '../frames/table.js';
import { log } from '../numeric/elementary.js';
import { type AgeingPrediction, pooledByParticle } from './predict.js';
import { type AgeingSamples, sampleCount } from './samples.js';
import { mostLikely } from './scores.js';

/**
 * Predictions as a table for people: for each sample what it was answered from, its type with its probability, how
 * uncertain the answer is (entropy in bits: 0 is sure, log₂ 7 ≈ 2.8 knows nothing), the type of its particle when all its
 * samples are answered together, and the probability of every type.
 */
export function ageingPredictionTable(
  { ids, particles, classes, images, spectra, ...rest }: AgeingSamples,
  { probabilities }: AgeingPrediction,
): Table {
  const samples = { ids, particles, classes, images, spectra, ...rest };
  const { cols, data } = probabilities;
  const called = mostLikely(probabilities);
  const together = mostLikely(pooledByParticle(particles, probabilities));
  const rows = Array.from({ length: sampleCount(samples) }, (_, i) => i);
  const from = (i: number): string =>
    images.present[i] && spectra.present[i] ? 'both' : images.present[i] ? 'image' : 'spectrum';
  return table([
    ['sample', [...ids]],
    ['particle', [...particles]],
    ['answered from', rows.map(from)],
    ['type', rows.map((i) => classes[called[i]])],
    ['probability', rows.map((i) => rounded(data[i * cols + called[i]]))],
    ['uncertainty bits', rows.map((i) => rounded(entropy(data.slice(i * cols, (i + 1) * cols))))],
    ['type of particle', rows.map((i) => classes[together[i]])],
    ...classes.map((name, k) => [`p ${name}`, rows.map((i) => rounded(data[i * cols + k]))] as const),
  ]);
}

const rounded = (value: number): number => Math.round(value * 1e4) / 1e4;

/** Shannon's entropy in bits. */
export function entropy(probabilities: ArrayLike<number>): number {
  let bits = 0;
  for (let k = 0; k < probabilities.length; k++)
    if (probabilities[k] > 0) bits -= (probabilities[k] * log(probabilities[k])) / Math.LN2;
  return Math.max(0, bits);
}
