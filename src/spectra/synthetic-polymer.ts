import { random } from '../numeric/random.js';
import { evenSteps } from './axis.js';
import { POLYMER_BANDS, type PolymerBand, type PolymerName } from './polymer-bands.js';
import { type Spectrum, spectrum } from './spectrum.js';

export interface SyntheticPolymerOptions {
  /** Height of the carbonyl band at 1715 cm⁻¹ that ageing adds, beside the highest band. Default 0. */
  readonly carbonyl?: number;
  /** Standard deviation of the noise from point to point. Default 0.002. */
  readonly noise?: number;
  /** Coefficient of variation of each band's height. Default 0.08. */
  readonly spread?: number;
  readonly seed?: number | string;
}

const CARBONYL = { position: 1715, width: 25 };

/**
 * A made-up ATR spectrum of a polymer: the measured bands (`POLYMER_BANDS`) half Gauss, half Lorentz, with heights that
 * vary, a slope, carbon dioxide and noise. It stands in where real files are absent; whatever is drawn from it must say
 * "synthetic".
 */
export function syntheticPolymer(
  polymer: PolymerName,
  { carbonyl = 0, noise = 0.002, spread = 0.08, seed = 1 }: SyntheticPolymerOptions = {},
): Spectrum {
  const r = random(`synthetic polymer ${polymer} ${seed}`);
  const bands = POLYMER_BANDS[polymer].map((band) => ({
    ...{ position: band.position + r.normal(), width: band.width },
    height: band.height * Math.max(0.2, 1 + spread * r.normal()),
  }));
  const air = { position: 2349, width: 30, height: 0.01 * r.normal() };
  const all = [...bands, { ...CARBONYL, height: carbonyl }, air];
  const [level, slope] = [0.02 + 0.01 * r.uniform(), 4e-6 * r.normal()];
  const x = evenSteps(4000, 450, 2);
  const y = x.map((value) => level + slope * (value - 2000) + heightAt(all, value) + noise * r.normal());
  return spectrum(x, y, { title: `synthetic ${polymer}`, metadata: { synthetic: 'true' } });
}

function heightAt(bands: readonly Omit<PolymerBand, 'assignment'>[], x: number): number {
  let sum = 0;
  for (const { position, width, height } of bands) {
    const t = (2 * (x - position)) / width;
    sum += (height / 2) * (1 / (1 + t * t) + Math.exp(-Math.LN2 * t * t));
  }
  return sum;
}
