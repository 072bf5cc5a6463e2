import { FileError } from '../../frames/bytes/file-error.js';

/** What a file holds, before it becomes grey. */
export interface Raster {
  readonly format: 'TIFF' | 'PNG' | 'JPEG' | 'BMP';
  readonly width: number;
  readonly height: number;
  readonly bitDepth: 8 | 16;
  /** height × width grey values in full range. */
  readonly grey: Uint8Array | Uint16Array;
  /** What the file says about how the picture was taken, by its own names. */
  readonly metadata: Readonly<Record<string, string>>;
  /** Pixel size from the format's own resolution field, where it is one of a microscope. */
  readonly micronsPerPixel?: number;
  readonly warnings: readonly string[];
}

/** Pixels of a picture may take this many times the bytes of its file, or LEAST bytes where that is more. */
const MOST_GROWTH = 20;
const LEAST = 128_000_000;

/**
 * Refuses a size before any memory is taken for it: a few bytes can claim any number of pixels.
 * @param bytesPerPixel - what decoding takes for each pixel.
 */
export function checkSize(
  width: number,
  height: number,
  bytesPerPixel: number,
  fileBytes: number,
  offset: number,
): void {
  if (width < 1 || height < 1)
    throw new FileError(`the picture would be ${width} × ${height} pixels; the file is damaged`, offset);
  const most = Math.max(LEAST, MOST_GROWTH * fileBytes);
  if (width * height * bytesPerPixel > most)
    throw new FileError(
      `the picture claims ${width} × ${height} pixels, ${width * height * bytesPerPixel} bytes, too many for a file of ${fileBytes} bytes; the file lies about its size, or is to be saved with less compression`,
      offset,
    );
}

/** Luminance by ITU-R BT.601, as scanning software and Pillow take it. */
export const luminance = (red: number, green: number, blue: number): number =>
  Math.round(0.299 * red + 0.587 * green + 0.114 * blue);
