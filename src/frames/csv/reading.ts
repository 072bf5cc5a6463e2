import { MISSING_WORDS } from '../cells.js';
import { type Column, quoted, type Table } from '../table.js';
import type { GrowingColumns } from './columns.js';
import { datesFrom } from './dates.js';
import { type Dialect, type DialectOptions, dialectOf } from './dialect.js';
import type { CsvKernel, Kind } from './kernel.js';
import { type Pass, startPass } from './pass.js';
import type { Source } from './source.js';

export interface CsvOptions extends DialectOptions {
  /** Words that mean "missing"; the empty field always does. */
  readonly missing?: readonly string[];
  /** Reads ISO 8601 dates as dates; default true. */
  readonly dates?: boolean;
  /** Leaves the rest of a row empty that ends early, instead of refusing it. */
  readonly fill?: boolean;
  /** Columns to read; default all. */
  readonly columns?: readonly string[];
  /** Name of the file, for messages. */
  readonly name?: string;
}

/** Asks whoever runs the steps for bytes; the answer is how many were put into `room`, 0 at the end. */
export interface ReadRequest {
  readonly source: Source;
  readonly room: Uint8Array;
}

type Steps<T> = Generator<ReadRequest, T, number>;

const FIRST_BYTES = 1 << 16;
const LONGEST_HEADER = 1 << 24;

/** The steps of reading a whole file: one pass, and a second one over columns that turned out to be text. */
export function* reading(open: () => Source, options: CsvOptions): Steps<Table> {
  const missing = missingWords(options);
  const { dialect, wanted, first } = yield* closing(open(), (source) => firstPass(source, missing, options));
  const again = wanted.map((_, j): Kind => (first.texts.has(j) ? 'text' : 'skip'));
  const second =
    first.texts.size > 0
      ? yield* closing(open(), (source) => secondPass(source, dialect, again, options))
      : first;
  const columns = new Map<string, Column>();
  dialect.names.forEach((name, j) => {
    const pass = first.texts.has(j) ? second : first;
    if (wanted[j] !== 'skip') columns.set(name, finished(pass, j, name, missing, options));
  });
  return { rows: first.rows, columns };
}

/** The steps of scanning a file: a table whenever enough rows have come together. */
export function scanning(
  open: () => Source,
  options: CsvOptions & { batchRows?: number },
): Generator<ReadRequest | Table, void, number> {
  return closing(open(), (source) => batches(source, options));
}

/** Closes the source after the last step, also where a step throws or the steps are given up. */
function* closing<Y, T>(
  source: Source,
  steps: (source: Source) => Generator<Y, T, number>,
): Generator<Y, T, number> {
  try {
    return yield* steps(source);
  } finally {
    source.close();
  }
}

function* firstPass(
  source: Source,
  missing: ReadonlySet<string>,
  options: CsvOptions,
): Steps<{ dialect: Dialect; wanted: readonly Kind[]; first: Pass }> {
  const { head, dialect } = yield* opened(source, missing, options);
  const wanted = kindsWanted(dialect, options);
  const first = newPass(source, dialect, wanted, options);
  yield* readThrough(source, first, head.subarray(dialect.start));
  return { dialect, wanted, first };
}

function* batches(
  source: Source,
  { batchRows = 65536, ...options }: CsvOptions & { batchRows?: number },
): Generator<ReadRequest | Table, void, number> {
  const missing = missingWords(options);
  const { head, dialect } = yield* opened(source, missing, options);
  const kinds = kindsWanted(dialect, options);
  const types = Object.fromEntries(dialect.names.map((name) => [name, 'number' as const]));
  const pass = newPass(source, dialect, kinds, { ...options, types });
  const feed = feeding(source, pass.kernel, head.subarray(dialect.start));
  for (let more = true; more; ) {
    more = yield* feed();
    pass.drain(!more);
    if (pass.columns.rows < batchRows && more) continue;
    if (pass.columns.rows > 0) yield batch(pass, dialect, kinds, missing, options);
    pass.restart();
  }
}

