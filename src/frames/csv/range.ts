import { closeSync, openSync, readSync } from 'node:fs';
import { type PassSettings, startPass } from './pass.js';

/** A part of a file for one thread: the bytes `from … to`, which should be whole records. */
export interface Range {
  readonly path: string;
  readonly from: number;
  readonly to: number;
  /** Whether the file ends here, so that the last record needs no line feed. */
  readonly last: boolean;
  readonly settings: Omit<PassSettings, 'size'>;
}

/** The columns of a part. */
export interface Part {
  readonly rows: number;
  readonly columns: readonly (Float64Array | Int32Array)[];
  /** The words behind the codes of each text column, as bytes in the letters of Latin-1. */
  readonly words: readonly (readonly string[])[];
  /** Columns of numbers that turned out to hold text. */
  readonly texts: readonly number[];
}

/** Reads a part; undefined when it is malformed or does not end behind a record. */
export function readRange({ path, from, to, last, settings }: Range): Part | undefined {
  const pass = startPass({ ...settings, size: to - from });
  const file = openSync(path, 'r');
  try {
    for (let at = from; ; ) {
      const room = pass.kernel.room();
      const count = readSync(file, room, 0, Math.min(room.length, to - at), at);
      at += count;
      pass.kernel.filled(count);
      pass.drain(last && count === 0);
      if (count === 0) break;
    }
    return pass.kernel.unread === 0 ? partOf(pass, settings.kinds) : undefined;
  } catch (error) {
    if (error instanceof RangeError || error instanceof TypeError) return undefined;
    throw error;
  } finally {
    closeSync(file);
  }
}

function partOf({ columns, kernel, texts }: ReturnType<typeof startPass>, kinds: readonly string[]): Part {
  return {
    rows: columns.rows,
    columns: kinds.map((_, j) => columns.values(j)),
    words: kinds.map((kind, j) => (kind === 'text' ? kernel.words.rawWordsOf(j) : [])),
    texts: [...texts],
  };
}
