import { FileError } from '../../../frames/bytes/file-error.js';
import type { Technique, XUnit, YUnit } from '../../spectrum.js';
import { techniqueOfAxis, type UnplacedReading } from '../reading.js';
import { percentOrShare } from '../units.js';
import { findBlock, type NumberBlock } from './block.js';
import { columnPairs, isQuantityName } from './columns.js';
import { decodeBytes } from './decode.js';
import { type GuessedUnit, guessXUnit, guessYUnit } from './guess.js';
import { type Lines, linesOf } from './lines.js';
import { type Preamble, readPreamble } from './preamble.js';
import { repeatedStretches } from './repeats.js';
import { cellNumber, type Shape, shapeOf, splitCells } from './shape.js';
import { readWide, type WideTable } from './wide.js';

/**
 * Reads columns of numbers as instruments and their programs export them: any of the usual delimiters, decimal point or
 * comma, with or without names and a preamble, UTF-8, UTF-16 or Latin; several spectra beside each other, in pairs of
 * columns, or one a row under a header of wavenumbers.
 */
export function readDelimited(file: Uint8Array): UnplacedReading[] {
  const { bytes, inFile } = decodeBytes(file);
  const lines = linesOf(bytes);
  const wide = readWide(lines);
  if (wide) return fromRows(wide, inFile);
  const shape = shapeOf(lines);
  const block = shape && findBlock(lines, shape);
  if (!shape || !block || block.rows < 3)
    throw new FileError(
      'the text holds no table of at least three rows with two numbers; a spectrum has x and y side by side',
      inFile(block ? lines.at(block.from) : 0),
    );
  return fromColumns(lines, shape, block, inFile);
}

function fromColumns(
  lines: Lines,
  shape: Shape,
  block: NumberBlock,
  inFile: (at: number) => number,
): UnplacedReading[] {
  const names = block.header >= 0 ? splitCells(lines.text(block.header), shape.delimiter) : [];
  const aligned = names.length === block.columns - 1 ? ['', ...names] : names;
  const preamble = readPreamble(lines, block.header >= 0 ? block.header : block.from, shape.delimiter);
  checkOptical([...aligned, preamble.xWords], inFile(lines.at(Math.max(0, block.header))));
  const columns = readColumns(lines, shape, block);
  const pairs = columnPairs(aligned, block.columns).filter(({ y }) => columns[y].some(Number.isFinite));
  if (pairs.length === 0)
    throw new FileError('the table has no column of ordinates', inFile(lines.at(block.from)));
  const at = inFile(lines.at(block.from));
  const extra = [...otherRows(block, at), ...brokenEnd(lines, block, inFile)];
  const blocks = pairs.map(({ y }) => aligned[y] || `column ${y + 1}`);
  return pairs.flatMap(({ x, y }) => {
    const kept = present(columns[x], columns[y]);
    const stretches = repeatedStretches(kept.x);
    const words = { x: [aligned[x] ?? '', preamble.xWords], y: [aligned[y] ?? '', preamble.yWords] };
    const { units, warnings } = unitsOf(words, preamble.text, kept, at);
    const title = titleOf(aligned[y] ?? '', preamble, pairs.length);
    return stretches.map(({ from, to }, k): UnplacedReading => {
      const points = { x: kept.x.subarray(from, to), y: kept.y.subarray(from, to) };
      const numbered = stretches.length > 1 ? `${title} ${k + 1}`.trim() : title;
      const spectrum = { ...points, ...units, title: numbered, metadata: preamble.metadata };
      return { spectrum, format: 'delimited text', blocks, warnings: [...warnings, ...extra], dataAt: at };
    });
  });
}

