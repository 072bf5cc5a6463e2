import { ByteView } from '../../../frames/bytes/byte-view.js';
import { FileError } from '../../../frames/bytes/file-error.js';
import { techniqueOfAxis, type UnplacedReading } from '../reading.js';
import { percentOrShare, xUnitOf, yUnitOf } from '../units.js';
import { newHeader, oldHeader, type SpcHeader } from './header.js';
import { readLog } from './log.js';
import { readSubfiles } from './subfiles.js';
import { notOptical, spcTechnique, spcXUnit, spcYUnit } from './units.js';

const NEW_LITTLE = 0x4b;
const NEW_BIG = 0x4c;
const OLD = 0x4d;

/**
 * Reads Galactic SPC: the new header (`K` little-endian, `L` big-endian) and the old one (`M`), even and own x values,
 * one or many subfiles, y in 16 or 32 bits with an exponent or as floats, and the log.
 *
 * Galactic Industries, "A Brief Guide to SPC File Format and Using GSPCIO" (1997).
 * @returns one reading a subfile.
 */
export function readSpc(bytes: Uint8Array): UnplacedReading[] {
  const version = bytes[1];
  const view = new ByteView(bytes, version !== NEW_BIG);
  if (version !== NEW_LITTLE && version !== NEW_BIG && version !== OLD)
    throw new FileError(
      `an SPC file must have version K, L or M in its second byte, but this has 0x${(version ?? 0).toString(16)}`,
      1,
    );
  const header = version === OLD ? oldHeader(view) : newHeader(view);
  const other = notOptical(header.experiment, header.xType, header.yType);
  if (other) throw new FileError(`the SPC file holds ${other}, not an optical spectrum`, 28);
  const subfiles = readSubfiles(view, header);
  const log = readLog(view, header.log);
  const warnings = lostLog(view, header.log);
  const blocks = subfiles.map((_, k) => `subfile ${k + 1}`);
  return subfiles.map(({ x, y, z, dataAt }, k) => ({
    spectrum: {
      ...{ x, y },
      ...unitsOf(header, x, y),
      title: titleOf(header, subfiles.length, k),
      metadata: metadataOf(header, log, z),
    },
    ...{ format: 'Galactic SPC', blocks, warnings, dataAt },
  }));
}

/** The log stands last: a file that is cut off has lost it, or a part of it. */
function lostLog(view: ByteView, at: number): string[] {
  const end = at + 4 <= view.length ? at + view.u32(at) : at;
  return at === 0 || end <= view.length
    ? []
    : [`the log would end at byte ${end}, behind the end; the file is cut off (byte ${view.length})`];
}

function unitsOf(header: SpcHeader, x: Float64Array, y: Float64Array) {
  const xUnit = header.xLabel.trim() ? xUnitOf(header.xLabel) : spcXUnit(header.xType);
  const yUnit = header.yLabel.trim() ? yUnitOf(header.yLabel) : spcYUnit(header.yType);
  const technique = spcTechnique(header.experiment, header.xType) ?? techniqueOfAxis(xUnit, x);
  return { xUnit, yUnit: percentOrShare(yUnit, y), technique };
}

const titleOf = ({ comment }: SpcHeader, count: number, k: number): string =>
  count > 1 ? `${comment} ${k + 1}`.trim() : comment;

function metadataOf(header: SpcHeader, log: Record<string, string>, z: number): Record<string, string> {
  const { measured, resolution, instrument } = header;
  return {
    ...(measured ? { measured } : {}),
    ...(resolution ? { resolution } : {}),
    ...(instrument ? { instrument } : {}),
    ...(z !== 0 ? { z: String(z) } : {}),
    ...log,
  };
}
