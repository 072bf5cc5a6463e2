import { crc32, inflateSync } from 'node:zlib';
import { ByteView } from '../../frames/bytes/byte-view.js';
import { FileError } from '../../frames/bytes/file-error.js';
import { checkSize, luminance, type Raster } from './raster.js';

const HEADER_AT = 8;
const CHANNELS: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };
const DEPTHS: Readonly<Record<number, readonly number[]>> = {
  ...{ 0: [1, 2, 4, 8, 16], 2: [8, 16], 3: [1, 2, 4, 8], 4: [8, 16], 6: [8, 16] },
};

interface Header {
  readonly width: number;
  readonly height: number;
  readonly depth: number;
  readonly colour: number;
  readonly interlaced: boolean;
}

/**
 * Reads a PNG picture (ISO/IEC 15948): all colour types and depths, interlaced or not; colour becomes grey, alpha is
 * left out.
 * @throws FileError when it is cut off or damaged, or claims too many pixels.
 */
export function readPng(all: Uint8Array): Raster {
  const bytes = new ByteView(all, false);
  const header = readHeader(bytes);
  const { width, height, depth } = header;
  const { data, at, palette, metadata, micronsPerPixel } = readChunks(bytes);
  if (header.colour === 3 && !palette) throw new FileError('the picture has no palette', HEADER_AT);
  const raw = unpack(data, at, header);
  const grey = depth === 16 ? new Uint16Array(width * height) : new Uint8Array(width * height);
  let from = 0;
  for (const pass of passesOf(header)) from = readPass(raw, from, pass, header, palette, grey, at);
  return {
    format: 'PNG',
    width,
    height,
    bitDepth: depth === 16 ? 16 : 8,
    grey,
    metadata,
    micronsPerPixel,
    warnings: [],
  };
}

function readHeader(bytes: ByteView): Header {
  const what = 'the header chunk';
  if (chunkName(bytes, HEADER_AT) !== 'IHDR' || bytes.u32(HEADER_AT, what) !== 13)
    throw new FileError('a PNG file must begin with its header chunk, but has another', HEADER_AT);
  const [width, height] = [bytes.u32(16, what), bytes.u32(20, what)];
  const [depth, colour] = [bytes.u8(24, what), bytes.u8(25, what)];
  if (!DEPTHS[colour]?.includes(depth))
    throw new FileError(`colour type ${colour} with ${depth} bits is not one of PNG's`, 24);
  if (bytes.u8(28, what) > 1) throw new FileError('the interlacing is not one of PNG’s', 28);
  checkSize(width, height, 3 + (CHANNELS[colour] * depth) / 8, bytes.bytes.length, 16);
  return { width, height, depth, colour, interlaced: bytes.u8(28, what) === 1 };
}

const chunkName = (bytes: ByteView, at: number): string =>
  String.fromCharCode(...bytes.part(at + 4, 4, 'the name of a chunk'));

interface Chunks {
  readonly data: Uint8Array;
  /** Byte at which the pixels begin. */
  readonly at: number;
  readonly palette?: Uint8Array;
  readonly metadata: Record<string, string>;
  readonly micronsPerPixel?: number;
}

function readChunks(bytes: ByteView): Chunks {
  const parts: Uint8Array[] = [];
  const metadata: Record<string, string> = {};
  let [first, palette, micronsPerPixel]: [number, Uint8Array?, number?] = [0, undefined, undefined];
  for (let at = HEADER_AT; ; ) {
    const name = chunkName(bytes, at);
    const length = bytes.u32(at, 'the length of a chunk');
    const body = bytes.part(at + 8, length, `chunk ${printable(name)}`);
    const stated = bytes.u32(at + 8 + length, `the check sum of chunk ${printable(name)}`);
    if (crc32(bytes.part(at + 4, 4 + length, 'a chunk')) !== stated)
      throw new FileError(`chunk ${printable(name)} is damaged: its check sum is wrong`, at);
    if (name === 'IDAT') {
      first ||= at;
      parts.push(body);
    } else if (name === 'PLTE') palette = body;
    else if (name === 'tEXt') addText(metadata, body);
    else if (name === 'pHYs') micronsPerPixel = physicalSize(body);
    else if (name === 'IEND') break;
    at += 12 + length;
  }
  if (parts.length === 0) throw new FileError('the picture has no pixels', bytes.bytes.length);
  return { data: Buffer.concat(parts), at: first, palette, metadata, micronsPerPixel };
}

const printable = (name: string): string => JSON.stringify(name.replace(/[^ -~]/g, '?'));

