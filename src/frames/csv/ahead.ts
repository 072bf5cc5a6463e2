import { closeSync, openSync, readSync } from 'node:fs';
import { mapOnWorkers } from '../../numeric/workers.js';
import type { PassSettings } from './pass.js';
import type { Part, Range } from './range.js';

/** Worker threads that read the later parts of a file while the calling thread reads the first. */
export interface Ahead {
  /** Where the first of these parts begins. */
  readonly from: number;
  /** Waits until they are read; then `parts` has them in order, unless a guess about them was wrong. */
  read(): Promise<number>;
  readonly parts: readonly Part[] | undefined;
  /** Stops the threads. */
  close(): void;
}

const LEAST = 1 << 23; // bytes of a part that are worth a thread
const MOST_THREADS = 4; // more wait for the disk and hold memory
const LOOK = 1 << 16;

/**
 * Cuts the bytes `from … size` of a file behind line feeds and lets threads read all parts but the first. Whether a
 * line feed ends a record or stands inside quotes is not known before the part in front of it has been read: each
 * part is a guess, and whoever reads that part sees whether it ends where the next one begins.
 * @param workers - threads besides the calling one.
 * @returns undefined when the file is too small, or no line feed is found.
 */
export function readAhead(
  path: string,
  from: number,
  size: number,
  settings: Omit<PassSettings, 'size'>,
  workers: number,
): Ahead | undefined {
  const count = 1 + Math.min(workers, MOST_THREADS - 1, Math.floor((size - from) / LEAST) - 1);
  if (count < 2) return undefined;
  const starts = lineStarts(path, from, size, count);
  if (!starts) return undefined;
  const tasks = starts.map(
    (start, k): Range => ({ path, from: start, to: starts[k + 1] ?? size, last: k + 2 === count, settings }),
  );
  const stop = new AbortController();
  let parts: readonly Part[] | undefined;
  const work = mapOnWorkers<Range, Part | undefined>(
    new URL('./range.js', import.meta.url),
    'readRange',
    tasks,
    {
      workers: tasks.length,
      signal: stop.signal,
    },
  ).catch((): (Part | undefined)[] => []);
  return {
    from: starts[0],
    async read() {
      const found = (await work).filter((part): part is Part => part !== undefined);
      if (found.length === tasks.length) parts = found;
      return 0;
    },
    get parts() {
      return parts;
    },
    close: () => stop.abort(),
  };
}

/** The first byte of the line behind each cut, or undefined where a line is very long. */
function lineStarts(path: string, from: number, size: number, count: number): number[] | undefined {
  const bytes = new Uint8Array(LOOK);
  const file = openSync(path, 'r');
  try {
    const starts: number[] = [];
    for (let k = 1; k < count; k++) {
      const cut = from + Math.floor(((size - from) * k) / count);
      const feed = bytes.subarray(0, readSync(file, bytes, 0, LOOK, cut)).indexOf(10);
      if (feed < 0) return undefined;
      starts.push(cut + feed + 1);
    }
    return starts;
  } finally {
    closeSync(file);
  }
}
