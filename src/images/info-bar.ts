import type { Grey, Micrograph } from './micrograph.js';
import { crop } from './micrograph.js';

/** A bar takes at most this share of the rows. */
const MOST = 0.25;

/**
 * Rows at the bottom that instruments burn in, found from the pixels: a block of rows most of whose pixels have one and
 * the same dark or light value, set off by a sharp edge from a picture that has none of that. 0 where there is none.
 */
export function detectInfoBar(image: Grey): number {
  const { width, height } = image;
  const ground = backgroundOf(image);
  // Instruments draw bars in black or white; a dark specimen holder is seldom as even.
  if (ground > 0.1 && ground < 0.9) return 0;
  const lowest = Math.floor(height * (1 - MOST));
  const plain = (y: number): boolean => shareNear(image, y, ground) >= 0.5;
  let top = height;
  // Rows of writing and lines may fail the test; up to six of them are stepped over.
  for (let y = height - 1, misses = 0; y >= lowest && misses <= 6; y--) {
    if (plain(y)) {
      top = y;
      misses = 0;
    } else misses++;
  }
  const rows = height - top;
  if (rows < 8 || rows / height > MOST) return 0;
  // The edge is sharp: a bright or dark ground that fades out upwards is none.
  const above = { from: Math.max(0, top - 6), to: top - 3 };
  const similar = averageOver(above.from, above.to, (y) => shareNear(image, y, ground));
  return similar < 0.25 && width >= 32 ? height - frameAbove(image, top, ground) : 0;
}

/** The commonest value of the lowest rows, in 32 steps from black to white. */
function backgroundOf({ grey, width, height }: Grey): number {
  const counts = new Int32Array(32);
  for (let k = Math.floor(height * 0.96) * width; k < grey.length; k++)
    counts[Math.min(31, Math.floor(grey[k] * 32))]++;
  const step = counts.indexOf(Math.max(...counts));
  return step === 0 ? 0 : step === 31 ? 1 : (step + 0.5) / 32;
}

function shareNear({ grey, width }: Grey, y: number, value: number): number {
  let near = 0;
  for (let k = y * width; k < (y + 1) * width; k++) if (Math.abs(grey[k] - value) < 0.016) near++;
  return near / width;
}

function averageOver(from: number, to: number, value: (y: number) => number): number {
  let sum = 0;
  for (let y = from; y <= to; y++) sum += value(y);
  return to >= from ? sum / (to - from + 1) : 1;
}

/** A line drawn around the bar belongs to it: up to three rows of one value, black or white. */
function frameAbove({ grey, width }: Grey, top: number, ground: number): number {
  let first = top;
  for (let y = top - 1; y >= Math.max(0, top - 3); y--) {
    const line = grey.subarray(y * width, (y + 1) * width);
    const even = line.filter((value) => Math.abs(value - line[width >> 1]) < 0.03).length / width;
    if (even > 0.9 && Math.abs(line[width >> 1] - ground) > 0.1) first = y;
  }
  return first;
}

/** The micrograph without its info bar. */
export const withoutInfoBar = (image: Micrograph): Micrograph =>
  image.infoBarRows === 0 ? image : crop(image, { height: image.height - image.infoBarRows });
