import type { AgeingSamples } from './samples.js';

/** What the networks take in: rows of numbers on scales of their own, zeros where a side is missing. */
export interface Prepared {
  /** n × size² grey values of mean 0 and deviation 1 within each micrograph. */
  readonly images: Float32Array;
  /** n × points × 2: absorbance of mean 0 and deviation 1 within each spectrum, and its slope. */
  readonly spectra: Float32Array;
}

/** Numbers a point of a spectrum has. */
export const CHANNELS = 2;
const SLOPE = 4; // brings slopes to the size of the values

/**
 * Samples as the networks see them. Each side is scaled by itself alone (standard normal variate, Barnes et al. 1989,
 * doi:10.1366/0003702894202201): nothing is learnt from other samples, so nothing can leak.
 * @param points - how many points a spectrum is averaged down to; at most as many as it has.
 */
export function prepare({ images, spectra }: AgeingSamples, points: number): Prepared {
  const n = images.present.length;
  const pixels = images.size ** 2;
  const values = new Float32Array(n * pixels);
  const curves = new Float32Array(n * points * CHANNELS);
  for (let i = 0; i < n; i++) {
    if (images.present[i]) {
      const one = values.subarray(i * pixels, (i + 1) * pixels);
      one.set(images.values.subarray(i * pixels, (i + 1) * pixels));
      standardise(one);
    }
    if (spectra.present[i]) {
      const p = spectra.wavenumbers.length;
      const curve = averagedDown(spectra.values.subarray(i * p, (i + 1) * p), points);
      standardise(curve);
      putChannels(curve, curves.subarray(i * points * CHANNELS, (i + 1) * points * CHANNELS));
    }
  }
  return { images: values, spectra: curves };
}

/** The axis of `points` averages, in cm⁻¹. */
export const averagedAxis = (wavenumbers: Float64Array, points: number): Float64Array =>
  averages(wavenumbers, points, new Float64Array(points));

const averagedDown = (values: Float32Array, points: number): Float32Array =>
  averages(values, points, new Float32Array(points));

function averages<T extends Float32Array | Float64Array>(values: T, points: number, means: T): T {
  for (let k = 0; k < points; k++) {
    const from = Math.floor((k * values.length) / points);
    const to = Math.floor(((k + 1) * values.length) / points);
    let sum = 0;
    for (let j = from; j < to; j++) sum += values[j];
    means[k] = sum / (to - from);
  }
  return means;
}

/** Mean 0 and deviation 1, in place; a flat row becomes zeros. */
function standardise(values: Float32Array): void {
  let sum = 0;
  for (const value of values) sum += value;
  const mean = sum / values.length;
  let squares = 0;
  for (const value of values) squares += (value - mean) * (value - mean);
  const scale = squares > 0 ? 1 / Math.sqrt(squares / values.length) : 0;
  for (let k = 0; k < values.length; k++) values[k] = (values[k] - mean) * scale;
}

function putChannels(curve: Float32Array, target: Float32Array): void {
  const last = curve.length - 1;
  for (let k = 0; k <= last; k++) {
    target[CHANNELS * k] = curve[k];
    target[CHANNELS * k + 1] = SLOPE * (curve[Math.min(last, k + 1)] - curve[Math.max(0, k - 1)]);
  }
}
