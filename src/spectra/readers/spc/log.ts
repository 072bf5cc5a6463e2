import { type ByteView, decodeText } from '../../../frames/bytes/byte-view.js';

/** The `key = value` lines of the log behind the data; nothing where its place is outside the file. */
export function readLog(view: ByteView, at: number): Record<string, string> {
  if (at === 0 || at + 64 > view.length) return {};
  const size = view.u32(at);
  const from = at + view.u32(at + 8);
  const to = Math.min(at + size, view.length);
  if (from < at + 20 || from >= to) return {};
  const raw = view.bytes.subarray(from, to);
  const end = raw.indexOf(0);
  const entries = decodeText(end < 0 ? raw : raw.subarray(0, end))
    .split(/\r\n|\r|\n/)
    .map((line) => /^\s*([^=]{1,100}?)\s*=\s*(.*)$/.exec(line))
    .filter((found) => found !== null)
    .map(([, key, value]): [string, string] => [key, value.trim()]);
  return Object.fromEntries(entries);
}
