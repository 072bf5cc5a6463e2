import { FileError } from '../../../frames/bytes/file-error.js';
import type { Spectrum } from '../../spectrum.js';
import { isoDate } from '../iso-date.js';
import { percentOrShare } from '../units.js';
import { tableAxis } from './abscissae.js';
import { decodeOrdinates } from './asdf.js';
import { type Block, recordOf, textOf } from './blocks.js';
import { type Header, readHeader } from './header.js';
import { endOfLine, type LabelledRecord, valueText } from './labels.js';
import { decodePairs } from './pairs.js';

/** Records that hold points, in the order in which they are looked for. */
const TABLES = ['XYDATA', 'XYPOINTS', 'PEAKTABLE', 'PEAKASSIGNMENTS'];

/** The record of a block that holds its points. */
export const tableOf = (block: Block): LabelledRecord | undefined =>
  TABLES.map((name) => recordOf(block, name)).find((record) => record !== undefined);

/**
 * The spectrum of a block, with sentences about what its header says and its points do not.
 * @throws FileError when it is cut off or lies about its length.
 */
export function readBlock(bytes: Uint8Array, block: Block): { spectrum: Spectrum; warnings: string[] } {
  const header = readHeader(bytes, block);
  const table = tableOf(block)!;
  const from = endOfLine(bytes, table.from);
  const form = valueText(bytes, { ...table, to: from });
  const { x, y, warnings } = /\+\+/.test(form)
    ? readTable(bytes, from, block, header, table)
    : readPairs(bytes, from, block, header, table);
  if (y.length === 0) throw cutOff(`block "${block.title}" holds no points`, block, bytes, table.at);
  const scale = header.yFactor;
  for (let i = 0; i < y.length; i++) y[i] *= scale;
  const { xUnit, technique } = header;
  const spectrum = {
    ...{ x, y, xUnit, technique, title: block.title, metadata: metadataOf(bytes, block) },
    yUnit: percentOrShare(header.yUnit, y),
  };
  const open = block.ended ? [] : [`##END= is missing; the file may be cut off (byte ${bytes.length})`];
  return { spectrum, warnings: [...warnings, ...open, ...checkedOrdinates(block, header, y)] };
}

interface Points {
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly warnings: string[];
}

function readTable(
  bytes: Uint8Array,
  from: number,
  block: Block,
  header: Header,
  table: LabelledRecord,
): Points {
  const options = { expected: header.points, decimalComma: header.decimalComma };
  const ordinates = decodeOrdinates(bytes, from, table.to, options);
  const miscount = checkLength(bytes, block, header, ordinates.y.length, table);
  const { x, warnings } = tableAxis(ordinates, header, table.at);
  warnings.push(...miscount);
  const { broken } = ordinates;
  if (broken.length > 0)
    warnings.push(
      `${broken.length} ${broken.length === 1 ? 'line does' : 'lines do'} not begin with the last ordinate of the line before, as differences demand (first at byte ${broken[0]})`,
    );
  return { x, y: ordinates.y, warnings };
}

function readPairs(
  bytes: Uint8Array,
  from: number,
  block: Block,
  header: Header,
  table: LabelledRecord,
): Points {
  const form = valueText(bytes, { ...table, to: from });
  const columns = /XY[WM]/.test(form.replace(/[^A-Z]/gi, '').toUpperCase()) ? 3 : 2;
  const options = { expected: header.points, decimalComma: header.decimalComma, columns };
  const { x, y } = decodePairs(bytes, from, table.to, options);
  const miscount = checkLength(bytes, block, header, y.length, table);
  for (let i = 0; i < x.length; i++) x[i] *= header.xFactor;
  const peaks = table.name.startsWith('PEAK')
    ? [`the block is a list of peaks, no spectrum (byte ${table.at})`]
    : [];
  return { x, y, warnings: [...peaks, ...miscount] };
}

/**
 * NPOINTS must be the count of the points: else they were cut off, or one of both is wrong. Writers that miscount by one
 * are common, so that this is only remarked.
 */
function checkLength(
  bytes: Uint8Array,
  block: Block,
  header: Header,
  found: number,
  table: LabelledRecord,
): string[] {
  const announced = header.points;
  if (!block.ended && (!(found >= announced) || Number.isNaN(announced)))
    throw cutOff(`NPOINTS announces ${announced} points, but ${found} are there`, block, bytes, bytes.length);
  if (Number.isNaN(announced) || announced === found) return [];
  const at = recordOf(block, 'NPOINTS')?.at ?? table.at;
  const sentence = `NPOINTS announces ${announced} points, but the table holds ${found}`;
  if (Math.abs(announced - found) === 1 && found > 10) return [`${sentence} (byte ${at})`];
  throw new FileError(`${sentence}; the file lies about its length`, at);
}

const cutOff = (sentence: string, block: Block, bytes: Uint8Array, at: number): FileError =>
  block.ended
    ? new FileError(sentence, at)
    : new FileError(`${sentence} and ##END= is missing; the file is cut off`, bytes.length);

/** FIRSTY, MINY and MAXY beside the points. */
function checkedOrdinates(block: Block, header: Header, y: Float64Array): string[] {
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  for (const value of y) {
    if (value < min) min = value;
    if (value > max) max = value;
  }
  const tolerance = 0.02 * (max - min) + 1e-9 * Math.abs(max);
  const pairs: [string, number, number][] = [
    ['FIRSTY', header.firstY, y[0]],
    ['MINY', header.minY, min],
    ['MAXY', header.maxY, max],
  ];
  return pairs
    .filter(([, said, found]) => Math.abs(said - found) > tolerance)
    .map(
      ([name, said, found]) =>
        `${name} says ${said}, but the points say ${Number(found.toPrecision(7))} (byte ${recordOf(block, name)?.at ?? block.at})`,
    );
}

/** Every record but the points, by its written name; the date in ISO 8601 where it can be told. */
function metadataOf(bytes: Uint8Array, block: Block): Record<string, string> {
  const plain = block.records.filter(({ name }) => !TABLES.includes(name) && name !== 'TITLE');
  const metadata = Object.fromEntries(plain.map((record) => [record.written, valueText(bytes, record)]));
  const text = (name: string) => textOf(bytes, block, name);
  const measured = isoDate(text('LONGDATE') || text('DATE'), text('TIME'));
  return measured === null ? metadata : { ...metadata, measured };
}
