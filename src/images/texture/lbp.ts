import type { Grey } from '../micrograph.js';

/** The eight neighbours on a circle of radius 1, counter-clockwise from the right: rows down, columns across. */
const CIRCLE = Array.from({ length: 8 }, (_, p) => {
  const diagonal = p % 2 === 1 ? 0.70711 : 1;
  const across = [1, 1, 0, -1, -1, -1, 0, 1][p] * diagonal;
  const down = [0, -1, -1, -1, 0, 1, 1, 1][p] * diagonal;
  return { down, across };
});

/**
 * Shares of the ten local binary patterns that do not depend on rotation: how many of eight neighbours on a circle are
 * at least as bright as the middle (0 … 8) where they stand together, and one bin for all others.
 *
 * Ojala, Pietikäinen & Mäenpää (2002), doi:10.1109/TPAMI.2002.1017623
 * @param options.radius - of the circle, in pixels; default 1. A margin of that width is left out.
 */
export function localBinaryPatterns(image: Grey, { radius = 1 }: { radius?: number } = {}): Float64Array {
  const { width, height, grey } = image;
  const margin = Math.ceil(radius);
  if (!(radius > 0) || width <= 2 * margin || height <= 2 * margin)
    throw new RangeError(`radius must be above 0 and fit ${height} × ${width} pixels, but is ${radius}`);
  const taps = CIRCLE.map(({ down, across }) => tap(down * radius, across * radius, width));
  const counts = new Float64Array(10);
  for (let y = margin; y < height - margin; y++)
    for (let x = margin; x < width - margin; x++) counts[patternAt(grey, y * width + x, taps)]++;
  const total = (width - 2 * margin) * (height - 2 * margin);
  return counts.map((count) => count / total);
}

/** Where to read between four pixels: the upper left one as a distance in the array, and the shares. */
interface Tap {
  readonly corner: number;
  readonly width: number;
  readonly down: number;
  readonly across: number;
}

function tap(down: number, across: number, width: number): Tap {
  const [row, column] = [Math.floor(down), Math.floor(across)];
  return { corner: row * width + column, width, down: down - row, across: across - column };
}

function patternAt(grey: Float32Array, at: number, taps: readonly Tap[]): number {
  let [ones, changes] = [0, 0];
  let before = bright(grey, at, taps[7]);
  for (const one of taps) {
    const now = bright(grey, at, one);
    ones += now;
    changes += now ^ before;
    before = now;
  }
  return changes <= 2 ? ones : 9;
}

/** Reading outside the fractional pixels is avoided where their share is zero. */
function bright(grey: Float32Array, at: number, { corner, width, down, across }: Tap): number {
  const k = at + corner;
  const upper = across === 0 ? grey[k] : (1 - across) * grey[k] + across * grey[k + 1];
  if (down === 0) return upper >= grey[at] ? 1 : 0;
  const below = k + width;
  const lower = across === 0 ? grey[below] : (1 - across) * grey[below] + across * grey[below + 1];
  return (1 - down) * upper + down * lower >= grey[at] ? 1 : 0;
}
