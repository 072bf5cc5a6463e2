import type { ByteView } from '../../../frames/bytes/byte-view.js';
import { FileError } from '../../../frames/bytes/file-error.js';

/** What both headers of Galactic's format say. */
export interface SpcHeader {
  readonly flags: SpcFlags;
  /** Exponent of 2 that y values share; −128 where they are floats. */
  readonly exponent: number;
  /** Points of each subfile; in a file of pairs, the place of its directory. */
  readonly points: number;
  readonly firstX: number;
  readonly lastX: number;
  /** How many subfiles; `null` where the old format does not say: to the end of the file. */
  readonly subfiles: number | null;
  readonly experiment: number;
  readonly xType: number;
  readonly yType: number;
  /** Words for the axes, in place of the codes; empty where there are none. */
  readonly xLabel: string;
  readonly yLabel: string;
  readonly comment: string;
  readonly measured: string | null;
  readonly instrument: string;
  readonly resolution: string;
  /** Byte of the log; 0 where there is none. */
  readonly log: number;
  /** Byte at which the data begin. */
  readonly dataAt: number;
  /** The old format: words of 32 bits have their halves swapped. */
  readonly old: boolean;
}

export interface SpcFlags {
  readonly short: boolean;
  readonly multi: boolean;
  readonly customLabels: boolean;
  readonly ownX: boolean;
  readonly explicitX: boolean;
}

const SIZE = 512;
const OLD_SIZE = 256;

/** The header of the new format, `K` (little-endian) or `L` (big-endian): 512 bytes. */
export function newHeader(view: ByteView): SpcHeader {
  view.need(0, SIZE, 'the SPC header');
  const flags = flagsOf(view.u8(0));
  const [xLabel = '', yLabel = ''] = flags.customLabels ? labels(view, 218) : [];
  return {
    ...{ flags, xLabel, yLabel, old: false, dataAt: SIZE },
    experiment: view.u8(2),
    exponent: view.i8(3),
    points: view.u32(4),
    firstX: view.f64(8),
    lastX: view.f64(16),
    subfiles: Math.max(1, view.u32(24)),
    xType: view.u8(28),
    yType: view.u8(29),
    measured: packedDate(view.u32(32)),
    resolution: view.text(36, 9),
    instrument: view.text(45, 9),
    comment: view.text(88, 130),
    log: view.u32(248),
  };
}

/** The header of the old format, `M`: 224 bytes, then the first subheader. */
export function oldHeader(view: ByteView): SpcHeader {
  view.need(0, OLD_SIZE, 'the old SPC header');
  const flags = flagsOf(view.u8(0));
  const [xLabel = '', yLabel = ''] = flags.customLabels ? labels(view, 194) : [];
  const year = view.u16(18) & 0xfff;
  const day = [view.u8(20), view.u8(21), view.u8(22), view.u8(23)];
  const points = view.f32(4);
  if (!(Number.isInteger(points) && points > 0))
    throw new FileError(`the old SPC header must give a whole number of points, but gives ${points}`, 4);
  return {
    ...{ flags, xLabel, yLabel, points, old: true, dataAt: 224, experiment: 0, log: 0, instrument: '' },
    exponent: view.i16(2),
    firstX: view.f32(8),
    lastX: view.f32(12),
    subfiles: flags.multi ? null : 1,
    xType: view.u8(16),
    yType: view.u8(17),
    measured: iso(year < 100 ? 1900 + year : year, day),
    resolution: view.text(24, 8),
    comment: view.text(64, 130),
  };
}

const flagsOf = (byte: number): SpcFlags => ({
  short: (byte & 1) !== 0,
  multi: (byte & 4) !== 0,
  customLabels: (byte & 32) !== 0,
  ownX: (byte & 64) !== 0,
  explicitX: (byte & 128) !== 0,
});

/** Three labels with a NUL behind each, in 30 bytes. */
const labels = (view: ByteView, at: number): string[] =>
  String.fromCharCode(...view.bytes.subarray(at, at + 30)).split('\0');

/** Minute, hour, day, month and year in 6, 5, 5, 4 and 12 bits. */
function packedDate(bits: number): string | null {
  if (bits === 0) return null;
  return iso(bits >>> 20, [(bits >>> 16) & 15, (bits >>> 11) & 31, (bits >>> 6) & 31, bits & 63]);
}

function iso(year: number, rest: readonly number[]): string | null {
  if (year < 1950 || year > 2150 || rest[0] < 1 || rest[0] > 12 || rest[1] < 1 || rest[1] > 31) return null;
  const [month, day, hour, minute] = rest.map((part) => String(part).padStart(2, '0'));
  return `${String(year).padStart(4, '0')}-${month}-${day}T${hour}:${minute}:00`;
}
