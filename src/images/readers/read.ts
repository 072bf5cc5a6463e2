import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { FileError } from '../../frames/bytes/file-error.js';
import { detectInfoBar } from '../info-bar.js';
import { type Micrograph, micrograph } from '../micrograph.js';
import { readBmp } from './bmp.js';
import { makerFields } from './instruments/instrument.js';
import { readJpeg } from './jpeg.js';
import { readPng } from './png.js';
import type { Raster } from './raster.js';
import { readTiff } from './tiff/tiff.js';

/** A micrograph as read, with what there is to say about the reading. */
export interface ImageReading {
  readonly micrograph: Micrograph;
  readonly format: Raster['format'];
  readonly warnings: readonly string[];
}

/**
 * Reads a micrograph in TIFF, PNG, JPEG or BMP, with what its instrument wrote into it (FEI, Zeiss, TESCAN) or into a
 * text file beside it (JEOL, Hitachi, TESCAN).
 * @throws FileError when the file is of another kind, cut off, damaged, or claims too many pixels; Error when it
 * cannot be opened.
 */
export async function readImageFile(path: string): Promise<ImageReading> {
  const bytes = await readFile(path).catch((error: NodeJS.ErrnoException) => {
    throw new Error(
      `${path} cannot be read: ${error.code === 'ENOENT' ? 'there is no such file' : error.message}`,
    );
  });
  return readImage(bytes, { beside: await textBeside(path) });
}

/** JEOL and Hitachi write `a.txt` beside `a.tif`, TESCAN `a.hdr` or `a-tif.hdr`. */
async function textBeside(path: string): Promise<string | null> {
  const stem = path.replace(/\.[^.\\/]*$/, '');
  const extension = path.slice(stem.length + 1).toLowerCase();
  const names = [`${stem}.txt`, `${stem}.hdr`, `${stem}-${extension}.hdr`];
  const found = names.find((name) => name !== path && existsSync(name));
  return found ? (await readFile(found, 'latin1')).slice(0, 100_000) : null;
}

/**
 * The same from bytes.
 * @param options.beside - text that the instrument wrote beside the picture.
 */
export function readImage(
  bytes: Uint8Array,
  { beside = null }: { beside?: string | null } = {},
): ImageReading {
  const raster = decode(bytes);
  const maker = makerFields(raster, beside);
  const warnings = [...raster.warnings, ...(maker?.warnings ?? [])];
  const plain = micrograph(raster.width, raster.height, raster.grey, {
    bitDepth: raster.bitDepth,
    micronsPerPixel: maker?.micronsPerPixel ?? raster.micronsPerPixel ?? null,
    instrument: maker?.instrument ?? null,
    metadata: { ...raster.metadata, ...maker?.metadata },
  });
  if (plain.micronsPerPixel === null)
    warnings.push('no pixel size is stated; lengths are in pixels until micronsPerPixel is given');
  const infoBarRows = Math.min(maker?.infoBarRows ?? detectInfoBar(plain), raster.height - 1);
  const clipped = saturation(plain.grey.subarray(0, raster.width * (raster.height - infoBarRows)));
  if (clipped > 0.05)
    warnings.push(`${Math.round(100 * clipped)} % of the pixels are black or white; grey values are clipped`);
  return { micrograph: { ...plain, infoBarRows }, format: raster.format, warnings };
}

function decode(bytes: Uint8Array): Raster {
  const begins = (...values: number[]): boolean => values.every((value, k) => bytes[k] === value);
  if (begins(0x89, 0x50, 0x4e, 0x47)) return readPng(bytes);
  if (begins(0xff, 0xd8)) return readJpeg(bytes);
  if (begins(0x42, 0x4d)) return readBmp(bytes);
  if ([42, 43].some((n) => begins(0x49, 0x49, n, 0) || begins(0x4d, 0x4d, 0, n))) return readTiff(bytes);
  throw new FileError(`the file must be TIFF, PNG, JPEG or BMP, but ${described(bytes)}`, 0);
}

/** What the file is instead, as far as its first bytes tell. */
function described(bytes: Uint8Array): string {
  if (bytes.length === 0) return 'is empty';
  const known = Object.entries(OTHERS).find(([start]) =>
    Buffer.from(bytes.subarray(0, 16)).toString('latin1').includes(start),
  );
  if (known) return `is ${known[1]}; save it in one of them`;
  const hex = Buffer.from(bytes.subarray(0, 4)).toString('hex');
  return `begins with the bytes ${hex}, which are none of theirs`;
}

const OTHERS: Readonly<Record<string, string>> = {
  ...{
    GIF8: 'a GIF picture',
    '%PDF': 'a PDF document',
    'PK\u0003\u0004': 'a ZIP archive',
    RIFF: 'a RIFF file such as WebP',
  },
  ...{ '##TITLE': 'a JCAMP-DX spectrum', ftyp: 'an MP4 or HEIC file' },
};

/** Share of pixels that are black or white altogether. */
function saturation(grey: Float32Array): number {
  let clipped = 0;
  for (const value of grey) if (value <= 0 || value >= 1) clipped++;
  return clipped / grey.length;
}
