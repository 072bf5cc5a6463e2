import { gaussian } from '../filters/gaussian.js';
import type { Grey } from '../micrograph.js';
import { labelRegions, type Regions } from '../particles/label.js';
import { maskWhere } from '../particles/mask.js';

export interface PoreOptions {
  /** Pixel size; default 1, which gives pixels. */
  readonly micronsPerPixel?: number | null;
  /** How much darker than its surroundings a pore is, in grey values; default 0.08. */
  readonly depth?: number;
  /** Standard deviation of the surroundings in pixels; default 8. */
  readonly surroundings?: number;
  /** Smallest pore in pixels; default 6. */
  readonly least?: number;
  /** Longest side over shortest of the box around a pore; default 2. Longer ones are cracks. */
  readonly elongation?: number;
}

/** Dark spots of a picture, in µm where the pixel size is known. */
export interface Pores {
  readonly count: number;
  /** A unit of area: µm⁻². */
  readonly density: number;
  /** Mean diameter of circles of the same area: µm; 0 where there is none. */
  readonly diameter: number;
  /** Share of the area. */
  readonly cover: number;
}

/** Pores: compact spots that are darker than their surroundings. */
export function pores(image: Grey, options: PoreOptions = {}): Pores {
  const { micronsPerPixel, depth = 0.08, surroundings = 8, least = 6, elongation = 2 } = options;
  const scale = micronsPerPixel ?? 1;
  const smooth = gaussian(image, 1).grey;
  const around = gaussian(image, surroundings, { truncate: 2.5 }).grey;
  const dark = maskWhere(smooth.length, (k) => around[k] - smooth[k] > depth);
  const areas = compactAreas(labelRegions(dark, image.width), least, elongation);
  const total = areas.reduce((sum, area) => sum + area, 0);
  const diameters = areas.map((area) => 2 * Math.sqrt(area / Math.PI) * scale);
  return {
    count: areas.length,
    density: areas.length / (dark.length * scale * scale),
    diameter: areas.length > 0 ? diameters.reduce((sum, d) => sum + d, 0) / areas.length : 0,
    cover: total / dark.length,
  };
}

/** Areas of the regions that are large and round enough: at least half of their box is filled. */
function compactAreas({ labels, count, width }: Regions, least: number, elongation: number): number[] {
  const boxes = Array.from({ length: count + 1 }, () => ({
    area: 0,
    left: width,
    right: -1,
    top: -1,
    bottom: 0,
  }));
  labels.forEach((label, k) => {
    if (label === 0) return;
    const box = boxes[label];
    const [x, y] = [k % width, Math.floor(k / width)];
    box.area++;
    box.left = Math.min(box.left, x);
    box.right = Math.max(box.right, x);
    box.top = box.top < 0 ? y : box.top;
    box.bottom = y;
  });
  return boxes.slice(1).flatMap(({ area, left, right, top, bottom }) => {
    const [w, h] = [right - left + 1, bottom - top + 1];
    const compact = Math.max(w, h) <= elongation * Math.min(w, h) && area >= 0.5 * w * h;
    return area >= least && compact ? [area] : [];
  });
}
