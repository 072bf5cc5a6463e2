import { type Corner, convexHull, feretDiameters, polygonArea } from './hull.js';
import type { Regions } from './label.js';
import { maskWhere } from './mask.js';
import { skeleton, skeletonLength } from './skeleton.js';

/** A particle's outline in numbers; lengths in µm where the pixel size is known, else in pixels. */
export interface Shape {
  readonly area: number;
  readonly perimeter: number;
  /** Longest and shortest Feret diameter. */
  readonly feretDiameter: number;
  readonly feretMinimum: number;
  /** Axes of the ellipse with the same second moments. */
  readonly majorAxis: number;
  readonly minorAxis: number;
  /** 0 for a circle, near 1 for a line. */
  readonly eccentricity: number;
  /** 4 · area / (π · Feret²): 1 for a circle. */
  readonly roundness: number;
  /** 4 π · area / perimeter²: 1 for a circle, small for a ragged edge. */
  readonly circularity: number;
  /** Area over that of the convex hull. */
  readonly solidity: number;
  /** Area over that of the upright box around it. */
  readonly extent: number;
  /** Length of the middle line. */
  readonly length: number;
  /** Area over length: a fibre's thickness. */
  readonly meanWidth: number;
}

/**
 * The shape of one region.
 * @param label - which region, from 1.
 * @param options.micronsPerPixel - default 1: in pixels.
 * @throws RangeError when there is no such region.
 */
export function shapeOf(
  regions: Regions,
  label: number,
  { micronsPerPixel }: { micronsPerPixel?: number | null } = {},
): Shape {
  const scale = micronsPerPixel ?? 1;
  const box = boxAround(regions, label);
  if (box.area === 0) throw new RangeError(`label must be in 1 … ${regions.count}, but is ${label}`);
  const hull = convexHull(cornersOf(box));
  const { largest, smallest } = feretDiameters(hull);
  const { major, minor } = axesOf(box);
  const perimeter = perimeterOf(box);
  const length = Math.max(1, skeletonLength(skeleton(box.mask, box.width), box.width));
  const { area } = box;
  return {
    ...{ area: area * scale * scale, perimeter: perimeter * scale },
    ...{ feretDiameter: largest * scale, feretMinimum: smallest * scale },
    ...{ majorAxis: major * scale, minorAxis: minor * scale },
    eccentricity: major > 0 ? Math.sqrt(Math.max(0, 1 - (minor / major) * (minor / major))) : 0,
    roundness: (4 * area) / (Math.PI * largest * largest),
    circularity: Math.min(1, (4 * Math.PI * area) / (perimeter * perimeter)),
    solidity: area / polygonArea(hull),
    extent: area / (box.width * box.height),
    ...{ length: length * scale, meanWidth: (area / length) * scale },
  };
}

/** A region cut out. */
interface Box {
  readonly mask: Uint8Array;
  readonly width: number;
  readonly height: number;
  readonly area: number;
}

function boxAround({ labels, width }: Regions, label: number): Box {
  let [left, right, top, bottom] = [width, -1, -1, -1];
  for (let k = 0; k < labels.length; k++) {
    if (labels[k] !== label) continue;
    const x = k % width;
    if (x < left) left = x;
    if (x > right) right = x;
    bottom = (k - x) / width;
    if (top < 0) top = bottom;
  }
  if (top < 0) return { mask: new Uint8Array(0), width: 0, height: 0, area: 0 };
  const [w, h] = [right - left + 1, bottom - top + 1];
  const mask = maskWhere(w * h, (k) => labels[(top + Math.floor(k / w)) * width + left + (k % w)] === label);
  return { mask, width: w, height: h, area: mask.reduce((sum, bit) => sum + bit, 0) };
}

/** The outer corners of the first and last pixel of each row: the hull needs no others. */
function cornersOf({ mask, width, height }: Box): Corner[] {
  const corners: Corner[] = [];
  for (let y = 0; y < height; y++) {
    const line = mask.subarray(y * width, (y + 1) * width);
    const [first, last] = [line.indexOf(1), line.lastIndexOf(1)];
    if (first >= 0) corners.push([first, y], [first, y + 1], [last + 1, y], [last + 1, y + 1]);
  }
  return corners;
}

/** Full axes of the ellipse with the same second moments. */
function axesOf({ mask, width, area }: Box): { major: number; minor: number } {
  let [sumX, sumY, xx, xy, yy] = [0, 0, 0, 0, 0];
  mask.forEach((bit, k) => {
    if (!bit) return;
    const [x, y] = [k % width, Math.floor(k / width)];
    sumX += x;
    sumY += y;
    xx += x * x;
    xy += x * y;
    yy += y * y;
  });
  const [meanX, meanY] = [sumX / area, sumY / area];
  const [a, b, c] = [xx / area - meanX * meanX, xy / area - meanX * meanY, yy / area - meanY * meanY];
  const spread = Math.sqrt((a - c) * (a - c) + 4 * b * b);
  return { major: Math.sqrt(8 * (a + c + spread)), minor: Math.sqrt(Math.max(0, 8 * (a + c - spread))) };
}

/**
 * Length of the outline by Crofton's formula in four directions: how often lines enter and leave the region.
 *
 * Legland, Kiêu & Devaux (2007), doi:10.5566/ias.v26.p83-92
 */
function perimeterOf({ mask, width, height }: Box): number {
  const at = (x: number, y: number): number =>
    x >= 0 && y >= 0 && x < width && y < height ? mask[y * width + x] : 0;
  let [straight, diagonal] = [0, 0];
  for (let y = -1; y < height; y++)
    for (let x = -1; x < width; x++) {
      straight += (at(x, y) ^ at(x + 1, y)) + (at(x, y) ^ at(x, y + 1));
      diagonal += (at(x, y) ^ at(x + 1, y + 1)) + (at(x + 1, y) ^ at(x, y + 1));
    }
  return (Math.PI / 8) * (straight + diagonal / Math.SQRT2);
}
