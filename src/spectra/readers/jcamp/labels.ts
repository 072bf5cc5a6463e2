import { decodeText } from '../../../frames/bytes/byte-view.js';

/** One labelled data record `##NAME= value` of a JCAMP-DX file. */
export interface LabelledRecord {
  /** Upper case, without blanks, `-`, `/` and `_`, as the standard compares them. */
  readonly name: string;
  /** As the file writes it. */
  readonly written: string;
  /** Byte of the `##`. */
  readonly at: number;
  /** Bytes of the value: from behind the `=` to the next record. */
  readonly from: number;
  readonly to: number;
}

const LINE_FEED = 10;
const RETURN = 13;
const HASH = 35;
const EQUALS = 61;
const DOLLAR = 36;
const LONGEST_NAME = 200;

/** Every labelled record of a file, in its order. A record begins at the start of a line; blanks may stand before it. */
export function scanRecords(bytes: Uint8Array): LabelledRecord[] {
  const starts: { at: number; from: number }[] = [];
  for (let line = 0; line < bytes.length; line = nextLine(bytes, line)) {
    const at = skipBlanks(bytes, line);
    if (bytes[at] !== HASH || bytes[at + 1] !== HASH) continue;
    const equals = indexWithin(bytes, EQUALS, at + 2, at + LONGEST_NAME);
    if (equals > 0) starts.push({ at, from: equals + 1 });
  }
  return starts.map(({ at, from }, k) => {
    const written = decodeText(bytes.subarray(at + 2, from - 1)).trim();
    return { name: normalised(written), written, at, from, to: starts[k + 1]?.at ?? bytes.length };
  });
}

const normalised = (name: string): string => name.toUpperCase().replace(/[\s\-/_]/g, '');

function nextLine(bytes: Uint8Array, at: number): number {
  while (at < bytes.length && bytes[at] !== LINE_FEED && bytes[at] !== RETURN) at++;
  return at + 1;
}

function skipBlanks(bytes: Uint8Array, at: number): number {
  if (at === 0 && bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) at = 3;
  while (bytes[at] === 32 || bytes[at] === 9) at++;
  return at;
}

/** Where `byte` stands on this line before `limit`, or −1. */
function indexWithin(bytes: Uint8Array, byte: number, from: number, limit: number): number {
  for (let at = from; at < Math.min(limit, bytes.length); at++) {
    if (bytes[at] === byte) return at;
    if (bytes[at] === LINE_FEED || bytes[at] === RETURN) return -1;
  }
  return -1;
}

/** The value of a record as text: comments (`$$` to the end of the line) left out, trimmed; at most 20,000 bytes. */
export function valueText(bytes: Uint8Array, { from, to }: LabelledRecord): string {
  const text = decodeText(bytes.subarray(from, Math.min(to, from + 20_000)));
  return text
    .split(/\r\n|\r|\n/)
    .map((line) => line.replace(/\$\$.*$/, '').trim())
    .filter((line) => line !== '')
    .join('\n');
}

/** Where the first line of a value ends: behind it stands the table of an `XYDATA=(X++(Y..Y))`. */
export const endOfLine = (bytes: Uint8Array, from: number): number => nextLine(bytes, from) - 1;

/** Whether a comment begins at `at`. */
export const isComment = (bytes: Uint8Array, at: number): boolean =>
  bytes[at] === DOLLAR && bytes[at + 1] === DOLLAR;
