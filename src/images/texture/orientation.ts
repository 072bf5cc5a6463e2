import { gaussian } from '../filters/gaussian.js';
import { sobel } from '../filters/sobel.js';
import type { Grey } from '../micrograph.js';

/** The structure tensor at each pixel: products of the derivatives down and across, smoothed. */
export interface StructureTensor {
  readonly yy: Float32Array;
  readonly xy: Float32Array;
  readonly xx: Float32Array;
}

/**
 * The structure tensor of Sobel's derivatives.
 * @param options.sigma - of the smoothing, in pixels; default 2.
 */
export function structureTensor(image: Grey, { sigma = 2 }: { sigma?: number } = {}): StructureTensor {
  const { down, across } = sobel(image);
  const smoothed = (a: Float32Array, b: Float32Array): Float32Array =>
    gaussian({ ...image, grey: a.map((value, k) => value * b[k]) }, sigma).grey;
  return { yy: smoothed(down, down), xy: smoothed(down, across), xx: smoothed(across, across) };
}

/** How far lines run one way: over the whole picture and around each pixel, each 0 (all ways) to 1 (one way). */
export interface Orientation {
  readonly coherence: number;
  readonly localCoherence: number;
  /** Direction of the lines in degrees from the horizontal, counter-clockwise, 0 to 180. */
  readonly degrees: number;
}

/** Direction of the lines in a picture, and how strictly they keep to it; wear marks keep to it, cracks do not. */
export function orientation(image: Grey, options: { sigma?: number } = {}): Orientation {
  const { yy, xy, xx } = structureTensor(image, options);
  let [sumYy, sumXy, sumXx, local, counted] = [0, 0, 0, 0, 0];
  for (let k = 0; k < yy.length; k++) {
    sumYy += yy[k];
    sumXy += xy[k];
    sumXx += xx[k];
    local += coherenceOf(yy[k], xy[k], xx[k]) * (yy[k] + xx[k]);
    counted += yy[k] + xx[k];
  }
  // The gradient's direction is half the angle of (xx − yy, 2 xy); lines run across it, and rows count downwards.
  const gradient = Math.atan2(2 * sumXy, sumXx - sumYy) / 2;
  const degrees = (((90 - (gradient * 180) / Math.PI) % 180) + 180) % 180;
  return {
    coherence: coherenceOf(sumYy, sumXy, sumXx),
    localCoherence: counted > 0 ? local / counted : 0,
    degrees,
  };
}

function coherenceOf(yy: number, xy: number, xx: number): number {
  const trace = yy + xx;
  return trace > 0 ? Math.sqrt((xx - yy) * (xx - yy) + 4 * xy * xy) / trace : 0;
}
