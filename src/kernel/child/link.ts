import { writeSync, writevSync } from 'node:fs';
import { Socket, type SocketConstructorOpts } from 'node:net';
import { encodeFrame, type Frame, framesInto } from '../execution/frames.js';
import type { Report, Request } from '../execution/messages.js';

const OUT = 3;
const IN = 4;

/**
 * Sends to the protocol process. The write is synchronous on purpose: nothing is lost when the next
 * statement exits or crashes, and a cell that floods its output waits for the reader.
 */
export function send(report: Frame<Report>): void {
  const pieces = encodeFrame(report);
  const total = pieces.reduce((sum, piece) => sum + piece.byteLength, 0);
  let written = retry(() => writevSync(OUT, pieces));
  if (written === total) return;
  const rest = Buffer.concat(pieces);
  while (written < total) written += retry(() => writeSync(OUT, rest, written));
}

/** A signal, or a reader that is behind, may cut a write short. */
function retry(write: () => number): number {
  for (;;) {
    try {
      return write();
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'EPIPE') process.exit(0);
      if (code !== 'EAGAIN' && code !== 'EINTR') throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1);
    }
  }
}

/** Calls `onRequest` for every message of the protocol process, and ends with it. */
export function receive(onRequest: (request: Frame<Request>) => void): void {
  const onread = framesInto(onRequest);
  const socket = new Socket({ fd: IN, readable: true, writable: false, onread } as SocketConstructorOpts);
  socket.resume();
  socket.on('error', () => process.exit(0));
  socket.on('end', () => process.exit(0));
}
