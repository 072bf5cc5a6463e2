import { ridges } from '../filters/ridges.js';
import type { Grey } from '../micrograph.js';
import { withoutSpecks } from '../particles/label.js';
import { maskWhere } from '../particles/mask.js';
import { skeleton, skeletonLength } from '../particles/skeleton.js';

export interface CrackOptions {
  /** Pixel size; default 1, which gives lengths in pixels. */
  readonly micronsPerPixel?: number | null;
  /** Scales of the ridge filter in pixels; default 1, 2, 3. */
  readonly sigmas?: readonly number[];
  /** How strong a ridge has to be, in grey values; default 0.05. */
  readonly threshold?: number;
  /** Lines with fewer pixels are left out; default 20. */
  readonly least?: number;
  /** Dark lines (default) or bright ones. */
  readonly dark?: boolean;
}

/** Lines in a picture, in µm where the pixel size is known. */
export interface Cracks {
  /** Length a unit of area: µm⁻¹. */
  readonly density: number;
  /** Mean width: µm; 0 where there is none. */
  readonly width: number;
  /** Share of the area. */
  readonly cover: number;
  /** height × width: 1 where a crack is. */
  readonly mask: Uint8Array;
}

/**
 * Cracks by a ridge filter: their length along the middle line, and their width as area over length.
 * @throws RangeError when an option is out of range.
 */
export function cracks(image: Grey, options: CrackOptions = {}): Cracks {
  const { micronsPerPixel, sigmas = [1, 2, 3], threshold = 0.05, least = 20, dark = true } = options;
  const scale = micronsPerPixel ?? 1;
  if (!(scale > 0)) throw new RangeError(`micronsPerPixel must be above 0, but is ${scale}`);
  if (!(threshold > 0)) throw new RangeError(`threshold must be above 0, but is ${threshold}`);
  const response = ridges(image, { sigmas, dark });
  const strong = maskWhere(response.length, (k) => response[k] > threshold);
  const mask = withoutSpecks(strong, image.width, least);
  const area = mask.reduce((sum, bit) => sum + bit, 0);
  const length = skeletonLength(skeleton(mask, image.width), image.width);
  return {
    density: length / (mask.length * scale),
    width: length > 0 ? (area / length) * scale : 0,
    cover: area / mask.length,
    mask,
  };
}
