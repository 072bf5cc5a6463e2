import { exp } from '../../numeric/elementary.js';
import { type Grey, withGrey } from '../micrograph.js';
import { separable } from './separable.js';

/** Order of the derivative down and across; 0 smooths. */
export type Orders = readonly [down: 0 | 1, across: 0 | 1];

/**
 * Gaussian smoothing, or a first derivative of the smoothed picture; edges are reflected.
 * @param sigma - standard deviation in pixels.
 * @param options.truncate - how many standard deviations the kernel reaches; default 4.
 */
export function gaussian<M extends Grey>(
  image: M,
  sigma: number,
  { orders = [0, 0], truncate = 4 }: { orders?: Orders; truncate?: number } = {},
): M {
  if (!(sigma > 0 && sigma <= 1000))
    throw new RangeError(`sigma must be in 0 … 1000 pixels, but is ${sigma}`);
  const radius = Math.floor(truncate * sigma + 0.5);
  const [down, across] = orders.map((order) => gaussianKernel(sigma, order, radius));
  return withGrey(image, separable(image.grey, image.width, down, across));
}

/** 2 · radius + 1 weights to correlate with. */
function gaussianKernel(sigma: number, order: 0 | 1, radius: number): Float64Array {
  const kernel = Float64Array.from({ length: 2 * radius + 1 }, (_, i) => {
    const x = i - radius;
    return exp((-x * x) / (2 * sigma * sigma));
  });
  const sum = kernel.reduce((a, b) => a + b, 0);
  return kernel.map((value, i) => (value / sum) * (order === 1 ? (i - radius) / (sigma * sigma) : 1));
}
