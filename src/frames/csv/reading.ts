import { availableParallelism } from 'node:os';
import { checkWhole } from '../../numeric/check.js';
import { MISSING_WORDS } from '../cells.js';
import { type Column, quoted, type Table } from '../table.js';
import { readAhead } from './ahead.js';
import { datesFrom } from './dates.js';
import type { Dialect, DialectOptions } from './dialect.js';
import { feeding, readThrough } from './feeding.js';
import type { Kind } from './kernel.js';
import { FIRST_BYTES, opened } from './opening.js';
import { type Pass, type PassSettings, startPass } from './pass.js';
import { type Source, withLineFeeds } from './source.js';
import type { ReadRequest, Steps } from './steps.js';

export interface CsvOptions extends DialectOptions {
  /** Words that mean "missing"; the empty field always does. */
  readonly missing?: readonly string[];
  /** Reads ISO 8601 dates as dates; default true. */
  readonly dates?: boolean;
  /** Leaves the rest of a row empty that ends early, instead of refusing it. */
  readonly fill?: boolean;
  /** Columns to read; default all. */
  readonly columns?: readonly string[];
  /** Threads that read a large file together; the table does not depend on it. Default: one per core, at most 4. */
  readonly workers?: number;
  /** Name of the file, for messages. */
  readonly name?: string;
}

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
  given: Source,
  missing: ReadonlySet<string>,
  options: CsvOptions,
): Steps<{ dialect: Dialect; wanted: readonly Kind[]; first: Pass }> {
  const { source, head, dialect } = yield* opened(given, missing, options);
  const wanted = kindsWanted(dialect, options);
  const settings = settingsOf(dialect, wanted, options);
  const first = startPass({ ...settings, size: source.size - dialect.start });
  const { path, size } = source;
  const { workers = availableParallelism() } = options;
  checkWhole('workers', workers, 0);
  const ahead = path === undefined ? undefined : readAhead(path, head.length, size, settings, workers - 1);
  try {
    yield* readThrough(source, first, head.subarray(dialect.start), ahead);
  } finally {
    ahead?.close();
  }
  return { dialect, wanted, first };
}

function* batches(
  given: Source,
  { batchRows = 65536, ...options }: CsvOptions & { batchRows?: number },
): Generator<ReadRequest | Table, void, number> {
  const missing = missingWords(options);
  const { source, head, dialect } = yield* opened(given, missing, options);
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

/** What is read of each column: numbers, text, or nothing. */
function kindsWanted({ names, kinds }: Dialect, { columns, types = {} }: CsvOptions): Kind[] {
  const unknown = [...(columns ?? []), ...Object.keys(types)].filter((name) => !names.includes(name));
  if (unknown.length > 0) throw new RangeError(`no column ${quoted(unknown)}; there are ${quoted(names)}`);
  return names.map((name, j) => (columns && !columns.includes(name) ? 'skip' : kinds[j]));
}

function newPass(source: Source, dialect: Dialect, kinds: readonly Kind[], options: CsvOptions): Pass {
  return startPass({ ...settingsOf(dialect, kinds, options), size: source.size - dialect.start });
}

function settingsOf(
  dialect: Dialect,
  kinds: readonly Kind[],
  { missing, fill = false, types = {} }: CsvOptions,
): Omit<PassSettings, 'size'> {
  const strict = new Set(Object.keys(types).filter((name) => types[name] === 'number'));
  return { dialect, missing: missingWords({ missing }), fill, kinds, strict };
}

function* secondPass(
  given: Source,
  dialect: Dialect,
  kinds: readonly Kind[],
  options: CsvOptions,
): Steps<Pass> {
  const source = dialect.returns ? withLineFeeds(given) : given;
  const pass = newPass(source, dialect, kinds, options);
  let left = dialect.start;
  while (left > 0) left -= yield { source, room: new Uint8Array(Math.min(left, FIRST_BYTES)) };
  yield* readThrough(source, pass, new Uint8Array());
  return pass;
}

function finished(
  { columns, wordsOf }: Pass,
  j: number,
  name: string,
  missing: ReadonlySet<string>,
  { dates = true, types = {} }: CsvOptions,
): Column {
  const column = columns.column(j, wordsOf, missing);
  return column.kind === 'text' && dates && types[name] !== 'text' ? datesFrom(column) : column;
}
