import { ByteView } from '../../../frames/bytes/byte-view.js';
import { FileError } from '../../../frames/bytes/file-error.js';
import { checkSize, luminance, type Raster } from '../raster.js';
import { type Directory, numberOf, numbersOf, rationalOf, readDirectory, textOf } from './directory.js';
import { UNPACK } from './unpack.js';

const TAG = {
  ...{ width: 256, height: 257, bits: 258, compression: 259, photometric: 262, description: 270, maker: 271 },
  ...{
    model: 272,
    strips: 273,
    samples: 277,
    rowsPerStrip: 278,
    stripBytes: 279,
    xResolution: 282,
    planar: 284,
  },
  ...{ resolutionUnit: 296, software: 305, predictor: 317, palette: 320, tileWidth: 322, tileHeight: 323 },
  ...{
    tiles: 324,
    tileBytes: 325,
    sampleFormat: 339,
    zeiss: 34118,
    feiSfeg: 34680,
    feiHelios: 34682,
    tescan: 50431,
  },
} as const;

/** Texts of a TIFF file that instruments fill, by what they are called in `metadata`. */
const TEXTS = {
  ...{ description: TAG.description, maker: TAG.maker, model: TAG.model, software: TAG.software },
  ...{ CZ_SEM: TAG.zeiss, FEI_SFEG: TAG.feiSfeg, FEI_HELIOS: TAG.feiHelios, TESCAN: TAG.tescan },
} as const;

/** The layout of a picture's pixels. */
interface Layout {
  readonly width: number;
  readonly height: number;
  readonly depth: number;
  readonly samples: number;
  readonly photometric: number;
  readonly compression: number;
  readonly predictor: number;
  /** Width and height of the strips or tiles. */
  readonly block: readonly [number, number];
  readonly offsets: readonly number[];
  readonly lengths: readonly number[];
}

/**
 * Reads the first picture of a TIFF 6.0 or BigTIFF file: 1, 4, 8 or 16 bits, grey, palette or RGB, strips or tiles, not
 * packed or by LZW, Deflate or PackBits, either byte order.
 * @throws FileError when it is cut off or damaged, claims too many pixels, or is packed in another way.
 */
export function readTiff(all: Uint8Array): Raster {
  const bytes = new ByteView(all, all[0] === 0x49);
  const directory = readDirectory(bytes);
  const layout = readLayout(bytes, directory);
  const { width, height, depth } = layout;
  const grey = depth === 16 ? new Uint16Array(width * height) : new Uint8Array(width * height);
  const shade = shadeOf(bytes, directory, layout);
  readBlocks(bytes, layout, (samples, x, y) => {
    grey[y * width + x] = shade(samples);
  });
  const warnings = nextDirectory(bytes, directory)
    ? ['the file holds more pictures; the first one is read']
    : [];
  const bitDepth = depth === 16 ? 16 : 8;
  return {
    format: 'TIFF',
    width,
    height,
    bitDepth,
    grey,
    metadata: textsOf(bytes, directory),
    warnings,
    ...resolution(bytes, directory),
  };
}

function readLayout(bytes: ByteView, directory: Directory): Layout {
  const number = (tag: number, missing: number): number => numberOf(bytes, directory, tag, missing);
  const [width, height] = [number(TAG.width, 0), number(TAG.height, 0)];
  const at = directory.get(TAG.width)?.at ?? 4;
  const [depth, samples] = [number(TAG.bits, 1), number(TAG.samples, 1)];
  checkSize(width, height, 4 + (samples * depth) / 8, bytes.bytes.length, at);
  const compression = number(TAG.compression, 1);
  const photometric = number(TAG.photometric, 1);
  checkKind(bytes, directory, { depth, samples, compression, photometric });
  const tiled = directory.has(TAG.tiles);
  const block = tiled
    ? ([number(TAG.tileWidth, 0), number(TAG.tileHeight, 0)] as const)
    : ([width, Math.min(height, number(TAG.rowsPerStrip, height) || height)] as const);
  checkSize(block[0], block[1], (samples * depth) / 8, bytes.bytes.length, at);
  const offsets = numbersOf(bytes, directory, tiled ? TAG.tiles : TAG.strips);
  const stated = numbersOf(bytes, directory, tiled ? TAG.tileBytes : TAG.stripBytes);
  const lengths = offsets.map((offset, k) => stated[k] ?? bytes.bytes.length - offset);
  return {
    width,
    height,
    depth,
    samples,
    photometric,
    compression,
    block,
    offsets,
    lengths,
    predictor: number(TAG.predictor, 1),
  };
}

type Kind = Pick<Layout, 'depth' | 'samples' | 'compression' | 'photometric'>;

function checkKind(
  bytes: ByteView,
  directory: Directory,
  { depth, samples, compression, photometric }: Kind,
): void {
  const refuse = (sentence: string, tag: number): never => {
    throw new FileError(sentence, directory.get(tag)?.at ?? 4);
  };
  if (!UNPACK[compression])
    refuse(
      `compression ${compression} is not read; save the picture without it, or with LZW or Deflate`,
      TAG.compression,
    );
  if (![1, 4, 8, 16].includes(depth))
    refuse(`${depth} bits a value are not read; save the picture with 8 or 16`, TAG.bits);
  if (samples < 1 || samples > 8 || (samples > 1 && depth < 8))
    refuse(`${samples} values a pixel are not read`, TAG.samples);
  if (![0, 1, 2, 3].includes(photometric) || (photometric === 2 && samples < 3))
    refuse(
      `colour model ${photometric} with ${samples} values a pixel is not read; save the picture in grey`,
      TAG.photometric,
    );
  if (samples > 1 && numberOf(bytes, directory, TAG.planar, 1) !== 1)
    refuse('colours in separate planes are not read; save the picture in grey', TAG.planar);
  if (numberOf(bytes, directory, TAG.sampleFormat, 1) !== 1)
    refuse(
      'signed or floating-point values are not read; save the picture with 8 or 16 bits',
      TAG.sampleFormat,
    );
}

