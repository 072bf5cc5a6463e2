import { type Column, columnNames, type Table, textAt } from '../table.js';

export interface WriteCsvOptions {
  /** Default a comma. */
  readonly delimiter?: string;
}

/**
 * A table as CSV (RFC 4180, line feeds): numbers with every digit they need, dates as ISO 8601, missing values as empty
 * fields. A text is quoted where it holds a delimiter, a quote, a line break or a blank at an end.
 */
export function writeCsv(table: Table, { delimiter = ',' }: WriteCsvOptions = {}): string {
  const columns = [...table.columns.values()];
  const lines = [
    columnNames(table)
      .map((name) => field(name, delimiter))
      .join(delimiter),
  ];
  for (let i = 0; i < table.rows; i++)
    lines.push(columns.map((column) => valueField(column, i, delimiter)).join(delimiter) || '""');
  return `${lines.join('\n')}\n`;
}

function valueField(column: Column, i: number, delimiter: string): string {
  if (column.kind === 'number') return Number.isNaN(column.values[i]) ? '' : numberField(column.values[i]);
  const text = textAt(column, i);
  return text === null ? '' : field(text, delimiter);
}

/** As JavaScript writes it, but for minus zero and the infinities, which it would not read back. */
function numberField(value: number): string {
  if (Object.is(value, -0)) return '-0';
  if (Number.isFinite(value)) return String(value);
  return value > 0 ? '1e999' : '-1e999';
}

function field(text: string, delimiter: string): string {
  const plain = !text.includes(delimiter) && !/["\r\n]|^\s|\s$/.test(text);
  return plain ? text : `"${text.replaceAll('"', '""')}"`;
}
