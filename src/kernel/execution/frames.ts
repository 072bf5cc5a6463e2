/**
 * How the protocol process and the execution child talk: a length-prefixed JSON object with binary
 * attachments, `[u32 json bytes][u32 attachments][u32 bytes of each][json][attachments]`, little endian.
 */
import type { OnReadOpts } from 'node:net';

/** A message between the two processes; `buffers` travel beside the JSON, uncopied. */
export type Frame<T extends object = object> = T & { buffers?: readonly Uint8Array[] };

/** The pieces of a frame, ready for one gathered write. */
export function encodeFrame(frame: Frame): Uint8Array[] {
  const { buffers = [], ...rest } = frame;
  const json = Buffer.from(JSON.stringify(rest));
  const head = Buffer.alloc(8 + 4 * buffers.length);
  head.writeUInt32LE(json.length, 0);
  head.writeUInt32LE(buffers.length, 4);
  for (const [i, buffer] of buffers.entries()) head.writeUInt32LE(buffer.byteLength, 8 + 4 * i);
  return [head, json, ...buffers];
}

/**
 * A function that takes the bytes of a stream as they come and calls `onFrame` for each whole frame. It keeps nothing of
 * a chunk: the next one may be read into the same memory.
 */
export function frameReader<T extends object>(onFrame: (frame: Frame<T>) => void): (chunk: Buffer) => void {
  let held: Buffer = EMPTY;
  let filling: { frame: Buffer; filled: number } | undefined;
  const begin = (chunk: Buffer): Buffer => {
    const bytes = held.length > 0 ? Buffer.concat([held, chunk]) : chunk;
    const size = frameSize(bytes);
    held = size === undefined ? Buffer.from(bytes) : EMPTY;
    if (size === undefined) return EMPTY;
    if (bytes.length >= size) onFrame(decodeFrame(Buffer.from(bytes.subarray(0, size))));
    // A frame of many chunks is filled in place: no chunk is copied twice.
    else filling = { frame: Buffer.allocUnsafeSlow(size), filled: 0 };
    return filling ? fill(filling, bytes) : bytes.subarray(size);
  };
  const fill = (target: { frame: Buffer; filled: number }, chunk: Buffer): Buffer => {
    const taken = chunk.copy(target.frame, target.filled);
    target.filled += taken;
    if (target.filled < target.frame.length) return EMPTY;
    filling = undefined;
    onFrame(decodeFrame(target.frame));
    return chunk.subarray(taken);
  };
  return (chunk) => {
    for (let rest = chunk; rest.length > 0; ) rest = filling ? fill(filling, rest) : begin(rest);
  };
}

const EMPTY = Buffer.alloc(0);

/** Reads frames into one buffer for ever: a buffer for each 64 KB keeps the garbage collector busy. */
export function framesInto<T extends object>(onFrame: (frame: Frame<T>) => void): OnReadOpts {
  const read = frameReader(onFrame);
  const buffer = Buffer.allocUnsafeSlow(READ_BYTES);
  const callback = (length: number) => {
    read(buffer.subarray(0, length));
    return true;
  };
  return { buffer, callback };
}

const READ_BYTES = 1 << 20;

/** Bytes of the frame that starts `bytes`; undefined until its head is there. */
function frameSize(bytes: Buffer): number | undefined {
  if (bytes.length < 8) return undefined;
  const count = bytes.readUInt32LE(4);
  const head = 8 + 4 * count;
  if (bytes.length < head) return undefined;
  let size = head + bytes.readUInt32LE(0);
  for (let i = 0; i < count; i++) size += bytes.readUInt32LE(8 + 4 * i);
  return size;
}

function decodeFrame<T extends object>(bytes: Buffer): Frame<T> {
  const count = bytes.readUInt32LE(4);
  let at = 8 + 4 * count;
  const take = (length: number) => bytes.subarray(at, (at += length));
  const frame = JSON.parse(take(bytes.readUInt32LE(0)).toString());
  frame.buffers = Array.from({ length: count }, (_, i) => take(bytes.readUInt32LE(8 + 4 * i)));
  return frame;
}