type Put = (samples: Uint16Array, x: number, y: number) => void;

/** Unpacks strip after strip, or tile after tile, and hands out every pixel within the picture. */
function readBlocks(bytes: ByteView, layout: Layout, put: Put): void {
  const { width, height, depth, samples, compression, block, offsets, lengths } = layout;
  const [blockWidth, blockHeight] = block;
  const across = Math.ceil(width / blockWidth);
  const needed = across * Math.ceil(height / blockHeight);
  if (offsets.length < needed)
    throw new FileError(
      `the picture needs ${needed} strips or tiles, but has ${offsets.length}`,
      bytes.bytes.length,
    );
  const rowBytes = Math.ceil((blockWidth * samples * depth) / 8);
  for (let b = 0; b < needed; b++) {
    const [left, top] = [(b % across) * blockWidth, Math.floor(b / across) * blockHeight];
    // The last strip is cut at the picture's edge; tiles are always whole.
    const rows = across === 1 && blockWidth === width ? Math.min(blockHeight, height - top) : blockHeight;
    const packed = bytes.part(offsets[b], lengths[b], `strip or tile ${b + 1}`);
    const raw = UNPACK[compression](packed, rows * rowBytes, offsets[b]);
    for (let y = 0; y < Math.min(rows, height - top); y++)
      readRow(
        raw.subarray(y * rowBytes, (y + 1) * rowBytes),
        layout,
        bytes.littleEndian,
        Math.min(blockWidth, width - left),
        (one, x) => put(one, left + x, top + y),
      );
  }
}

function readRow(
  line: Uint8Array,
  { depth, samples, predictor, block }: Layout,
  littleEndian: boolean,
  count: number,
  put: (samples: Uint16Array, x: number) => void,
): void {
  const values = valuesOf(line, depth, block[0] * samples, littleEndian);
  if (predictor === 2)
    for (let k = samples; k < values.length; k++)
      values[k] = (values[k] + values[k - samples]) & (depth === 16 ? 0xffff : 0xff);
  const one = new Uint16Array(samples);
  for (let x = 0; x < count; x++) {
    for (let s = 0; s < samples; s++) one[s] = values[x * samples + s];
    put(one, x);
  }
}

function valuesOf(line: Uint8Array, depth: number, count: number, littleEndian: boolean): Uint16Array {
  const values = new Uint16Array(count);
  for (let k = 0; k < count; k++) {
    if (depth === 8) values[k] = line[k];
    else if (depth === 16)
      values[k] = littleEndian ? line[2 * k] | (line[2 * k + 1] << 8) : (line[2 * k] << 8) | line[2 * k + 1];
    else values[k] = (line[(k * depth) >> 3] >> (8 - depth - ((k * depth) & 7))) & ((1 << depth) - 1);
  }
  return values;
}

/** How the values of a pixel become one grey value in full range. */
function shadeOf(
  bytes: ByteView,
  directory: Directory,
  { depth, photometric }: Layout,
): (samples: Uint16Array) => number {
  if (photometric === 2) return (samples) => luminance(samples[0], samples[1], samples[2]);
  const most = (1 << depth) - 1;
  const full = depth === 16 ? 65_535 : 255;
  if (photometric === 3) {
    const colours = numbersOf(bytes, directory, TAG.palette);
    const n = colours.length / 3;
    const to8 = full === 255 ? 257 : 1;
    return ([k]) =>
      Math.round(luminance(colours[k] ?? 0, colours[n + k] ?? 0, colours[2 * n + k] ?? 0) / to8);
  }
  return photometric === 0
    ? ([value]) => Math.round(((most - value) * full) / most)
    : ([value]) => Math.round((value * full) / most);
}

function textsOf(bytes: ByteView, directory: Directory): Record<string, string> {
  const texts = Object.entries(TEXTS).map(([name, tag]) => [name, textOf(bytes, directory, tag)] as const);
  return Object.fromEntries(texts.filter((text): text is [string, string] => Boolean(text[1])));
}

/** Pixels of 10 µm and more are those of a screen or a printer, not of a microscope. */
function resolution(bytes: ByteView, directory: Directory): { micronsPerPixel?: number } {
  const unit = numberOf(bytes, directory, TAG.resolutionUnit, 2);
  const size =
    (unit === 3 ? 10_000 : unit === 2 ? 25_400 : Number.NaN) / rationalOf(bytes, directory, TAG.xResolution);
  return size > 0 && size < 10 ? { micronsPerPixel: size } : {};
}

function nextDirectory(bytes: ByteView, directory: Directory): boolean {
  if (bytes.u16(2, 'the header') === 43) return false;
  const at = bytes.u32(4, 'the header') + 2 + 12 * directory.size;
  return at + 4 <= bytes.bytes.length && bytes.u32(at, 'the next directory') !== 0;
}
