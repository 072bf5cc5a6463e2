import { checkWhole } from '../numeric/check.js';

/** A grey picture: what filters and descriptors take. */
export interface Grey {
  readonly width: number;
  readonly height: number;
  /** height × width values, row by row from the top; 0 is black, 1 is white. */
  readonly grey: Float32Array;
}

/** A micrograph and what is known about how it was taken. */
export interface Micrograph extends Grey {
  /** Bits a grey value had in the file: 8 or 16. */
  readonly bitDepth: number;
  /** `null` where nothing states it. */
  readonly micronsPerPixel: number | null;
  /** Rows at the bottom that hold the instrument's writing, not the specimen. */
  readonly infoBarRows: number;
  /** Maker and model, `null` where nothing states it. */
  readonly instrument: string | null;
  /** The particle it shows: patches keep it, and splits hold it together. Empty where not known. */
  readonly particle: string;
  /** Whatever else the file says, by the file's own names. */
  readonly metadata: Readonly<Record<string, string>>;
}

/** What `micrograph` may be told beside the picture. */
export type MicrographFields = Partial<Omit<Micrograph, keyof Grey>>;

/**
 * A micrograph from its grey values.
 * @param grey - height × width values, row by row: floats from 0 to 1, or bytes or 16-bit numbers in full range.
 * @throws RangeError when the values do not fill the picture, or a field does not fit it.
 */
export function micrograph(
  width: number,
  height: number,
  grey: Float32Array | Uint8Array | Uint16Array,
  fields: MicrographFields = {},
): Micrograph {
  checkWhole('width', width, 1);
  checkWhole('height', height, 1);
  if (grey.length !== width * height)
    throw new RangeError(
      `grey must have ${width * height} values for ${width} × ${height} pixels, but has ${grey.length}`,
    );
  const made: Micrograph = {
    ...{ width, height, grey: toUnit(grey), bitDepth: grey instanceof Uint16Array ? 16 : 8 },
    ...{ micronsPerPixel: null, infoBarRows: 0, instrument: null, particle: '', metadata: {} },
    ...fields,
  };
  checkFields(made);
  return made;
}

function toUnit(grey: Float32Array | Uint8Array | Uint16Array): Float32Array {
  if (grey instanceof Float32Array) return grey;
  const white = grey instanceof Uint16Array ? 65535 : 255;
  const unit = new Float32Array(grey.length);
  for (let k = 0; k < grey.length; k++) unit[k] = grey[k] / white;
  return unit;
}

function checkFields({ height, infoBarRows, micronsPerPixel }: Micrograph): void {
  checkWhole('infoBarRows', infoBarRows, 0, height - 1);
  if (micronsPerPixel !== null && !(micronsPerPixel > 0 && micronsPerPixel < Number.POSITIVE_INFINITY))
    throw new RangeError(
      `micronsPerPixel must be above 0, or null where it is not known, but is ${micronsPerPixel}`,
    );
}

/** The same micrograph with other grey values. */
export const withGrey = <M extends Grey>(image: M, grey: Float32Array): M => ({ ...image, grey });

/** A rectangle of a micrograph, with its particle and scale; the info bar is counted out. */
export function crop<M extends Grey>(
  image: M,
  box: { left?: number; top?: number; width?: number; height?: number },
): M {
  const { left = 0, top = 0 } = box;
  const { width = image.width - left, height = image.height - top } = box;
  checkWhole('left', left, 0, image.width - 1);
  checkWhole('top', top, 0, image.height - 1);
  checkWhole('width', width, 1, image.width - left);
  checkWhole('height', height, 1, image.height - top);
  const grey = new Float32Array(width * height);
  for (let y = 0; y < height; y++) {
    const start = (top + y) * image.width + left;
    grey.set(image.grey.subarray(start, start + width), y * width);
  }
  const bar = (image as Partial<Micrograph>).infoBarRows;
  const below = image.height - top - height;
  const rest = bar === undefined ? {} : { infoBarRows: Math.min(Math.max(0, bar - below), height - 1) };
  return { ...image, width, height, grey, ...rest };
}
