import { tableFromCells, uniqueNames } from './cells.js';
import type { Table } from './table.js';

export interface CsvOptions {
  readonly delimiter?: string;
  readonly missing?: readonly string[];
  readonly name?: string;
}

/** A CSV file (RFC 4180); the first row names the columns. */
export function readCsv(bytes: Uint8Array, { delimiter, missing, name = 'table' }: CsvOptions = {}): Table {
  const text = new TextDecoder('utf-8').decode(bytes);
  const firstLine = text.slice(0, text.search(/[\r\n]|$/));
  const rows = cut(text, delimiter ?? guessDelimiter(firstLine));
  if (rows.length === 0) throw new RangeError(`${name} is empty: it has no header row`);
  const names = uniqueNames(rows[0]);
  const cells = names.map((_, j) => rows.slice(1).map((row) => row[j]));
  return tableFromCells(names, cells, missing);
}

function guessDelimiter(line: string): string {
  return [',', ';', '\t'].reduce((best, mark) =>
    line.split(mark).length > line.split(best).length ? mark : best,
  );
}

function cut(text: string, delimiter: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let field = '';
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    if (quoted) {
      if (c !== '"') field += c;
      else if (text[i + 1] === '"') field += text[i++];
      else quoted = false;
    } else if (c === '"') quoted = true;
    else if (c === delimiter || c === '\n') {
      row.push(field.endsWith('\r') && c === '\n' ? field.slice(0, -1) : field);
      field = '';
      if (c === '\n') {
        rows.push(row);
        row = [];
      }
    } else field += c;
  }
  if (field !== '' || row.length > 0) rows.push([...row, field]);
  return rows.filter((cells) => cells.length > 1 || cells[0] !== '');
}
