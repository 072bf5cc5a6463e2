import { checkWhole } from '../../numeric/check.js';
import { maskWhere } from './mask.js';

/** Connected regions of a mask. */
export interface Regions {
  readonly width: number;
  readonly height: number;
  /** 0 outside, 1 … count inside, in the order of the regions' first pixels. */
  readonly labels: Int32Array;
  readonly count: number;
}

/**
 * The connected regions of a mask.
 * @param mask - height × width; what is not 0 is inside.
 * @param options.neighbours - 8: corners touch (default), or 4.
 */
export function labelRegions(
  mask: ArrayLike<number>,
  width: number,
  { neighbours = 8 }: { neighbours?: 4 | 8 } = {},
): Regions {
  checkWhole('width', width, 1);
  const height = mask.length / width;
  const labels = new Int32Array(mask.length);
  const queue = new Int32Array(mask.length);
  let count = 0;
  for (let k = 0; k < mask.length; k++) {
    if (!mask[k] || labels[k]) continue;
    labels[k] = ++count;
    queue[0] = k;
    for (let head = 0, tail = 1; head < tail; head++)
      tail = spread(mask, labels, queue, queue[head], tail, width, neighbours);
  }
  return { width, height, labels, count };
}

/** Gives a pixel's neighbours inside the mask its label and puts them into the queue. */
function spread(
  mask: ArrayLike<number>,
  labels: Int32Array,
  queue: Int32Array,
  at: number,
  tail: number,
  width: number,
  neighbours: 4 | 8,
): number {
  const x = at % width;
  for (let dy = -1; dy <= 1; dy++)
    for (let dx = -1; dx <= 1; dx++) {
      if ((neighbours === 4 && dx !== 0 && dy !== 0) || x + dx < 0 || x + dx >= width) continue;
      const next = at + dy * width + dx;
      if (next < 0 || next >= mask.length || !mask[next] || labels[next]) continue;
      labels[next] = labels[at];
      queue[tail++] = next;
    }
  return tail;
}

/** Pixels of each region, 0 first for what lies outside. */
export function regionAreas({ labels, count }: Regions): Int32Array {
  const areas = new Int32Array(count + 1);
  for (const label of labels) areas[label]++;
  return areas;
}

/** The mask without regions under `least` pixels. */
export function withoutSpecks(mask: ArrayLike<number>, width: number, least: number): Uint8Array {
  const regions = labelRegions(mask, width);
  const areas = regionAreas(regions);
  const { labels } = regions;
  return maskWhere(labels.length, (k) => labels[k] > 0 && areas[labels[k]] >= least);
}

/** The mask with holes filled: what cannot be reached from the edge without crossing it. */
export function filledHoles(mask: ArrayLike<number>, width: number): Uint8Array {
  const height = mask.length / width;
  const outside = labelRegions(
    maskWhere(mask.length, (k) => !mask[k]),
    width,
    { neighbours: 4 },
  );
  const open = new Uint8Array(outside.count + 1);
  for (let x = 0; x < width; x++)
    open[outside.labels[x]] = open[outside.labels[(height - 1) * width + x]] = 1;
  for (let y = 0; y < height; y++)
    open[outside.labels[y * width]] = open[outside.labels[y * width + width - 1]] = 1;
  return maskWhere(mask.length, (k) => Boolean(mask[k]) || !open[outside.labels[k]]);
}
