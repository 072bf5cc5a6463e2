import { resize } from '../../images/filters/resize.js';
import { withoutInfoBar } from '../../images/info-bar.js';
import { crop } from '../../images/micrograph.js';
import { readImageFile } from '../../images/readers/read.js';
import { inside } from './inside.js';

/** One field of a particle as the networks take it. */
export interface Field {
  /** size × size grey values, 0 … 1. */
  readonly grey: Float32Array;
  /** `null` where nothing states it. */
  readonly micronsPerPixel: number | null;
}

/** Fewer pixels than this a side show no texture. */
const SMALLEST = 32;

/**
 * A micrograph without its info bar, its middle square brought to size × size pixels.
 * @param scale - microns a pixel of the file, where the table says so.
 * @throws Error when the file is missing, is no picture or is too small.
 */
export async function readField(
  folder: string,
  name: string,
  size: number,
  scale: string | null,
): Promise<Field> {
  const { micrograph } = await readImageFile(inside(folder, name)).catch((error: Error) => {
    throw new Error(`"${name}" cannot be used: ${reasonOf(error)}`);
  });
  const stated = scale === null ? micrograph.micronsPerPixel : Number(scale);
  if (stated !== null && !(stated > 0))
    throw new RangeError(`microns_per_pixel of "${name}" must be a number above 0, but is "${scale}"`);
  const field = withoutInfoBar({ ...micrograph, micronsPerPixel: stated });
  const side = Math.min(field.width, field.height);
  if (side < SMALLEST)
    throw new RangeError(
      `"${name}" is ${field.width} × ${field.height} pixels without its info bar; at least ${SMALLEST} × ${SMALLEST} are needed`,
    );
  const square = crop(field, {
    left: Math.floor((field.width - side) / 2),
    top: Math.floor((field.height - side) / 2),
    ...{ width: side, height: side },
  });
  const { grey, micronsPerPixel } = side === size ? square : resize(square, { width: size, height: size });
  return { grey, micronsPerPixel };
}

/** Readers begin with the path, which the sentence names already. */
const reasonOf = ({ message }: Error): string => message.replace(/^.* cannot be read: /, '');