function batch(
  pass: Pass,
  { names }: Dialect,
  kinds: readonly Kind[],
  missing: ReadonlySet<string>,
  options: CsvOptions,
): Table {
  const wanted = names.map((name, j) => [name, j] as const).filter(([, j]) => kinds[j] !== 'skip');
  const columns = new Map(wanted.map(([name, j]) => [name, finished(pass, j, name, missing, options)]));
  return { rows: pass.columns.rows, columns };
}

function missingWords({ missing = MISSING_WORDS }: CsvOptions): ReadonlySet<string> {
  return new Set(['', ...missing.map((word) => word.trim().toLowerCase())]);
}

/** Reads from the beginning until the header is whole and its dialect known. */
function* opened(
  source: Source,
  missing: ReadonlySet<string>,
  options: CsvOptions,
): Steps<{ head: Uint8Array; dialect: Dialect }> {
  let head = new Uint8Array(FIRST_BYTES);
  let length = 0;
  for (;;) {
    const count = yield { source, room: head.subarray(length) };
    length += count;
    const whole = count === 0;
    if (!whole && length < head.length) continue;
    const dialect = dialectOf(head.subarray(0, length), whole, missing, options);
    if (dialect) return { head: head.subarray(0, length), dialect };
    if (length > LONGEST_HEADER)
      throw new RangeError('the header is longer than 16 MiB; is a quote left open?');
    const longer = new Uint8Array(2 * head.length);
    longer.set(head);
    head = longer;
  }
}

/** What is read of each column: numbers, text, or nothing. */
function kindsWanted({ names, kinds }: Dialect, { columns, types = {} }: CsvOptions): Kind[] {
  const unknown = [...(columns ?? []), ...Object.keys(types)].filter((name) => !names.includes(name));
  if (unknown.length > 0) throw new RangeError(`no column ${quoted(unknown)}; there are ${quoted(names)}`);
  return names.map((name, j) => (columns && !columns.includes(name) ? 'skip' : kinds[j]));
}

function newPass(source: Source, dialect: Dialect, kinds: readonly Kind[], options: CsvOptions): Pass {
  const { fill = false, types = {} } = options;
  const size = source.size - dialect.start;
  const strict = (name: string): boolean => types[name] === 'number';
  return startPass({ dialect, missing: missingWords(options), fill, kinds, size, strict });
}

function* secondPass(
  source: Source,
  dialect: Dialect,
  kinds: readonly Kind[],
  options: CsvOptions,
): Steps<Pass> {
  const pass = newPass(source, dialect, kinds, options);
  let left = dialect.start;
  while (left > 0) left -= yield { source, room: new Uint8Array(Math.min(left, FIRST_BYTES)) };
  yield* readThrough(source, pass, new Uint8Array());
  return pass;
}

function* readThrough(source: Source, pass: Pass, head: Uint8Array): Steps<void> {
  const feed = feeding(source, pass.kernel, head);
  for (let more = true; more; ) {
    more = yield* feed();
    pass.drain(!more);
  }
}

/** Gives the kernel what is left of the head, then the source's bytes; false when there are no more. */
function feeding(source: Source, kernel: CsvKernel, head: Uint8Array): () => Steps<boolean> {
  let at = 0;
  return function* () {
    const room = kernel.room();
    const piece = head.subarray(at, at + room.length);
    room.set(piece);
    at += piece.length;
    const count = piece.length > 0 ? piece.length : yield { source, room };
    kernel.filled(count);
    return count > 0;
  };
}

function finished(
  { columns, kernel }: { columns: GrowingColumns; kernel: CsvKernel },
  j: number,
  name: string,
  missing: ReadonlySet<string>,
  { dates = true, types = {} }: CsvOptions,
): Column {
  const column = columns.column(j, (k) => kernel.words.wordsOf(k), missing);
  return column.kind === 'text' && dates && types[name] !== 'text' ? datesFrom(column) : column;
}
