import { checkWhole } from '../../numeric/check.js';
import { log } from '../../numeric/elementary.js';
import type { Grey } from '../micrograph.js';

/** What is read from a co-occurrence matrix. */
export interface GlcmProperties {
  readonly contrast: number;
  readonly homogeneity: number;
  readonly energy: number;
  /** 1 for a picture of one grey value. */
  readonly correlation: number;
  /** In nats. */
  readonly entropy: number;
}

/**
 * How often grey values stand a step apart: a levels × levels matrix, symmetric, that adds up to one.
 *
 * Haralick, Shanmugam & Dinstein (1973), doi:10.1109/TSMC.1973.4309314
 * @param step - rows down and columns across, in pixels.
 * @param options.levels - grey levels that 0 … 1 is cut into; default 16, at most 256.
 * @throws RangeError when the step is not smaller than the picture.
 */
export function coOccurrence(
  image: Grey,
  [down, across]: readonly [number, number],
  { levels = 16 }: { levels?: number } = {},
): Float64Array {
  checkWhole('levels', levels, 2, 256);
  const { width, height } = image;
  if (Math.abs(down) >= height || Math.abs(across) >= width)
    throw new RangeError(`step must be smaller than ${height} × ${width} pixels, but is ${down}, ${across}`);
  return countPairs(quantised(image, levels), image, down, across, levels);
}

/** Each pixel's level, 0 … levels − 1. */
function quantised({ grey }: Grey, levels: number): Uint8Array {
  const out = new Uint8Array(grey.length);
  for (let k = 0; k < grey.length; k++)
    out[k] = Math.min(levels - 1, Math.max(0, Math.floor(grey[k] * levels)));
  return out;
}

function countPairs(
  level: Uint8Array,
  { width, height }: Grey,
  down: number,
  across: number,
  levels: number,
): Float64Array {
  const counts = new Float64Array(levels * levels);
  const [left, right] = [Math.max(0, -across), width - Math.max(0, across)];
  for (let y = Math.max(0, -down); y < height - Math.max(0, down); y++)
    for (let x = left; x < right; x++) {
      const i = level[y * width + x];
      const j = level[(y + down) * width + x + across];
      counts[i * levels + j]++;
      counts[j * levels + i]++;
    }
  const pairs = counts.reduce((a, b) => a + b, 0);
  return counts.map((count) => count / pairs);
}

/** Contrast, homogeneity, energy, correlation and entropy of a co-occurrence matrix. */
export function glcmProperties(matrix: Float64Array): GlcmProperties {
  const levels = Math.round(Math.sqrt(matrix.length));
  let [contrast, homogeneity, squares, entropy, mean, product, square] = [0, 0, 0, 0, 0, 0, 0];
  for (let i = 0; i < levels; i++)
    for (let j = 0; j < levels; j++) {
      const p = matrix[i * levels + j];
      if (p === 0) continue;
      contrast += p * (i - j) * (i - j);
      homogeneity += p / (1 + (i - j) * (i - j));
      squares += p * p;
      entropy -= p * log(p);
      mean += p * i;
      square += p * i * i;
      product += p * i * j;
    }
  const variance = square - mean * mean;
  const correlation = variance < 1e-15 ? 1 : (product - mean * mean) / variance;
  return { contrast, homogeneity, energy: Math.sqrt(squares), correlation, entropy };
}
