/**
 * How the protocol process and the execution child talk: a length-prefixed JSON object with binary
 * attachments, `[u32 json bytes][u32 attachments][u32 bytes of each][json][attachments]`, little endian.
 */

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

/** A function that takes the bytes of a stream as they come and calls `onFrame` for each whole frame. */
export function frameReader<T extends object>(onFrame: (frame: Frame<T>) => void): (chunk: Buffer) => void {
  let chunks: Buffer[] = [];
  let held = 0;
  let wanted = 8;
  return (chunk) => {
    chunks.push(chunk);
    held += chunk.length;
    while (held >= wanted) {
      const bytes = chunks.length === 1 ? chunks[0] : Buffer.concat(chunks);
      const size = frameSize(bytes);
      if (bytes.length >= size) onFrame(decodeFrame(bytes.subarray(0, size)));
      const rest = bytes.length >= size ? bytes.subarray(size) : bytes;
      chunks = rest.length > 0 ? [rest] : [];
      held = rest.length;
      wanted = bytes.length >= size ? 8 : size;
    }
  };
}

/** Bytes of the frame that starts `bytes`, or of as much of its head as has to come first. */
function frameSize(bytes: Buffer): number {
  const count = bytes.readUInt32LE(4);
  const head = 8 + 4 * count;
  if (bytes.length < head) return head;
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
