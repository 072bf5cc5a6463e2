import type { ByteView } from '../../../frames/bytes/byte-view.js';
import { FileError } from '../../../frames/bytes/file-error.js';
import { evenAxis } from '../reading.js';
import type { SpcHeader } from './header.js';

export interface Subfile {
  readonly x: Float64Array;
  readonly y: Float64Array;
  /** The third axis, such as time; 0 in a single file. */
  readonly z: number;
  /** Byte at which its y values begin. */
  readonly dataAt: number;
}

const SUBHEADER = 32;
const FLOATS = -128;

/** The x and y values of every subfile. */
export function readSubfiles(view: ByteView, header: SpcHeader): Subfile[] {
  if (header.flags.ownX) return pairedSubfiles(view, header);
  const { points } = header;
  if (points === 0) throw new FileError('the SPC header announces no points', 4);
  const { explicitX, short } = header.flags;
  const start = header.dataAt + (explicitX ? 4 * points : 0);
  const count = header.subfiles ?? countToEnd(view, start, points, short);
  view.need(start, count * (SUBHEADER + (short ? 2 : 4) * points), `${count} subfiles of ${points} points`);
  const x = explicitX
    ? view.floats(header.dataAt, points, `the ${points} x values`)
    : checkedAxis(header.firstX, header.lastX, points);
  const out: Subfile[] = [];
  for (let k = 0, at = start; k < count; k++) {
    const exponent = exponentOf(view, header, at);
    const width = exponent === FLOATS ? 4 : short ? 2 : 4;
    const y = ordinates(view, header, at + SUBHEADER, points, exponent, `the y values of subfile ${k + 1}`);
    out.push({ x, y, z: view.f32(at + 4), dataAt: at + SUBHEADER });
    at += SUBHEADER + width * points;
  }
  return out;
}

/** Each subfile has a count and x values of its own. */
function pairedSubfiles(view: ByteView, header: SpcHeader): Subfile[] {
  const count = header.subfiles ?? 1;
  const out: Subfile[] = [];
  for (let k = 0, at = header.dataAt; k < count; k++) {
    view.need(at, SUBHEADER, `the header of subfile ${k + 1} of ${count}`);
    const points = view.u32(at + 16) || (count === 1 ? header.points : 0);
    const exponent = exponentOf(view, header, at);
    const name = `subfile ${k + 1} of ${count} with ${points} points`;
    const { explicitX, short } = header.flags;
    const width = (explicitX ? 4 : 0) + (short && exponent !== FLOATS ? 2 : 4);
    view.need(at + SUBHEADER, width * points, name);
    const x = explicitX
      ? view.floats(at + SUBHEADER, points, `the x values of ${name}`)
      : checkedAxis(header.firstX, header.lastX, points);
    const yAt = at + SUBHEADER + (explicitX ? 4 * points : 0);
    const y = ordinates(view, header, yAt, points, exponent, `the y values of ${name}`);
    if (points > 0) out.push({ x, y, z: view.f32(at + 4), dataAt: yAt });
    at += SUBHEADER + width * points;
  }
  if (out.length === 0) throw new FileError('no subfile of the SPC file holds points', header.dataAt);
  return out;
}

function checkedAxis(first: number, last: number, points: number): Float64Array {
  if (!Number.isFinite(first) || !Number.isFinite(last) || (points > 1 && first === last))
    throw new FileError(`the x axis must run between two numbers, but runs from ${first} to ${last}`, 8);
  return evenAxis(first, last, points);
}

/** A subfile of a multifile has an exponent of its own. */
const exponentOf = (view: ByteView, { flags, exponent }: SpcHeader, at: number): number =>
  exponent === FLOATS || !flags.multi ? exponent : view.i8(at + 1);

const countToEnd = (view: ByteView, start: number, points: number, short: boolean): number =>
  Math.max(1, Math.ceil((view.length - start) / (SUBHEADER + (short ? 2 : 4) * points)));

/** Fractions of 2^exponent in 16 or 32 bits, or floats. */
function ordinates(
  view: ByteView,
  { flags, old }: SpcHeader,
  at: number,
  n: number,
  exponent: number,
  what: string,
): Float64Array {
  if (exponent === FLOATS) return view.floats(at, n, what);
  if (flags.short) {
    const scale = 2 ** (exponent - 16);
    return view.numbers(at, n, 2, what, (place) => view.i16(place) * scale);
  }
  const scale = 2 ** (exponent - 32);
  const word = old ? (place: number) => (view.u16(place) << 16) | view.u16(place + 2) : null;
  return view.numbers(at, n, 4, what, (place) => (word ? word(place) : view.i32(place)) * scale);
}
