import type { ByteView } from '../../../frames/bytes/byte-view.js';
import { FileError } from '../../../frames/bytes/file-error.js';

/** An entry of a TIFF directory: where its values lie. */
export interface Entry {
  readonly tag: number;
  readonly type: number;
  readonly count: number;
  /** Byte of the first value. */
  readonly at: number;
}

/** The entries of a picture by tag. */
export type Directory = ReadonlyMap<number, Entry>;

const SIZES: Readonly<Record<number, number>> = {
  ...{
    1: 1,
    2: 1,
    3: 2,
    4: 4,
    5: 8,
    6: 1,
    7: 1,
    8: 2,
    9: 4,
    10: 8,
    11: 4,
    12: 8,
    13: 4,
    16: 8,
    17: 8,
    18: 8,
  },
};

/**
 * The first directory of a TIFF file, classic or BigTIFF; values that lie outside the file are refused when they are
 * read.
 * @throws FileError when it is cut off.
 */
export function readDirectory(bytes: ByteView): Directory {
  const big = bytes.u16(2, 'the header') === 43;
  const start = big ? bytes.u64(8, 'the header') : bytes.u32(4, 'the header');
  const count = big ? bytes.u64(start, 'the directory') : bytes.u16(start, 'the directory');
  const [first, size, inside] = big ? [start + 8, 20, 8] : [start + 2, 12, 4];
  bytes.part(first, count * size, `the directory of ${count} entries`);
  const entries = new Map<number, Entry>();
  for (let at = first; at < first + count * size; at += size) {
    const [tag, type] = [bytes.u16(at, 'an entry'), bytes.u16(at + 2, 'an entry')];
    const values = big ? bytes.u64(at + 4, 'an entry') : bytes.u32(at + 4, 'an entry');
    const field = at + (big ? 12 : 8);
    const elsewhere = values * (SIZES[type] ?? 1) > inside;
    const place = elsewhere ? (big ? bytes.u64(field, 'an entry') : bytes.u32(field, 'an entry')) : field;
    if (!entries.has(tag)) entries.set(tag, { tag, type, count: values, at: place });
  }
  return entries;
}

/** The whole numbers of a tag, or the default where it is not there. */
export function numbersOf(
  bytes: ByteView,
  directory: Directory,
  tag: number,
  missing: readonly number[] = [],
): number[] {
  const entry = directory.get(tag);
  if (!entry) return [...missing];
  const { type, count, at } = entry;
  const size = SIZES[type];
  if (![1, 3, 4, 13, 16].includes(type)) throw new FileError(`tag ${tag} must hold whole numbers`, at);
  const what = `the ${count} values of tag ${tag}`;
  bytes.part(at, count * size, what);
  const one = (k: number): number =>
    type === 1
      ? bytes.u8(k, what)
      : type === 3
        ? bytes.u16(k, what)
        : type === 16
          ? bytes.u64(k, what)
          : bytes.u32(k, what);
  return Array.from({ length: count }, (_, k) => one(at + k * size));
}

/** The first number of a tag. */
export const numberOf = (bytes: ByteView, directory: Directory, tag: number, missing: number): number =>
  numbersOf(bytes, directory, tag, [missing])[0] ?? missing;

/** The text of a tag, in Windows' western alphabet; `null` where it is not there or lies outside the file. */
export function textOf(bytes: ByteView, directory: Directory, tag: number): string | null {
  const entry = directory.get(tag);
  if (!entry || entry.at > bytes.bytes.length) return null;
  const raw = bytes.bytes.subarray(entry.at, entry.at + entry.count);
  return new TextDecoder('windows-1252').decode(raw).replace(/\0+$/, '');
}

/** A rational number such as a resolution; NaN where it is not there. */
export function rationalOf(bytes: ByteView, directory: Directory, tag: number): number {
  const entry = directory.get(tag);
  if (entry?.type !== 5 || entry.at + 8 > bytes.bytes.length) return Number.NaN;
  return bytes.u32(entry.at, 'a fraction') / bytes.u32(entry.at + 4, 'a fraction');
}