function addText(metadata: Record<string, string>, body: Uint8Array): void {
  const end = body.indexOf(0);
  if (end > 0)
    metadata[Buffer.from(body.subarray(0, end)).toString('latin1')] = Buffer.from(
      body.subarray(end + 1),
    ).toString('latin1');
}

/** Pixels of 10 µm and more are those of a screen or a printer, not of a microscope. */
function physicalSize(body: Uint8Array): number | undefined {
  if (body.length < 9 || body[8] !== 1) return undefined;
  const perMetre = Buffer.from(body).readUInt32BE(0);
  return perMetre > 1e5 ? 1e6 / perMetre : undefined;
}

function unpack(data: Uint8Array, at: number, header: Header): Uint8Array {
  const length = passesOf(header).reduce(
    (sum, { width, height }) => sum + height * (1 + rowBytes(width, header)),
    0,
  );
  let raw: Uint8Array;
  try {
    raw = inflateSync(data, { maxOutputLength: length + 65_536 });
  } catch (error) {
    throw new FileError(`the pixels cannot be unpacked: ${(error as Error).message}`, at);
  }
  if (raw.length < length)
    throw new FileError(
      `the pixels unpack to ${raw.length} bytes, but should be ${length}; the file is cut off`,
      at,
    );
  return raw;
}

/** A pass of an interlaced picture, or the whole: where its pixels lie. */
interface Pass {
  readonly left: number;
  readonly top: number;
  readonly stepX: number;
  readonly stepY: number;
  readonly width: number;
  readonly height: number;
}

const ADAM7 = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
];

function passesOf({ width, height, interlaced }: Header): Pass[] {
  const starts = interlaced ? ADAM7 : [[0, 0, 1, 1]];
  return starts
    .map(([left, top, stepX, stepY]) => ({
      ...{ left, top, stepX, stepY },
      width: Math.ceil((width - left) / stepX),
      height: Math.ceil((height - top) / stepY),
    }))
    .filter((pass) => pass.width > 0 && pass.height > 0);
}

const rowBytes = (width: number, { depth, colour }: Header): number =>
  Math.ceil((width * CHANNELS[colour] * depth) / 8);

function readPass(
  raw: Uint8Array,
  from: number,
  pass: Pass,
  header: Header,
  palette: Uint8Array | undefined,
  grey: Uint8Array | Uint16Array,
  at: number,
): number {
  const length = rowBytes(pass.width, header);
  const step = Math.max(1, (CHANNELS[header.colour] * header.depth) / 8);
  let before: Uint8Array = new Uint8Array(length);
  for (let y = 0; y < pass.height; y++, from += length + 1) {
    const line = raw.subarray(from + 1, from + 1 + length);
    if (raw[from] > 4) throw new FileError(`row filter ${raw[from]} is not one of PNG's`, at);
    unfilter(line, before, raw[from], step);
    const start = (pass.top + y * pass.stepY) * header.width + pass.left;
    for (let x = 0; x < pass.width; x++) grey[start + x * pass.stepX] = greyAt(line, x, header, palette);
    before = line;
  }
  return from;
}

/** Undoes a row's filter in place. */
function unfilter(line: Uint8Array, above: Uint8Array, filter: number, step: number): void {
  for (let i = 0; i < line.length; i++) {
    const left = i >= step ? line[i - step] : 0;
    if (filter === 1) line[i] += left;
    else if (filter === 2) line[i] += above[i];
    else if (filter === 3) line[i] += (left + above[i]) >> 1;
    else if (filter === 4) line[i] += paeth(left, above[i], i >= step ? above[i - step] : 0);
  }
}

function paeth(left: number, above: number, corner: number): number {
  const [a, b, c] = [Math.abs(above - corner), Math.abs(left - corner), Math.abs(left + above - 2 * corner)];
  return a <= b && a <= c ? left : b <= c ? above : corner;
}

function greyAt(line: Uint8Array, x: number, { depth, colour }: Header, palette?: Uint8Array): number {
  const k = x * CHANNELS[colour];
  if (depth === 16) {
    const at = (channel: number): number => (line[2 * (k + channel)] << 8) | line[2 * (k + channel) + 1];
    return colour & 2 ? luminance(at(0), at(1), at(2)) : at(0);
  }
  if (colour === 2 || colour === 6) return luminance(line[k], line[k + 1], line[k + 2]);
  const value =
    depth === 8 ? line[k] : (line[(k * depth) >> 3] >> (8 - depth - ((k * depth) & 7))) & ((1 << depth) - 1);
  if (colour !== 3) return Math.round((value * 255) / ((1 << Math.min(depth, 8)) - 1));
  // An index beyond the palette is black.
  return luminance(palette?.[3 * value] ?? 0, palette?.[3 * value + 1] ?? 0, palette?.[3 * value + 2] ?? 0);
}
