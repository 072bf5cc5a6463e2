import { decodeText } from '../byte-view.js';

/** The lines of a text by their places; they are decoded one at a time. */
export interface Lines {
  readonly count: number;
  text(k: number): string;
  /** Byte at which line k begins. */
  at(k: number): number;
}

/** Lines between `\n`, `\r\n` or `\r`. */
export function linesOf(bytes: Uint8Array): Lines {
  const starts = [0];
  for (let at = 0; at < bytes.length; at++) {
    const end = bytes[at] === 10 || (bytes[at] === 13 && bytes[at + 1] !== 10);
    if (end) starts.push(at + 1);
  }
  return {
    count: starts.length,
    at: (k) => starts[k] ?? bytes.length,
    text: (k) => decodeText(bytes.subarray(starts[k], starts[k + 1] ?? bytes.length)).replace(/[\r\n]+$/, ''),
  };
}
