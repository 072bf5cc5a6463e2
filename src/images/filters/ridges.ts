import type { Grey } from '../micrograph.js';
import { gaussian } from './gaussian.js';

export interface RidgeOptions {
  /** Standard deviations in pixels: a ridge answers most where σ is near half its width. Default 1, 2, 3. */
  readonly sigmas?: readonly number[];
  /** Dark lines, such as cracks (default), or bright ones. */
  readonly dark?: boolean;
}

/**
 * How much each pixel looks like a part of a line: the largest eigenvalue of the Hessian where it is above zero, times
 * σ², the most over the scales.
 *
 * Sato et al. (1998), doi:10.1016/S1361-8415(98)80009-1
 */
export function ridges(image: Grey, { sigmas = [1, 2, 3], dark = true }: RidgeOptions = {}): Float32Array {
  const sign = dark ? 1 : -1;
  const out = new Float32Array(image.grey.length);
  for (const sigma of sigmas) {
    const { yy, xy, xx } = hessian(image, sigma);
    for (let k = 0; k < out.length; k++) {
      const half = (sign * (yy[k] + xx[k])) / 2;
      const spread = (yy[k] - xx[k]) / 2;
      const largest = half + Math.sqrt(spread * spread + xy[k] * xy[k]);
      if (largest * sigma * sigma > out[k]) out[k] = largest * sigma * sigma;
    }
  }
  return out;
}

/** Second derivatives at a scale, each as two first derivatives of half its variance. */
export function hessian(
  image: Grey,
  sigma: number,
): { yy: Float32Array; xy: Float32Array; xx: Float32Array } {
  const each = sigma / Math.SQRT2;
  const down = gaussian(image, each, { orders: [1, 0] });
  const across = gaussian(image, each, { orders: [0, 1] });
  return {
    yy: gaussian(down, each, { orders: [1, 0] }).grey,
    xy: gaussian(down, each, { orders: [0, 1] }).grey,
    xx: gaussian(across, each, { orders: [0, 1] }).grey,
  };
}
