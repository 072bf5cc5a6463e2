import { type Dialect, type DialectOptions, dialectOf } from './dialect.js';
import { type Source, withLineFeeds } from './source.js';
import type { Steps } from './steps.js';

/** Bytes by which a file is judged. */
export const FIRST_BYTES = 1 << 16;
const LONGEST_HEADER = 1 << 24;

/** A source of which the head has been read. */
export interface Opened {
  readonly source: Source;
  readonly head: Uint8Array;
  readonly dialect: Dialect;
}

/** Reads from the beginning until the header is whole and its dialect known. */
export function* opened(
  source: Source,
  missing: ReadonlySet<string>,
  options: DialectOptions,
): Steps<Opened> {
  let head = new Uint8Array(FIRST_BYTES);
  let length = 0;
  for (;;) {
    const count = yield { source, room: head.subarray(length) };
    length += count;
    const whole = count === 0;
    if (!whole && length < head.length) continue;
    const dialect = dialectOf(head.subarray(0, length), whole, missing, options);
    if (dialect) return { ...lineByLine(source, head.subarray(0, length), dialect), dialect };
    if (length > LONGEST_HEADER)
      throw new RangeError('the header is longer than 16 MiB; is a quote left open?');
    const longer = new Uint8Array(2 * head.length);
    longer.set(head);
    head = longer;
  }
}

/** The source and its head, with line feeds where lines end in carriage returns. */
function lineByLine(
  source: Source,
  head: Uint8Array,
  { returns }: Dialect,
): { source: Source; head: Uint8Array } {
  return returns
    ? { source: withLineFeeds(source), head: head.map((byte) => (byte === 13 ? 10 : byte)) }
    : { source, head };
}
