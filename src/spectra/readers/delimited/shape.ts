import type { Lines } from './lines.js';

/** How the cells of a file are written. */
export interface Shape {
  readonly delimiter: string;
  readonly decimal: '.' | ',';
}

/** In the order in which they are preferred where several fit. */
const SHAPES: readonly Shape[] = [
  { delimiter: '\t', decimal: '.' },
  { delimiter: ';', decimal: '.' },
  { delimiter: '\t', decimal: ',' },
  { delimiter: ';', decimal: ',' },
  { delimiter: ',', decimal: '.' },
  { delimiter: '|', decimal: '.' },
  { delimiter: ' ', decimal: '.' },
  { delimiter: ' ', decimal: ',' },
];

const SAMPLE = 200;

/**
 * The shape in which the most lines are a number and at least one more; lines are sampled evenly, so that a preamble
 * does not decide.
 * @returns `null` where no line is such in any shape.
 */
export function shapeOf(lines: Lines): Shape | null {
  const step = Math.max(1, Math.floor(lines.count / SAMPLE));
  const sample: string[] = [];
  for (let k = 0; k < lines.count; k += step) sample.push(lines.text(k));
  let best: Shape | null = null;
  let most = 0;
  for (const shape of SHAPES) {
    const fits = sample.filter((line) => isDataRow(splitCells(line, shape.delimiter), shape.decimal)).length;
    if (fits > most) {
      most = fits;
      best = shape;
    }
  }
  return best;
}

/** The cells of a line; quotes around them are left out. */
export function splitCells(line: string, delimiter: string): string[] {
  const cells = delimiter === ' ' ? line.trim().split(/\s+/) : line.split(delimiter);
  if (!line.includes('"')) return cells.map((cell) => cell.trim());
  return cells.map((cell) => cell.trim().replace(/^"|"$/g, '').trim());
}

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)([eEdD][+-]?\d{1,3})?$/;
const NUMBER_COMMA = /^[+-]?(\d+,?\d*|,\d+)([eEdD][+-]?\d{1,3})?$/;
const MISSING = /^(|nan|-nan|n\/?a|null|none|-+|#n\/a|#num!|#value!|[+-]?inf(inity)?|[+-]?1\.#\w+)$/i;

/** Whether a row begins with a number, has another, and nothing but numbers and gaps. */
export function isDataRow(cells: readonly string[], decimal: '.' | ','): boolean {
  let numbers = 0;
  for (const cell of cells) {
    if (isNumber(cell, decimal)) numbers++;
    else if (numbers === 0 || !MISSING.test(cell)) return false;
  }
  return numbers >= 2 || (numbers === 1 && cells.length >= 2 && MISSING.test(cells[1]) && cells[1] !== '');
}

export const isNumber = (cell: string, decimal: '.' | ','): boolean =>
  (decimal === ',' ? NUMBER_COMMA : NUMBER).test(cell);

/** The number in a cell; NaN where the instrument had none. */
export const cellNumber = (cell: string | undefined, decimal: '.' | ','): number =>
  cell !== undefined && isNumber(cell, decimal)
    ? Number((decimal === ',' ? cell.replace(',', '.') : cell).replace(/[dD]/, 'e'))
    : Number.NaN;
