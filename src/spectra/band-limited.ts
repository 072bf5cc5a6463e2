import { evenStep } from './axis.js';
import type { Spectrum } from './spectrum.js';

/** Zero crossings of the sinc on each side. */
const LOBES = 16;
/** Shape of Kaiser's window: side lobes near −90 dB. */
const BETA = 9;

/**
 * Interpolation of an even spectrum by a Kaiser-windowed sinc; where the new step is wider, the kernel widens with it, so
 * that what the new step cannot hold is filtered out and not folded back.
 *
 * Smith & Gossett (1984), doi:10.1109/ICASSP.1984.1172555
 * @param source - x ascending and even.
 * @param newStep - mean distance of the points that will be asked for.
 */
export function bandLimited(source: Spectrum, newStep: number): (at: number) => number {
  const { x, y } = source;
  const step = evenStep(source);
  const stretch = Math.max(1, newStep / step);
  const reach = LOBES * stretch;
  const norm = bessel0(BETA);
  return (at) => {
    const centre = (at - x[0]) / step;
    let sum = 0;
    let weights = 0;
    for (let k = Math.ceil(centre - reach); k <= centre + reach; k++) {
      const t = (k - centre) / stretch;
      const w = sinc(t) * (bessel0(BETA * Math.sqrt(Math.max(0, 1 - (t / LOBES) ** 2))) / norm);
      sum += w * mirrored(y, k);
      weights += w;
    }
    return sum / weights;
  };
}

/** Beyond its ends the spectrum goes on point-symmetrically, so that a slope has no kink. */
function mirrored(y: Float64Array, k: number): number {
  const last = y.length - 1;
  if (k < 0) return 2 * y[0] - y[Math.min(-k, last)];
  if (k > last) return 2 * y[last] - y[Math.max(2 * last - k, 0)];
  return y[k];
}

const sinc = (t: number): number => (t === 0 ? 1 : Math.sin(Math.PI * t) / (Math.PI * t));

/** Modified Bessel function of the first kind and order 0, by its power series. */
function bessel0(z: number): number {
  const q = (z * z) / 4;
  let term = 1;
  let sum = 1;
  for (let k = 1; k < 60 && term > 1e-17 * sum; k++) {
    term *= q / (k * k);
    sum += term;
  }
  return sum;
}
