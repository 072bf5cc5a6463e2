import { gaussian } from '../filters/gaussian.js';
import { medianFilter } from '../filters/median.js';
import { resize } from '../filters/resize.js';
import { withoutInfoBar } from '../info-bar.js';
import type { Grey, Micrograph } from '../micrograph.js';
import { filledHoles, labelRegions, type Regions, regionAreas, withoutSpecks } from './label.js';
import { maskWhere } from './mask.js';
import { type Shape, shapeOf } from './shape.js';
import { otsuThreshold } from './threshold.js';

export interface SegmentOptions {
  /** Smallest particle, as a share of the picture; default 0.002. */
  readonly least?: number;
  /** Whether particles are lighter or darker than the ground, or differ from it either way. Default `either`. */
  readonly particles?: 'light' | 'dark' | 'either';
  /** The longer side is brought to so many pixels first; default 512. */
  readonly workingSize?: number;
}

/** Particles found in a micrograph. */
export interface Particles {
  readonly regions: Regions;
  /** µm per pixel of `regions`; `null` where it is not known. */
  readonly micronsPerPixel: number | null;
  /** One a region, in the order of the labels from 1. */
  readonly shapes: readonly Shape[];
}

/**
 * Parts particles from their ground: grey values, or what differs from the ground's median, cut by Otsu's threshold; holes
 * are filled, specks left out.
 * @throws RangeError when an option is out of range.
 */
export function findParticles(
  image: Micrograph,
  { least = 0.002, particles = 'either', workingSize = 512 }: SegmentOptions = {},
): Particles {
  if (!(least >= 0 && least < 1)) throw new RangeError(`least must be a share in 0 … 1, but is ${least}`);
  const field = withoutInfoBar(image);
  const shrink = Math.min(1, workingSize / Math.max(field.width, field.height));
  const small = shrink < 1 ? resize(field, { width: Math.round(field.width * shrink) }) : field;
  const signal = distinctness(gaussian(medianFilter(small), 1), particles);
  const threshold = otsuThreshold(signal);
  const rough = maskWhere(signal.length, (k) => signal[k] > threshold);
  const mask = withoutSpecks(filledHoles(rough, small.width), small.width, least * signal.length);
  const regions = labelRegions(mask, small.width);
  const { micronsPerPixel } = small;
  const shapes = Array.from({ length: regions.count }, (_, k) =>
    shapeOf(regions, k + 1, { micronsPerPixel }),
  );
  return { regions, micronsPerPixel, shapes };
}

/** How far each pixel stands out from the ground, 0 to 1. */
function distinctness({ grey, width }: Grey, particles: 'light' | 'dark' | 'either'): Float32Array {
  if (particles === 'light') return grey;
  if (particles === 'dark') return grey.map((value) => 1 - value);
  const ground = groundOf(grey, width);
  const away = grey.map((value) => Math.abs(value - ground));
  const most = away.reduce((a, b) => Math.max(a, b), 1e-6);
  return away.map((value) => value / most);
}

/** Median of the picture's border, which particles seldom reach. */
function groundOf(grey: Float32Array, width: number): number {
  const height = grey.length / width;
  const border = grey.filter((_, k) => {
    const [x, y] = [k % width, Math.floor(k / width)];
    return x < 8 || y < 8 || x >= width - 8 || y >= height - 8;
  });
  return border.sort()[border.length >> 1];
}

/** The largest particle's label, 0 where there is none. */
export function largestParticle({ regions }: Particles): number {
  const areas = regionAreas(regions);
  let largest = 0;
  for (let k = 1; k < areas.length; k++) if (largest === 0 || areas[k] > areas[largest]) largest = k;
  return largest;
}
