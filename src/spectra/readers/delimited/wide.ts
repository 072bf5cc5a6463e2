import type { Lines } from './lines.js';
import { cellNumber, type Shape, splitCells } from './shape.js';

/** A table with one spectrum a row, its abscissae in the header. */
export interface WideTable {
  readonly x: Float64Array;
  /** Titles: the cells of the other columns, joined. */
  readonly rows: readonly { readonly title: string; readonly y: Float64Array; readonly at: number }[];
  /** What stands beside the numbers of the header, such as `nm_`. */
  readonly words: string;
}

const LEAST_COLUMNS = 20;
const DELIMITERS = ['\t', ';', ',', '|'];
const IN_NAME = /[+-]?\d+(?:[.,]\d+)?(?:[eE][+-]?\d+)?/;

/** Reads such a table; `null` where the first line is no header of abscissae. */
export function readWide(lines: Lines): WideTable | null {
  const head = firstLine(lines);
  const delimiter = DELIMITERS.find((d) => lines.text(head).split(d).length > LEAST_COLUMNS);
  if (delimiter === undefined) return null;
  const cells = splitCells(lines.text(head), delimiter);
  const places = cells.map((cell) => abscissa(cell));
  const spectral = places.flatMap((value, k) => (Number.isNaN(value) ? [] : [k]));
  if (spectral.length < 0.8 * cells.length || !isMonotone(spectral.map((k) => places[k]))) return null;
  const shape: Shape = {
    delimiter,
    decimal: delimiter === ';' && /\d,\d/.test(lines.text(head + 1)) ? ',' : '.',
  };
  const rows: { title: string; y: Float64Array; at: number }[] = [];
  for (let k = head + 1; k < lines.count; k++) {
    const line = lines.text(k);
    if (line.trim() !== '') rows.push({ ...readRow(line, shape, places, spectral.length), at: lines.at(k) });
  }
  const words = cells[spectral[0]].replace(IN_NAME, ' ').replace(/[_.]/g, ' ');
  return rows.length === 0 ? null : { x: Float64Array.from(spectral, (k) => places[k]), rows, words };
}

/** One row, cell by cell: rows may be long, and a list of their cells takes more memory than the file. */
function readRow(line: string, { delimiter, decimal }: Shape, places: readonly number[], points: number) {
  const y = new Float64Array(points).fill(Number.NaN);
  const words: string[] = [];
  for (let from = 0, j = 0, i = 0; from <= line.length && j < places.length; j++) {
    const found = line.indexOf(delimiter, from);
    const to = found < 0 ? line.length : found;
    const cell = line.slice(from, to).trim().replace(/^"|"$/g, '');
    if (!Number.isNaN(places[j])) y[i++] = cellNumber(cell, decimal);
    else if (cell !== '') words.push(cell);
    from = to + 1;
  }
  return { title: words.join(' '), y };
}

function firstLine(lines: Lines): number {
  for (let k = 0; k < lines.count; k++) if (lines.text(k).trim() !== '') return k;
  return 0;
}

/** The number in a header's cell, with at most a short word before or behind it. */
function abscissa(cell: string): number {
  const found = IN_NAME.exec(cell);
  if (!found || cell.length - found[0].length > 8) return Number.NaN;
  return Number(found[0].replace(',', '.'));
}

function isMonotone(x: readonly number[]): boolean {
  const sign = Math.sign(x[1] - x[0]);
  return sign !== 0 && x.every((value, k) => k === 0 || Math.sign(value - x[k - 1]) === sign);
}
