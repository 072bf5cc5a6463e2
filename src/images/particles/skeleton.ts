import { maskWhere } from './mask.js';

/**
 * A mask thinned to lines one pixel wide that keep its connections; corners of stairs are taken out last.
 *
 * Zhang & Suen (1984), doi:10.1145/357994.358023
 * @param mask - height × width; what is not 0 is inside.
 */
export function skeleton(mask: ArrayLike<number>, width: number): Uint8Array {
  const wide = width + 2;
  const padded = framed(mask, width, wide);
  const doomed: number[] = [];
  for (let changed = true; changed; ) {
    changed = false;
    for (const pass of [0, 1] as const) {
      doomed.length = 0;
      for (let k = wide; k < padded.length - wide; k++)
        if (padded[k] && REMOVABLE[pass][neighbourhood(padded, k, wide)]) doomed.push(k);
      for (const k of doomed) padded[k] = 0;
      changed ||= doomed.length > 0;
    }
  }
  for (let k = wide; k < padded.length - wide; k++)
    if (padded[k] && STAIR[neighbourhood(padded, k, wide)]) padded[k] = 0;
  return maskWhere(mask.length, (k) => padded[(Math.floor(k / width) + 1) * wide + (k % width) + 1] === 1);
}

/** The mask with one empty pixel around it. */
function framed(mask: ArrayLike<number>, width: number, wide: number): Uint8Array {
  const padded = new Uint8Array(wide * (mask.length / width + 2));
  for (let k = 0; k < mask.length; k++)
    if (mask[k]) padded[(Math.floor(k / width) + 1) * wide + (k % width) + 1] = 1;
  return padded;
}

/** The eight neighbours as bits, clockwise from the one above. */
function neighbourhood(mask: Uint8Array, k: number, wide: number): number {
  return (
    mask[k - wide] |
    (mask[k - wide + 1] << 1) |
    (mask[k + 1] << 2) |
    (mask[k + wide + 1] << 3) |
    (mask[k + wide] << 4) |
    (mask[k + wide - 1] << 5) |
    (mask[k - 1] << 6) |
    (mask[k - wide - 1] << 7)
  );
}

/** Whether a pixel with these neighbours goes, in the first and in the second pass. */
const REMOVABLE = [0, 1].map((pass) => maskWhere(256, (bits) => goes(bits, pass)));

function goes(bits: number, pass: number): boolean {
  const at = (i: number): number => (bits >> (i % 8)) & 1;
  const count = [0, 1, 2, 3, 4, 5, 6, 7].reduce((sum, i) => sum + at(i), 0);
  const rises = [0, 1, 2, 3, 4, 5, 6, 7].filter((i) => !at(i) && at(i + 1)).length;
  if (count < 2 || count > 6 || rises !== 1) return false;
  const [north, east, south, west] = [at(0), at(2), at(4), at(6)];
  return pass === 0
    ? !(north && east && south) && !(east && south && west)
    : !(north && east && west) && !(north && south && west);
}

/** Whether a pixel with these neighbours is the corner of a stair: without it they still hold together. */
const STAIR = maskWhere(256, isStair);

function isStair(bits: number): boolean {
  const at = (i: number): number => (bits >> (i % 8)) & 1;
  const corner = [0, 2, 4, 6].some((i) => at(i) && at(i + 2));
  // Yokoi's number: how many 8-connected parts the neighbours fall into.
  const parts = [0, 2, 4, 6].filter((i) => !at(i) && (at(i + 1) || at(i + 2))).length;
  return corner && parts === 1;
}

/** Length of a skeleton in pixels: steps across a corner count √2, each once. */
export function skeletonLength(thin: Uint8Array, width: number): number {
  let length = 0;
  for (let k = 0; k < thin.length; k++) {
    if (!thin[k]) continue;
    const x = k % width;
    const right = x + 1 < width && thin[k + 1];
    const below = k + width < thin.length && thin[k + width];
    length += (right ? 1 : 0) + (below ? 1 : 0);
    if (x + 1 < width && thin[k + width + 1] && !right && !below) length += Math.SQRT2;
    if (x > 0 && thin[k + width - 1] && !below && !thin[k - 1]) length += Math.SQRT2;
  }
  return length;
}
