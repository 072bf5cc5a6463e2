import type { BootstrapOptions, Interval } from '../evaluation/bootstrap.js';
import { type DualAttribution, dualAttribution } from '../evaluation/dual-attribution.js';
import { rateIntervals } from '../evaluation/rates.js';
import { fitShareBand, type ShareBand, shareIntervals } from '../evaluation/share-band.js';
import { type Matrix, takeRows } from '../numeric/matrix.js';
import { meanByParticle } from './mixtures.js';

/** One way of reading two causes, judged on particles whose shares are known. */
export interface MixtureScore {
  readonly name: string;
  /** All mixtures. */
  readonly all: DualAttribution;
  /** Those of which one cause is the class in question, such as UV. */
  readonly scenario: DualAttribution;
  /** Mean absolute error of a share. */
  readonly error: Interval;
}

/** Shares of one method for samples with two known causes. */
export interface MixtureMethod {
  readonly name: string;
  /** n × K. */
  readonly shares: Matrix;
}

/**
 * Dual attribution of several methods, by particle: the fields of a particle are averaged, and a particle counts once.
 * @param truth - n × K true shares. @param particles - n names.
 * @param scenario - the class that defines the scenario, such as that of UV.
 */
export function scoreMixtures(
  methods: readonly MixtureMethod[],
  truth: Matrix,
  particles: readonly string[],
  scenario: number,
  options: BootstrapOptions = {},
): MixtureScore[] {
  const known = meanByParticle(truth, particles);
  const own = Int32Array.from(known.particles.keys()).filter(
    (p) => known.values.data[p * truth.cols + scenario] > 0,
  );
  if (own.length === 0)
    throw new RangeError(`truth must hold a mixture with class ${scenario}, but holds none`);
  return methods.map(({ name, shares }) => {
    const { values } = meanByParticle(shares, particles);
    const errors = Float64Array.from(known.particles, (_, p) => meanError(values, known.values, p));
    return {
      name,
      all: dualAttribution(values, known.values, known.particles, options),
      scenario: dualAttribution(
        takeRows(values, own),
        takeRows(known.values, own),
        Array.from(own, (p) => known.particles[p]),
        options,
      ),
      ...rateIntervals(known.particles, { error: { values: errors } }, options),
    };
  });
}

function meanError(a: Matrix, b: Matrix, i: number): number {
  let sum = 0;
  for (let k = 0; k < a.cols; k++) sum += Math.abs(a.data[i * a.cols + k] - b.data[i * a.cols + k]);
  return sum / a.cols;
}

/** Shares of particles with intervals that were calibrated on other particles. */
export interface ShareEstimates {
  readonly particles: readonly string[];
  /** particles × K. */
  readonly shares: Matrix;
  readonly low: Matrix;
  readonly high: Matrix;
  readonly band: ShareBand;
}

/**
 * Shares of particles with conformal intervals.
 * @param calibration - shares and truth of particles that the shares were not fitted on, nor are asked about.
 */
export function estimateShares(
  shares: Matrix,
  particles: readonly string[],
  calibration: { readonly shares: Matrix; readonly truth: Matrix; readonly particles: readonly string[] },
  { alpha = 0.1 }: { readonly alpha?: number } = {},
): ShareEstimates {
  const known = meanByParticle(calibration.truth, calibration.particles);
  const predicted = meanByParticle(calibration.shares, calibration.particles);
  const band = fitShareBand(known.values, predicted.values, { alpha });
  const asked = meanByParticle(shares, particles);
  return { particles: asked.particles, shares: asked.values, ...shareIntervals(band, asked.values), band };
}

/** How often the intervals hold the truth: all classes together, over particles. */
export function shareCoverage(
  { particles, low, high }: ShareEstimates,
  truth: Matrix,
  options: BootstrapOptions = {},
): Interval {
  const held = Float64Array.from(particles, (_, p) => {
    let count = 0;
    for (let k = 0; k < truth.cols; k++) {
      const at = p * truth.cols + k;
      if (low.data[at] <= truth.data[at] + 1e-9 && truth.data[at] <= high.data[at] + 1e-9) count++;
    }
    return count / truth.cols;
  });
  return rateIntervals(particles, { coverage: { values: held } }, options).coverage;
}
