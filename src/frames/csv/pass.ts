import { type GrowingColumns, growingColumns } from './columns.js';
import { cellNumber, type Dialect } from './dialect.js';
import { decodeRaw } from './dictionaries.js';
import { type CsvKernel, csvKernel, type Kind, type Outcome } from './kernel.js';
import type { Part } from './range.js';

/** A record longer than this many bytes is taken for a quote that was left open. */
const LONGEST_RECORD = 1 << 26;

/** What a pass over a file needs to know. */
export interface PassSettings {
  readonly dialect: Dialect;
  readonly missing: ReadonlySet<string>;
  readonly fill: boolean;
  /** What is read in this pass. */
  readonly kinds: readonly Kind[];
  /** Bytes of the file behind the header; NaN when not known. */
  readonly size: number;
  /** Columns, by name, whose text is refused instead of read again as text. */
  readonly strict: ReadonlySet<string>;
}

/** One pass over the rows of a file. */
export interface Pass {
  readonly kernel: CsvKernel;
  readonly columns: GrowingColumns;
  /** Columns that turned out to be text. */
  readonly texts: ReadonlySet<number>;
  /** Reads the records that are there; `last` when no more bytes come. */
  drain(last: boolean): void;
  /** Rows read so far, also by the passes' earlier batches. */
  readonly rows: number;
  /** Appends what another thread has read from the rows behind these; nothing can be read after that. */
  adopt(part: Part): void;
  /** The words of text column j, in the order of their codes. */
  wordsOf(j: number): string[];
  /** Starts new columns, for the next batch. */
  restart(): void;
}

/** Begins a pass. */
export function startPass(settings: PassSettings): Pass {
  const { dialect, missing, fill, kinds, size } = settings;
  const kernel = csvKernel({ ...dialect, kinds, fill, missing: [...missing] });
  const texts = new Set<number>();
  let columns = growingColumns(kinds);
  /** Words of the columns that were joined to others. */
  const adopted = new Map<number, string[]>();
  let before = 0;
  let consumed = 0;

  function drain(last: boolean): void {
    for (;;) {
      const unread = kernel.unread;
      const outcome = kernel.read(last);
      consumed += unread - kernel.unread;
      settleOddCells();
      columns.append(kernel, expectedRows());
      if (outcome === 'hungry' && kernel.unread <= LONGEST_RECORD) return;
      if (outcome !== 'full')
        throw malformed(outcome, before + columns.rows + 1, kernel.column(), dialect.names);
    }
  }

  function settleOddCells(): void {
    for (const cell of kernel.oddCells()) {
      const value = cellNumber(cell.text, dialect.decimal);
      if (value !== null) kernel.patch(cell, value);
      else if (!texts.has(cell.column)) foundText(cell.row, cell.column, cell.text);
    }
  }

  function foundText(row: number, column: number, text: string): void {
    const name = dialect.names[column];
    if (settings.strict.has(name))
      throw new TypeError(
        `row ${before + columns.rows + row + 1} of column "${name}" holds "${text}", but the column must be numbers`,
      );
    texts.add(column);
    kernel.skip(column);
  }

  function adopt(part: Part): void {
    columns.join(part.rows, part.columns, (j) => {
      const known = adopted.get(j) ?? kernel.words.rawWordsOf(j);
      const codes = new Map(known.map((word, code) => [word, code]));
      const recode = Int32Array.from(part.words[j], (word) => {
        if (!codes.has(word)) codes.set(word, codes.size);
        return codes.get(word)!;
      });
      adopted.set(j, [...codes.keys()]);
      return recode;
    });
    for (const j of part.texts) texts.add(j);
  }

  /** From the rows and bytes so far, with a little to spare. */
  const expectedRows = (): number =>
    Number.isNaN(size)
      ? 0
      : Math.ceil((1.03 * size * (columns.rows + kernel.rows())) / Math.max(1, consumed)) + 64;

  return {
    ...{ kernel, texts, drain, adopt },
    wordsOf: (j) => (adopted.get(j) ?? kernel.words.rawWordsOf(j)).map(decodeRaw),
    get columns() {
      return columns;
    },
    get rows() {
      return before + columns.rows;
    },
    restart() {
      before += columns.rows;
      columns = growingColumns(kinds);
      kernel.words.clear();
    },
  };
}

function malformed(outcome: Outcome, row: number, column: number, names: readonly string[]): RangeError {
  const width = names.length;
  const sentences: Record<Outcome, string> = {
    short: `has ${column + 1} ${column === 0 ? 'field' : 'fields'}, but there are ${width} columns; mend it, or set fill: true to leave the rest empty`,
    long: `has more than ${width} fields, but there are ${width} columns; quote a field that holds the delimiter`,
    trailing: `has text behind the closing quote of column "${names[column]}"; double the quotes inside a quoted field`,
    open: `opens a quote in column "${names[column]}" that is never closed`,
    hungry: `is longer than ${LONGEST_RECORD >> 20} MiB; is a quote left open in column "${names[column]}"?`,
    full: '',
  };
  return new RangeError(`row ${row} ${sentences[outcome]}`);
}
