import { cosine, exp } from '../../numeric/elementary.js';
import { separable } from '../filters/separable.js';
import type { Grey } from '../micrograph.js';

/** σ · frequency of a Gabor filter whose half-response bandwidth is one octave. */
const SIGMA_FREQUENCY = 0.562171875387833;

/**
 * Mean strength of the answer to a wave of a frequency in each of some directions: the modulus of a complex Gabor
 * filter one octave wide, whose Gaussian is round, so that it works along rows and columns in turn. The mean grey value
 * is taken away first, so that a flat picture gives no answer.
 *
 * Daugman (1985), doi:10.1364/JOSAA.2.001160
 * @param frequency - cycles a pixel, up to 0.5.
 * @param options.directions - how many, evenly over half a turn from the horizontal; default 4.
 * @returns one mean for each direction.
 */
export function gaborEnergies(
  { grey, width }: Grey,
  frequency: number,
  { directions = 4 }: { directions?: number } = {},
): Float64Array {
  if (!(frequency > 0 && frequency <= 0.5))
    throw new RangeError(`frequency must be above 0, up to 0.5 cycles a pixel, but is ${frequency}`);
  const mean = grey.reduce((sum, value) => sum + value, 0) / grey.length;
  const centred = grey.map((value) => value - mean);
  return Float64Array.from({ length: directions }, (_, k) => {
    const angle = (Math.PI * k) / directions;
    return meanModulus(
      centred,
      width,
      frequency * cosOf(angle),
      frequency * cosOf(angle - Math.PI / 2),
      frequency,
    );
  });
}

const cosOf = (angle: number): number => cosine(Math.abs(angle));

function meanModulus(
  grey: Float32Array,
  width: number,
  across: number,
  down: number,
  frequency: number,
): number {
  const sigma = SIGMA_FREQUENCY / frequency;
  const radius = Math.ceil(Math.max(1, (3 * sigma * Math.max(Math.abs(across), Math.abs(down))) / frequency));
  const alongX = wave(sigma, across, radius);
  const alongY = wave(sigma, down, radius);
  const rr = separable(grey, width, alongY.re, alongX.re);
  const ii = separable(grey, width, alongY.im, alongX.im);
  const ri = separable(grey, width, alongY.im, alongX.re);
  const ir = separable(grey, width, alongY.re, alongX.im);
  let sum = 0;
  for (let k = 0; k < grey.length; k++) {
    const real = rr[k] - ii[k];
    const imaginary = ri[k] + ir[k];
    sum += Math.sqrt(real * real + imaginary * imaginary);
  }
  return sum / grey.length;
}

/** A Gaussian times a complex wave, as far as `radius`. */
function wave(sigma: number, frequency: number, radius: number): { re: Float64Array; im: Float64Array } {
  const re = new Float64Array(2 * radius + 1);
  const im = new Float64Array(2 * radius + 1);
  for (let i = -radius; i <= radius; i++) {
    const height = exp((-i * i) / (2 * sigma * sigma)) / (sigma * Math.sqrt(2 * Math.PI));
    re[i + radius] = height * cosineOfTurns(frequency * i);
    im[i + radius] = height * cosineOfTurns(frequency * i - 0.25);
  }
  return { re, im };
}

const cosineOfTurns = (turns: number): number => cosOf(2 * Math.PI * (turns - Math.round(turns)));
