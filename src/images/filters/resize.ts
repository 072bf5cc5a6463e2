import { checkWhole } from '../../numeric/check.js';
import type { Grey, Micrograph } from '../micrograph.js';

/**
 * A picture at another size: linear between pixels when it grows, a triangle-weighted mean of all pixels when it shrinks,
 * so that nothing finer than the new pixels folds back. The pixel size follows the width.
 * @param size - new width and height; one of them may be left out and follows the other.
 */
export function resize<M extends Grey>(image: M, size: { width?: number; height?: number }): M {
  const width = size.width ?? Math.round((image.width * (size.height ?? image.height)) / image.height);
  const height = size.height ?? Math.round((image.height * width) / image.width);
  checkWhole('width', width, 1, 100_000);
  checkWhole('height', height, 1, 100_000);
  const across = alongRows(image.grey, image.width, width);
  const grey = transposed(alongRows(transposed(across, width), image.height, height), height);
  const scale = image.width / width;
  const { micronsPerPixel, infoBarRows } = image as Partial<Micrograph>;
  return {
    ...image,
    ...{ width, height, grey },
    ...(typeof micronsPerPixel === 'number' && { micronsPerPixel: micronsPerPixel * scale }),
    ...(infoBarRows && {
      infoBarRows: Math.min(height - 1, Math.ceil((infoBarRows * height) / image.height)),
    }),
  };
}

/** Each row of `from` values brought to `to` values. */
function alongRows(grey: Float32Array, from: number, to: number): Float32Array {
  const rows = grey.length / from;
  const out = new Float32Array(rows * to);
  const taps = Array.from({ length: to }, (_, x) => tapsAt(x, from, to));
  for (let y = 0; y < rows; y++)
    for (let x = 0; x < to; x++) {
      const { first, weights } = taps[x];
      let sum = 0;
      for (let k = 0; k < weights.length; k++) sum += weights[k] * grey[y * from + first + k];
      out[y * to + x] = sum;
    }
  return out;
}

/** The pixels that a new pixel is made of, and how much each counts. */
function tapsAt(x: number, from: number, to: number): { first: number; weights: number[] } {
  const scale = from / to;
  const reach = Math.max(scale, 1);
  const centre = (x + 0.5) * scale - 0.5;
  const first = Math.max(0, Math.ceil(centre - reach));
  const last = Math.min(from - 1, Math.floor(centre + reach));
  const raw = Array.from({ length: last - first + 1 }, (_, k) =>
    Math.max(0, 1 - Math.abs(first + k - centre) / reach),
  );
  const total = raw.reduce((a, b) => a + b, 0);
  return { first, weights: raw.map((weight) => weight / total) };
}

function transposed(grey: Float32Array, width: number): Float32Array {
  const height = grey.length / width;
  const out = new Float32Array(grey.length);
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) out[x * height + y] = grey[y * width + x];
  return out;
}
