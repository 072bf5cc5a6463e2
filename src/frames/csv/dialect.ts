import { numberFromText, uniqueNames } from '../cells.js';
import { decode } from './dictionaries.js';
import type { Kind } from './kernel.js';

/** How a file is written, as far as its first bytes tell. */
export interface Dialect {
  readonly delimiter: string;
  readonly decimal: string;
  readonly names: readonly string[];
  readonly kinds: readonly Kind[];
  /** Byte at which the first row begins. */
  readonly start: number;
  /** Whether lines end in carriage returns alone, as old Macintosh software writes them. */
  readonly returns: boolean;
}

export interface DialectOptions {
  /** One character; default whichever of comma, semicolon, tab and bar cuts the first rows most evenly. */
  readonly delimiter?: string;
  /** `.` or `,`; default `,` where the delimiter is another one and the first rows have such numbers. */
  readonly decimal?: string;
  /** Whether the first row names the columns; default true. */
  readonly header?: boolean;
  /** What a column must hold; a column that is left out is judged by its values. */
  readonly types?: Readonly<Record<string, 'number' | 'text'>>;
}

const DELIMITERS = [',', ';', '\t', '|'];
const SAMPLE = 500;

/**
 * Judges a file by its first bytes.
 * @param head - the first bytes, the whole file when `whole`.
 * @returns `null` when the head ends inside the header.
 * @throws RangeError for an empty file, another encoding, or settings that cannot be.
 */
export function dialectOf(
  head: Uint8Array,
  whole: boolean,
  missing: ReadonlySet<string>,
  { delimiter, decimal, header = true, types = {} }: DialectOptions,
): Dialect | null {
  checkEncoding(head);
  if (delimiter !== undefined && (delimiter.length !== 1 || '"\r\n'.includes(delimiter) || delimiter > '~'))
    throw new RangeError(`delimiter must be one plain character, but is ${JSON.stringify(delimiter)}`);
  const bom = head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf ? 3 : 0;
  const returns = head.includes(13) && !head.includes(10);
  const latin = Buffer.from(head.subarray(bom)).toString('latin1');
  const text = returns ? latin.replaceAll('\r', '\n') : latin;
  const mark = delimiter ?? guessDelimiter(text, whole);
  const records = cutRecords(text, mark, SAMPLE + 1, whole);
  if (records.length === 0) {
    if (whole) throw new RangeError('the file is empty, without even a header');
    return null;
  }
  const first = records[0];
  const names = uniqueNames(
    header ? first.fields.map((field) => decode(Buffer.from(field, 'latin1'))) : first.fields.map(() => ''),
  );
  const rows = records.slice(header ? 1 : 0).map(({ fields }) => fields);
  const point = decimal ?? guessDecimal(rows, mark);
  if (point === mark || !['.', ','].includes(point))
    throw new RangeError(`decimal must be . or , and not the delimiter, but is ${JSON.stringify(point)}`);
  const kinds = names.map(
    (name, j): Kind =>
      types[name] ?? (rows.every((row) => isNumber(row[j], point, missing)) ? 'number' : 'text'),
  );
  return { delimiter: mark, decimal: point, names, kinds, returns, start: bom + (header ? first.end : 0) };
}

function checkEncoding(head: Uint8Array): void {
  const utf16 = (head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff);
  if (utf16) throw new RangeError('the file is in UTF-16; save it as UTF-8');
}

/** The delimiter that gives the first rows the same number of fields, more than one; the more fields the better. */
function guessDelimiter(text: string, whole: boolean): string {
  let best = ',';
  let most = 0;
  for (const mark of DELIMITERS) {
    const counts = cutRecords(text, mark, 20, whole).map(({ fields }) => fields.length);
    const even = counts.every((count) => count === counts[0]) ? 1 : 0.1;
    const score = counts.length > 0 && counts[0] > 1 ? even * counts[0] : 0;
    if (score > most) {
      most = score;
      best = mark;
    }
  }
  return best;
}

function guessDecimal(rows: readonly (readonly string[])[], delimiter: string): string {
  if (delimiter === ',') return '.';
  const cells = rows.flat();
  const comma = cells.some((cell) => /^\s*[+-]?\d*,\d+(?:[eE][+-]?\d+)?\s*$/.test(cell));
  return comma && !cells.some((cell) => /^\s*[+-]?\d*\.\d+(?:[eE][+-]?\d+)?\s*$/.test(cell)) ? ',' : '.';
}

function isNumber(cell: string | undefined, decimal: string, missing: ReadonlySet<string>): boolean {
  if (cell === undefined || missing.has(cell.trim().toLowerCase())) return true;
  return cellNumber(cell, decimal) !== null;
}

/** The number of a cell, or `null`. */
export function cellNumber(cell: string, decimal: string): number | null {
  if (decimal === '.') return numberFromText(cell);
  return cell.includes('.') ? null : numberFromText(cell.replace(decimal, '.'));
}

interface TextRecord {
  readonly fields: string[];
  /** Index behind the record. */
  readonly end: number;
}

/** The first records of a text, RFC 4180; without the last one where the text may go on. */
export function cutRecords(text: string, delimiter: string, count: number, whole: boolean): TextRecord[] {
  const records: TextRecord[] = [];
  let at = 0;
  while (records.length < count && at < text.length) {
    const blank = /[\r\n]*/y;
    blank.lastIndex = at;
    at += blank.exec(text)![0].length;
    if (at >= text.length) break;
    const record = cutRecord(text, delimiter, at);
    if (!record.closed && !whole) break;
    records.push(record);
    at = record.end;
  }
  return records;
}

function cutRecord(text: string, delimiter: string, at: number): TextRecord & { closed: boolean } {
  const fields: string[] = [];
  for (;;) {
    const { field, next } = cutField(text, delimiter, at);
    fields.push(field);
    if (next >= text.length) return { fields, end: text.length, closed: false };
    if (text[next] === '\n') return { fields, end: next + 1, closed: true };
    at = next + 1;
  }
}

/** One field and the index of the delimiter or line feed behind it. */
function cutField(text: string, delimiter: string, at: number): { field: string; next: number } {
  if (text[at] !== '"') {
    let next = at;
    while (next < text.length && text[next] !== delimiter && text[next] !== '\n') next++;
    const field = text.slice(at, next);
    return { field: text[next] !== delimiter && field.endsWith('\r') ? field.slice(0, -1) : field, next };
  }
  let close = text.indexOf('"', at + 1);
  while (close >= 0 && text[close + 1] === '"') close = text.indexOf('"', close + 2);
  if (close < 0) return { field: text.slice(at + 1), next: text.length };
  let next = close + 1;
  while (next < text.length && text[next] !== delimiter && text[next] !== '\n') next++;
  return { field: text.slice(at + 1, close).replaceAll('""', '"'), next };
}
