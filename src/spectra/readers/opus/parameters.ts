import { type ByteView, decodeText } from '../../../frames/bytes/byte-view.js';
import type { OpusBlock } from './directory.js';

/** The parameters of a block, by their three letters. */
export type OpusParameters = ReadonlyMap<string, number | string>;

const INTEGER = 0;
const DOUBLE = 1;

/** Reads entries of three letters, a kind, a length in 16-bit words and a value, up to `END`. */
export function readParameters(view: ByteView, { offset, length }: OpusBlock): OpusParameters {
  const out = new Map<string, number | string>();
  const end = offset + length;
  for (let at = offset; at + 8 <= end; ) {
    const name = String.fromCharCode(view.u8(at), view.u8(at + 1), view.u8(at + 2));
    if (name === 'END' || !/^[A-Z0-9]{3}$/i.test(name)) break;
    const kind = view.u16(at + 4);
    const size = 2 * view.u16(at + 6);
    view.need(at + 8, size, `parameter ${name}`);
    out.set(name, parameterValue(view, at + 8, kind, size));
    at += 8 + size;
  }
  return out;
}

function parameterValue(view: ByteView, at: number, kind: number, size: number): number | string {
  if (kind === INTEGER && size >= 4) return view.i32(at);
  if (kind === DOUBLE && size >= 8) return view.f64(at);
  const raw = view.bytes.subarray(at, at + size);
  const end = raw.indexOf(0);
  return decodeText(end < 0 ? raw : raw.subarray(0, end)).trim();
}
