import { ByteView } from '../../frames/bytes/byte-view.js';
import { FileError } from '../../frames/bytes/file-error.js';
import { checkSize, luminance, type Raster } from './raster.js';

/**
 * Reads a Windows bitmap: 1, 4, 8 bits with a palette, 24 or 32 bits, not compressed.
 * @throws FileError when it is cut off, compressed, or claims too many pixels.
 */
export function readBmp(all: Uint8Array): Raster {
  const bytes = new ByteView(all, true);
  const what = 'the header';
  const headerSize = bytes.u32(14, what);
  if (headerSize < 40)
    throw new FileError(`a header of ${headerSize} bytes is that of OS/2; save the picture as PNG`, 14);
  const [width, signed] = [bytes.i32(18, what), bytes.i32(22, what)];
  const height = Math.abs(signed);
  const bits = bytes.u16(28, what);
  if (![1, 4, 8, 24, 32].includes(bits))
    throw new FileError(`${bits} bits a pixel are not read; save the picture with 8 or 24`, 28);
  const compression = bytes.u32(30, what);
  if (compression !== 0 && !(compression === 3 && bits === 32))
    throw new FileError(`compression ${compression} is not read; save the picture without it`, 30);
  checkSize(width, height, 5, all.length, 18);
  const stride = Math.ceil((width * bits) / 32) * 4;
  const start = bytes.u32(10, what);
  const pixels = bytes.part(start, stride * height, 'the pixels');
  const shades = bits <= 8 ? paletteOf(bytes, 14 + headerSize, bits) : undefined;
  const grey = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    const line = pixels.subarray(y * stride, (y + 1) * stride);
    // Rows are stored from the bottom, save where the height is negative.
    const row = signed > 0 ? height - 1 - y : y;
    for (let x = 0; x < width; x++) grey[row * width + x] = greyAt(line, x, bits, shades);
  }
  return {
    format: 'BMP',
    width,
    height,
    bitDepth: 8,
    grey,
    metadata: {},
    warnings: [],
    ...resolution(bytes),
  };
}

/** Grey values of the palette's colours. */
function paletteOf(bytes: ByteView, at: number, bits: number): Uint8Array {
  const used = bytes.u32(46, 'the header');
  const count = used > 0 && used <= 1 << bits ? used : 1 << bits;
  const entries = bytes.part(at, 4 * count, 'the palette');
  return Uint8Array.from({ length: 1 << bits }, (_, k) =>
    k < count ? luminance(entries[4 * k + 2], entries[4 * k + 1], entries[4 * k]) : 0,
  );
}

function greyAt(line: Uint8Array, x: number, bits: number, shades?: Uint8Array): number {
  if (shades) return shades[(line[(x * bits) >> 3] >> (8 - bits - ((x * bits) & 7))) & ((1 << bits) - 1)];
  const k = (x * bits) / 8;
  return luminance(line[k + 2], line[k + 1], line[k]);
}

/** Pixels of 10 µm and more are those of a screen or a printer. */
function resolution(bytes: ByteView): { micronsPerPixel?: number } {
  const perMetre = bytes.i32(38, 'the header');
  return perMetre > 1e5 ? { micronsPerPixel: 1e6 / perMetre } : {};
}
