import { randomBytes } from 'node:crypto';
import { connect, type Socket } from 'node:net';

/** A Chrome DevTools Protocol connection to a child's inspector, over a WebSocket written out by hand. */
export interface Inspector {
  call(method: string, params?: object): Promise<Record<string, never>>;
  /** Resolves with the parameters of the next event of that name. */
  once(event: string): Promise<{ callFrames?: { callFrameId: string; functionName: string }[] }>;
  close(): void;
}

/** Connects to `ws://127.0.0.1:port/uuid`, as Node prints it. */
export function connectInspector(address: string): Promise<Inspector> {
  const url = new URL(address);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(url.port), url.hostname, () => socket.write(handshake(url)));
    socket.once('error', reject);
    socket.once('data', (head) => {
      if (!head.toString('latin1').startsWith('HTTP/1.1 101')) return reject(new Error('inspector refused'));
      resolve(inspectorOver(socket));
    });
  });
}

function handshake({ host, pathname }: URL): string {
  const key = randomBytes(16).toString('base64');
  const headers = [`Host: ${host}`, 'Upgrade: websocket', 'Connection: Upgrade', `Sec-WebSocket-Key: ${key}`];
  return [`GET ${pathname} HTTP/1.1`, ...headers, 'Sec-WebSocket-Version: 13', '', ''].join('\r\n');
}

type Pending = (message: never) => void;

function inspectorOver(socket: Socket): Inspector {
  const replies = new Map<number, Pending>();
  const events = new Map<string, Pending>();
  let count = 0;
  const onMessage = (text: string) => {
    const { id, method, result, params } = JSON.parse(text);
    if (id !== undefined) replies.get(id)?.(result as never);
    else events.get(method)?.(params as never);
  };
  socket.on('data', textFrames(onMessage));
  socket.on('error', () => {});
  return {
    call: (method, params = {}) =>
      new Promise((resolve) => {
        const id = ++count;
        replies.set(id, resolve as Pending);
        socket.write(maskedFrame(JSON.stringify({ id, method, params })));
      }),
    once: (event) => new Promise((resolve) => events.set(event, resolve as Pending)),
    close: () => socket.destroy(),
  };
}

/** A client's frames are masked; a mask of zeros leaves the payload as it is. */
function maskedFrame(text: string): Buffer {
  const payload = Buffer.from(text);
  const head =
    payload.length < 126
      ? Buffer.from([0x81, 0x80 | payload.length])
      : Buffer.from([0x81, 0x80 | 126, payload.length >> 8, payload.length & 255]);
  return Buffer.concat([head, Buffer.alloc(4), payload]);
}

/** Gathers the server's (unmasked) frames of up to 2³² bytes; fragments are put together. */
function textFrames(onMessage: (text: string) => void): (chunk: Buffer) => void {
  let held = Buffer.alloc(0);
  let message: Buffer[] = [];
  return (chunk) => {
    held = Buffer.concat([held, chunk]);
    for (;;) {
      const frame = frameAt(held);
      if (!frame) return;
      held = held.subarray(frame.end);
      message.push(frame.payload);
      if (!frame.isLast) continue;
      const text = Buffer.concat(message).toString();
      message = [];
      if (frame.isText) onMessage(text);
    }
  };
}

function frameAt(
  bytes: Buffer,
): { payload: Buffer; end: number; isLast: boolean; isText: boolean } | undefined {
  if (bytes.length < 2) return undefined;
  const short = bytes[1] & 127;
  const start = short < 126 ? 2 : short === 126 ? 4 : 10;
  if (bytes.length < start) return undefined;
  const length = short < 126 ? short : short === 126 ? bytes.readUInt16BE(2) : bytes.readUInt32BE(6);
  if (bytes.length < start + length) return undefined;
  const isText = [0, 1].includes(bytes[0] & 15);
  return {
    payload: bytes.subarray(start, start + length),
    end: start + length,
    isLast: bytes[0] >= 128,
    isText,
  };
}
