import { row } from '../numeric/matrix.js';
import { median, noise, signalToNoise } from './noise.js';
import { ascending, type Spectrum, type SpectrumSet } from './spectrum.js';

/** What is wrong with a spectrum, or nothing; each with the numbers that say so. */
export interface QualityReport {
  readonly good: boolean;
  readonly noise: number;
  readonly signalToNoise: number;
  /** Sentences about what an expert would object to. */
  readonly remarks: readonly string[];
}

export interface QualityOptions {
  /** Least signal to noise. Default 10. */
  readonly leastSignalToNoise?: number;
  /** Absorbance above which detectors saturate. Default 2.5. */
  readonly mostAbsorbance?: number;
}

/** Looks for what makes a spectrum useless: noise, saturation, gaps, strongly negative values, spikes, a bent baseline. */
export function checkQuality(
  spectrum: Spectrum,
  { leastSignalToNoise = 10, mostAbsorbance = 2.5 }: QualityOptions = {},
): QualityReport {
  const { y } = ascending(spectrum);
  const finite = y.filter(Number.isFinite);
  const top = finite.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  const low = finite.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  const sigma = noise(spectrum);
  const ratio = signalToNoise(spectrum);
  const isAbsorbance = spectrum.yUnit === 'absorbance';
  const remarks = [
    finite.length < y.length && `${y.length - finite.length} values are missing`,
    !(ratio >= leastSignalToNoise) &&
      `signal to noise is ${ratio.toFixed(1)}, below ${leastSignalToNoise}: measure longer or smooth`,
    isAbsorbance &&
      top > mostAbsorbance &&
      `absorbance reaches ${top.toFixed(2)}: bands above ${mostAbsorbance} are saturated`,
    isAbsorbance && low < -0.1 * top && `absorbance falls to ${low.toFixed(3)}: the background does not fit`,
    isAbsorbance &&
      median(finite) > 0.5 * top &&
      'the baseline is higher than half of the highest band: scattering, or no contact',
  ].filter((remark) => remark !== false);
  return { good: remarks.length === 0, noise: sigma, signalToNoise: ratio, remarks };
}

/** A spectrum that differs from the others of its set. */
export interface Outlier {
  readonly index: number;
  readonly title: string;
  /** Correlation with the median spectrum. */
  readonly correlation: number;
  /** How many robust standard deviations its distance lies above the others'. */
  readonly score: number;
}

/**
 * Spectra that do not look like the rest: 1 − correlation with the median spectrum, in robust units above the median of
 * all (Iglewicz & Hoaglin 1993: 0.6745 · difference / MAD beyond 3.5).
 */
export function findOutliers(set: SpectrumSet, { threshold = 3.5 }: { threshold?: number } = {}): Outlier[] {
  const centre = medianSpectrum(set);
  const distances = Float64Array.from(set.titles, (_, i) => 1 - correlation(row(set.Y, i), centre));
  const middle = median(distances);
  const spread = median(distances.map((d) => Math.abs(d - middle)));
  return Array.from(distances, (d, index) => ({
    ...{ index, title: set.titles[index], correlation: 1 - d },
    score: (0.6745 * (d - middle)) / Math.max(spread, Number.MIN_VALUE),
  })).filter(({ score }) => score > threshold);
}

function medianSpectrum({ Y }: SpectrumSet): Float64Array {
  const values = new Float64Array(Y.rows);
  return Float64Array.from({ length: Y.cols }, (_, j) => {
    for (let i = 0; i < Y.rows; i++) values[i] = Y.data[i * Y.cols + j];
    return median(values);
  });
}

/** Pearson's correlation of two spectra on the same axis. */
export function correlation(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const n = a.length;
  let [meanA, meanB] = [0, 0];
  for (let i = 0; i < n; i++) {
    meanA += a[i] / n;
    meanB += b[i] / n;
  }
  let [ab, aa, bb] = [0, 0, 0];
  for (let i = 0; i < n; i++) {
    ab += (a[i] - meanA) * (b[i] - meanB);
    aa += (a[i] - meanA) * (a[i] - meanA);
    bb += (b[i] - meanB) * (b[i] - meanB);
  }
  return ab / Math.sqrt(Math.max(aa * bb, Number.MIN_VALUE));
}
