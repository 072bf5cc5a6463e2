import { checkWhole } from '../../numeric/check.js';
import { type Grey, withGrey } from '../micrograph.js';

export interface ClaheOptions {
  /** Tiles across and down; default 8. */
  readonly tiles?: number;
  /** Most pixels of a grey level, as a multiple of an even histogram; 1 leaves the picture nearly as it is. Default 3. */
  readonly limit?: number;
}

const LEVELS = 256;

/**
 * Contrast limited adaptive histogram equalisation: each pixel is graded by the histograms of the four tiles around it.
 *
 * Zuiderveld (1994), Graphics Gems IV, 474–485
 * @throws RangeError when there are more tiles than pixels a side.
 */
export function clahe<M extends Grey>(image: M, { tiles = 8, limit = 3 }: ClaheOptions = {}): M {
  const { width, height, grey } = image;
  checkWhole('tiles', tiles, 1, Math.min(width, height));
  if (!(limit >= 1)) throw new RangeError(`limit must be 1 or more, but is ${limit}`);
  const grades = Array.from({ length: tiles * tiles }, (_, t) =>
    gradesOf(image, t % tiles, Math.floor(t / tiles), tiles, limit),
  );
  const out = new Float32Array(grey.length);
  for (let y = 0; y < height; y++) {
    const down = between(y, height, tiles);
    for (let x = 0; x < width; x++) {
      const across = between(x, width, tiles);
      const level = levelOf(grey[y * width + x]);
      const at = (row: number, column: number): number => grades[row * tiles + column][level];
      const upper = (1 - across.share) * at(down.low, across.low) + across.share * at(down.low, across.high);
      const lower =
        (1 - across.share) * at(down.high, across.low) + across.share * at(down.high, across.high);
      out[y * width + x] = (1 - down.share) * upper + down.share * lower;
    }
  }
  return withGrey(image, out);
}

const levelOf = (value: number): number => Math.min(LEVELS - 1, Math.max(0, Math.floor(value * LEVELS)));

/** The new value of each level in a tile: its share of pixels below, after the histogram's peaks were cut and spread. */
function gradesOf(
  { width, height, grey }: Grey,
  column: number,
  row: number,
  tiles: number,
  limit: number,
): Float32Array {
  const [left, right] = [Math.floor((column * width) / tiles), Math.floor(((column + 1) * width) / tiles)];
  const [top, bottom] = [Math.floor((row * height) / tiles), Math.floor(((row + 1) * height) / tiles)];
  const counts = new Float64Array(LEVELS);
  for (let y = top; y < bottom; y++)
    for (let x = left; x < right; x++) counts[levelOf(grey[y * width + x])]++;
  const pixels = (right - left) * (bottom - top);
  const most = (limit * pixels) / LEVELS;
  const excess = counts.reduce((sum, count) => sum + Math.max(0, count - most), 0);
  const grades = new Float32Array(LEVELS);
  let below = 0;
  for (let level = 0; level < LEVELS; level++) {
    const count = Math.min(counts[level], most) + excess / LEVELS;
    grades[level] = (below + count / 2) / pixels;
    below += count;
  }
  return grades;
}

/** The two tiles whose middles a pixel lies between. */
function between(x: number, length: number, tiles: number): { low: number; high: number; share: number } {
  const at = ((x + 0.5) * tiles) / length - 0.5;
  const low = Math.floor(at);
  return { low: Math.max(0, low), high: Math.min(tiles - 1, low + 1), share: at - low };
}
