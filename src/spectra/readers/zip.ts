import { inflateRawSync } from 'node:zlib';
import { ByteView } from '../../frames/bytes/byte-view.js';
import { FileError } from '../../frames/bytes/file-error.js';

/** A member of a zip file, not yet unpacked. */
export interface ZipMember {
  readonly name: string;
  /** Byte of its entry in the directory. */
  readonly at: number;
  readonly unpack: () => Uint8Array;
}

const END = 0x06054b50;
const ENTRY = 0x02014b50;
const LOCAL = 0x04034b50;
const STORED = 0;
const DEFLATED = 8;
/** A member may not unpack to more than this many times the archive, or 4 MB: a small file can ask for any memory. */
const MOST_GROWTH = 12;
const LEAST_LIMIT = 4_000_000;

/**
 * The files of a zip archive in their order, folders and hidden files left out.
 * @throws FileError when the archive is cut off.
 */
export function zipMembers(bytes: Uint8Array): ZipMember[] {
  const view = new ByteView(bytes);
  const end = endRecord(view);
  const count = view.u16(end + 10);
  const out: ZipMember[] = [];
  for (let k = 0, at = view.u32(end + 16); k < count; k++) {
    view.need(at, 46, `entry ${k + 1} of the zip directory`);
    if (view.u32(at) !== ENTRY) throw new FileError('the zip directory is damaged', at);
    const length = view.u16(at + 28);
    const name = view.text(at + 46, length);
    const entry = at;
    if (!name.endsWith('/') && !/(^|\/)(\.|__MACOSX)/.test(name))
      out.push({ name, at: entry, unpack: () => unpack(view, entry, name) });
    at += 46 + length + view.u16(at + 30) + view.u16(at + 32);
  }
  return out;
}

/** The end record stands last, behind it a comment of at most 65,535 bytes. */
function endRecord(view: ByteView): number {
  const least = Math.max(0, view.length - 22 - 65_535);
  for (let at = view.length - 22; at >= least; at--) if (view.u32(at) === END) return at;
  throw new FileError('the zip archive has no directory; it is cut off', view.length);
}

function unpack(view: ByteView, entry: number, name: string): Uint8Array {
  const method = view.u16(entry + 10);
  const packed = view.u32(entry + 20);
  const unpacked = view.u32(entry + 24);
  const local = view.u32(entry + 42);
  if (view.u16(entry + 8) & 1) throw new FileError(`member "${name}" is encrypted`, entry);
  const limit = Math.max(LEAST_LIMIT, MOST_GROWTH * view.length);
  if (unpacked > limit)
    throw new FileError(
      `member "${name}" would unpack to ${unpacked} bytes, more than ${limit}; unpack the archive first`,
      entry,
    );
  view.need(local, 30, `member "${name}"`);
  if (view.u32(local) !== LOCAL) throw new FileError(`member "${name}" is not at its place`, entry);
  const from = local + 30 + view.u16(local + 26) + view.u16(local + 28);
  view.need(from, packed, `member "${name}"`);
  const content = view.bytes.subarray(from, from + packed);
  if (method === STORED) return content;
  if (method !== DEFLATED)
    throw new FileError(
      `member "${name}" is packed by method ${method}; stored and deflated are read`,
      entry,
    );
  return inflate(content, limit, name, from);
}

function inflate(content: Uint8Array, limit: number, name: string, at: number): Uint8Array {
  try {
    return inflateRawSync(content, { maxOutputLength: limit });
  } catch (error) {
    throw new FileError(`member "${name}" does not unpack: ${(error as Error).message}`, at);
  }
}