/** What names of columns betray, where the numbers could be anything. */
const OTHER_AXES: readonly (readonly [RegExp, string])[] = [
  [/^m ?\/ ?z$|^m\/z\b|^mass( ?\(|$)/i, 'a mass spectrum'],
  [/^(δ ?)?\(?ppm\)?$|chemical shift/i, 'an NMR spectrum'],
  [/^2 ?-?(θ|theta)|two ?theta/i, 'an X-ray diffractogram'],
];

function checkOptical(names: readonly string[], at: number): void {
  for (const [pattern, what] of OTHER_AXES) {
    const name = names.find((word) => pattern.test(word));
    if (name !== undefined)
      throw new FileError(`the table is ${what} (column "${name}"), not an optical spectrum`, at);
  }
}

const otherRows = ({ others }: NumberBlock, at: number): string[] =>
  others > 0 ? [`${others} rows of numbers elsewhere in the file are left out (byte ${at})`] : [];

/** A text that is cut off ends without a line end, in a row that is shorter than those before it. */
function brokenEnd(lines: Lines, block: NumberBlock, inFile: (at: number) => number): string[] {
  const last = block.to - 1;
  if (last !== lines.count - 1 || block.rows < 4) return [];
  const before = [1, 2, 3].map((k) => lines.text(last - k).length);
  const isShort = lines.text(last).length < Math.min(...before);
  return isShort
    ? [
        `the last row is shorter than those before and does not end; the file may be cut off (byte ${inFile(lines.at(last))})`,
      ]
    : [];
}

/** The numbers of the block, one array a column. */
function readColumns(lines: Lines, shape: Shape, block: NumberBlock): Float64Array[] {
  const columns = Array.from({ length: block.columns }, () => new Float64Array(block.rows).fill(Number.NaN));
  for (let k = block.from, i = 0; k < block.to; k++) {
    const line = lines.text(k);
    if (line.trim() === '') continue;
    splitCells(line, shape.delimiter).forEach((cell, j) => {
      columns[j][i] = cellNumber(cell, shape.decimal);
    });
    i++;
  }
  return columns;
}

/** The points whose x is there, cut off behind the last y: columns of a table may differ in length. */
function present(x: Float64Array, y: Float64Array): { x: Float64Array; y: Float64Array } {
  let end = y.length;
  while (end > 0 && Number.isNaN(y[end - 1])) end--;
  let gap = 0;
  while (gap < end && Number.isFinite(x[gap])) gap++;
  if (gap === end) return { x: x.slice(0, end), y: y.slice(0, end) };
  const kept = (_: number, i: number) => i < end && Number.isFinite(x[i]);
  return { x: x.filter(kept), y: y.filter((_, i) => kept(_, i)) };
}

interface Units {
  readonly xUnit: XUnit;
  readonly yUnit: YUnit;
  readonly technique: Technique;
}

function unitsOf(
  words: { x: string[]; y: string[] },
  text: string,
  { x, y }: { x: Float64Array; y: Float64Array },
  at: number,
): { units: Units; warnings: string[] } {
  const xGuess = guessXUnit(words.x, x);
  const yGuess = guessYUnit(words.y, y);
  const raman = /raman/i.test(`${words.x.join(' ')} ${words.y.join(' ')} ${text}`);
  const shift = xGuess.unit === 'cm-1' && yGuess.unit === 'intensity';
  const technique = raman || shift ? 'Raman' : techniqueOfAxis(xGuess.unit, x);
  const guessed = (axis: string, { unit, named }: GuessedUnit<string>) =>
    named ? [] : [`the file names no unit of ${axis}; by its values taken as ${unit} (byte ${at})`];
  return {
    units: { xUnit: xGuess.unit, yUnit: percentOrShare(yGuess.unit, y), technique },
    warnings: [...guessed('x', xGuess), ...guessed('y', yGuess)],
  };
}

const titleOf = (name: string, preamble: Preamble, count: number): string =>
  count > 1 || !isQuantityName(name) ? name || preamble.title : preamble.title;

function fromRows({ x, rows, words }: WideTable, inFile: (at: number) => number): UnplacedReading[] {
  const blocks = rows.map(({ title }, k) => title || `row ${k + 1}`);
  return rows.map(({ title, y, at }) => {
    const { units, warnings } = unitsOf({ x: [words], y: [] }, words, { x, y }, inFile(at));
    const spectrum = { x, y, ...units, title, metadata: {} };
    return { spectrum, format: 'delimited text', blocks, warnings, dataAt: inFile(at) };
  });
}
