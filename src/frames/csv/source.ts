import { closeSync, createReadStream, fstatSync, openSync, readSync } from 'node:fs';
import { createGunzip, gunzipSync } from 'node:zlib';

/** Bytes that come in pieces. */
export interface Source {
  /** Puts the next bytes into `room`; returns how many, 0 at the end. */
  read(room: Uint8Array): number | Promise<number>;
  /** How many bytes have been read. */
  readonly position: number;
  /** How many bytes there are in all; NaN when that is not known. */
  readonly size: number;
  /** Where other threads can read the same bytes. */
  readonly path?: string;
  close(): void;
}

/** A source whose bytes are there at once. */
interface DirectSource extends Source {
  read(room: Uint8Array): number;
}

export const isGzip = (bytes: Uint8Array): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b;

/** Bytes in memory; gz is unpacked. */
export function bytesSource(bytes: Uint8Array): DirectSource {
  const plain = isGzip(bytes) ? unpacked(bytes) : bytes;
  let at = 0;
  return {
    size: plain.length,
    get position() {
      return at;
    },
    read(room) {
      const piece = plain.subarray(at, at + room.length);
      room.set(piece);
      at += piece.length;
      return piece.length;
    },
    close: () => undefined,
  };
}

function unpacked(bytes: Uint8Array): Uint8Array {
  try {
    return gunzipSync(bytes);
  } catch (error) {
    throw new RangeError(`the file cannot be unpacked as gz: ${(error as Error).message}`);
  }
}

/** A file, read as it is needed; gz is unpacked on the way. */
export function fileSource(path: string): Source {
  const file = openSync(path, 'r');
  const magic = new Uint8Array(2);
  readSync(file, magic, 0, 2, 0);
  if (isGzip(magic)) {
    closeSync(file);
    return gzipSource(path);
  }
  let position = 0;
  return {
    ...{ path, size: fstatSync(file).size },
    get position() {
      return position;
    },
    read(room) {
      const count = readSync(file, room);
      position += count;
      return count;
    },
    close: () => closeSync(file),
  };
}

/** The same bytes with a line feed for each carriage return. */
export function withLineFeeds(source: Source): Source {
  return {
    size: source.size,
    get position() {
      return source.position;
    },
    read(room) {
      const count = source.read(room);
      return typeof count === 'number' ? feed(room, count) : count.then((read) => feed(room, read));
    },
    close: () => source.close(),
  };
}

function feed(room: Uint8Array, count: number): number {
  for (let i = 0; i < count; i++) if (room[i] === 13) room[i] = 10;
  return count;
}

function gzipSource(path: string): Source {
  const stream = createReadStream(path).pipe(createGunzip({ chunkSize: 1 << 18 }));
  const pieces = stream[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  let piece: Uint8Array = new Uint8Array();
  let position = 0;
  return {
    size: Number.NaN,
    get position() {
      return position;
    },
    async read(room) {
      if (piece.length === 0) piece = await nextPiece(pieces);
      const taken = piece.subarray(0, room.length);
      room.set(taken);
      piece = piece.subarray(taken.length);
      position += taken.length;
      return taken.length;
    },
    close: () => void stream.destroy(),
  };
}

async function nextPiece(pieces: AsyncIterator<Buffer>): Promise<Uint8Array> {
  try {
    const { done, value } = await pieces.next();
    return done ? new Uint8Array() : value;
  } catch (error) {
    throw new RangeError(`the file cannot be unpacked as gz: ${(error as Error).message}`);
  }
}
