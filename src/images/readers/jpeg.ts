import jpeg from 'jpeg-js';
import { ByteView } from '../../frames/bytes/byte-view.js';
import { FileError } from '../../frames/bytes/file-error.js';
import { checkSize, luminance, type Raster } from './raster.js';

/** What decoding takes for a pixel: coefficients and samples of three components, and the result. */
const BYTES_PER_PIXEL = 12;

/** A block of 64 pixels takes at least two bits, however empty it is. */
const MOST_PIXELS_PER_BYTE = 256;

/**
 * Reads a JPEG picture, baseline or progressive; colour becomes grey. Decoded by jpeg-js, after its size and markers have
 * been checked here.
 * @throws FileError when it is cut off or damaged, or claims too many pixels.
 */
export function readJpeg(all: Uint8Array): Raster {
  const { frame, scan } = checkMarkers(new ByteView(all, false));
  let decoded: { width: number; height: number; data: Uint8Array };
  try {
    decoded = jpeg.decode(all, {
      useTArray: true,
      formatAsRGBA: false,
      maxMemoryUsageInMB: 2048,
      maxResolutionInMP: 500,
    });
  } catch (error) {
    throw new FileError(`the pixels cannot be decoded: ${(error as Error).message ?? error}`, scan);
  }
  const { width, height, data } = decoded;
  if (width !== frame.width || height !== frame.height)
    throw new FileError('the picture has two sizes; the file is damaged', frame.at);
  const grey = new Uint8Array(width * height);
  for (let k = 0; k < grey.length; k++) grey[k] = luminance(data[3 * k], data[3 * k + 1], data[3 * k + 2]);
  const warnings = ['JPEG compression changes texture at the scale of its 8-pixel blocks'];
  return { format: 'JPEG', width, height, bitDepth: 8, grey, metadata: {}, warnings };
}

const END = 0xd9;
const SCAN = 0xda;

interface Frame {
  readonly at: number;
  readonly width: number;
  readonly height: number;
}

/** Walks the segments up to the first scan; the size and the closing marker have to be there. */
function checkMarkers(bytes: ByteView): { frame: Frame; scan: number } {
  let frame: Frame | undefined;
  for (let at = 2; ; ) {
    if (bytes.u8(at, 'a marker') !== 0xff)
      throw new FileError('a marker was expected; the file is damaged', at);
    const marker = bytes.u8(at + 1, 'a marker');
    if (marker === 0xff) {
      at++;
      continue;
    }
    if (marker === END) throw new FileError('the picture ends before its pixels', at);
    const length = bytes.u16(at + 2, 'the length of a segment');
    bytes.part(at, 2 + length, `segment ${marker.toString(16)}`);
    if (isFrame(marker)) frame = readFrame(bytes, at, marker);
    if (marker === SCAN) {
      if (!frame) throw new FileError('the pixels come before the size', at);
      checkEnd(bytes);
      return { frame, scan: at };
    }
    at += 2 + length;
  }
}

const isFrame = (marker: number): boolean =>
  marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);

function readFrame(bytes: ByteView, at: number, marker: number): Frame {
  if (marker > 0xc2)
    throw new FileError('lossless, hierarchical or arithmetic JPEG is not read; save it as PNG', at);
  const what = 'the size';
  const bits = bytes.u8(at + 4, what);
  if (bits !== 8)
    throw new FileError(`${bits} bits a value are not read; save the picture as PNG or TIFF`, at + 4);
  const [height, width] = [bytes.u16(at + 5, what), bytes.u16(at + 7, what)];
  checkSize(width, height, BYTES_PER_PIXEL, bytes.bytes.length, at + 5);
  if (width * height > MOST_PIXELS_PER_BYTE * bytes.bytes.length)
    throw new FileError(
      `${bytes.bytes.length} bytes cannot hold ${width} × ${height} pixels; the file is cut off or lies about its size`,
      at + 5,
    );
  return { at, width, height };
}

/** The closing marker stands within the last bytes; some cameras write a few behind it. */
function checkEnd({ bytes: all }: ByteView): void {
  for (let at = all.length - 2; at >= Math.max(0, all.length - 4096); at--)
    if (all[at] === 0xff && all[at + 1] === END) return;
  throw new FileError('the picture has no end; the file is cut off', all.length);
}
