import { checkWhole } from '../numeric/check.js';
import { crop, type Micrograph } from './micrograph.js';

/** A piece of a micrograph, with where it was. It keeps particle, scale and metadata. */
export interface Patch extends Micrograph {
  readonly left: number;
  readonly top: number;
}

/**
 * Square pieces of a micrograph, row by row, without its info bar; what does not fill a piece is left out. All of them keep
 * the particle's name, so that a split by particle holds them together.
 * @param size - pixels a side.
 * @param options.stride - pixels from one piece to the next; default `size`: side by side.
 * @throws RangeError when the micrograph is smaller than a piece.
 */
export function patches(
  image: Micrograph,
  size: number,
  { stride = size }: { stride?: number } = {},
): Patch[] {
  checkWhole('size', size, 1, Math.min(image.width, image.height - image.infoBarRows));
  checkWhole('stride', stride, 1);
  const out: Patch[] = [];
  for (let top = 0; top + size <= image.height - image.infoBarRows; top += stride)
    for (let left = 0; left + size <= image.width; left += stride)
      out.push({ ...crop(image, { left, top, width: size, height: size }), infoBarRows: 0, left, top });
  return out;
}
