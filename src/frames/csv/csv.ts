import { basename } from 'node:path';
import type { Table } from '../table.js';
import { type CsvOptions, reading, scanning } from './reading.js';
import { bytesSource, fileSource } from './source.js';
import type { ReadRequest } from './steps.js';

/**
 * A CSV file in memory (RFC 4180: quotes, doubled quotes, line breaks inside quotes; byte order mark; CRLF; gz), by
 * columns: numbers as Float64Array, texts coded by their words, ISO dates. A column is numbers when every filled cell
 * is one. Rows are counted from 1, below the header.
 * @throws RangeError for an empty file or a malformed row; TypeError for text in a column that `types` says is numbers.
 */
export function readCsv(bytes: Uint8Array, options: CsvOptions = {}): Table {
  return withName(options.name, () => {
    const steps = reading(() => bytesSource(bytes), options);
    let step = steps.next();
    while (!step.done) step = steps.next(step.value.source.read(step.value.room) as number);
    return step.value;
  });
}

/** A CSV file on disk, never whole in memory: only its columns are. Threads read a large one together. */
export async function readCsvFile(path: string, options: CsvOptions = {}): Promise<Table> {
  const steps = reading(() => fileSource(path), options);
  try {
    let step = steps.next();
    while (!step.done) step = steps.next(await answer(step.value));
    return step.value;
  } catch (error) {
    throw renamed(error, options.name ?? basename(path));
  }
}

/**
 * A CSV file of any size, batch by batch in bounded memory. What a column holds is judged by the first rows alone, or
 * said in `types`; text in a number column later on is refused.
 * @param options.batchRows - rows of a batch at least; default 65,536.
 */
export async function* scanCsv(
  path: string,
  options: CsvOptions & { readonly batchRows?: number } = {},
): AsyncGenerator<Table, void> {
  const steps = scanning(() => fileSource(path), options);
  try {
    for (let step = steps.next(); !step.done; ) {
      if ('source' in step.value) step = steps.next(await answer(step.value));
      else {
        yield step.value;
        step = steps.next(0);
      }
    }
  } catch (error) {
    throw renamed(error, options.name ?? basename(path));
  } finally {
    steps.return();
  }
}

/** A direct source costs no turn of the event loop. */
const answer = ({ source, room }: ReadRequest): number | Promise<number> => source.read(room);

function withName<T>(name: string | undefined, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw renamed(error, name ?? 'table');
  }
}

/** The same kind of error with the file's name before its sentence. */
function renamed(error: unknown, name: string): unknown {
  if (!(error instanceof RangeError || error instanceof TypeError)) return error;
  const kind = error.constructor as new (message: string, options: ErrorOptions) => Error;
  return new kind(`${name}: ${error.message}`, { cause: error });
}
