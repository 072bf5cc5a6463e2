import { createHmac, randomUUID, timingSafeEqual } from 'node:crypto';

/** The header of a Jupyter message, protocol 5.4. */
export interface Header {
  msg_id: string;
  msg_type: string;
  session: string;
  username: string;
  date: string;
  version: string;
}

/** A Jupyter message off the wire. */
export interface Message {
  /** ZeroMQ routing prefix: whom a reply goes to. */
  identities: Buffer[];
  header: Header;
  parent: Header | Record<string, never>;
  metadata: Record<string, unknown>;
  // biome-ignore lint/suspicious/noExplicitAny: each message type has its own content, checked where it is used
  content: any;
  buffers: Buffer[];
}

/** What a message is made of before it has a header. */
export interface Outgoing {
  type: string;
  content: object;
  parent?: Header | Record<string, never>;
  metadata?: object;
  buffers?: readonly Uint8Array[];
}

const DELIMITER = Buffer.from('<IDS|MSG>');
export const PROTOCOL_VERSION = '5.4';

/**
 * Reads a multipart ZeroMQ message.
 * @throws Error when the message is not a Jupyter message or its signature does not match `key`.
 */
export function decode(frames: readonly Buffer[], key: string): Message {
  const start = frames.findIndex((frame) => frame.equals(DELIMITER));
  if (start < 0 || frames.length < start + 6)
    throw new Error(`message of ${frames.length} frames has no complete <IDS|MSG> part`);
  const parts = frames.slice(start + 2, start + 6);
  checkSignature(frames[start + 1], parts, key);
  const [header, parent, metadata, content] = parts.map((part) => JSON.parse(part.toString()));
  if (typeof header?.msg_type !== 'string') throw new Error('message header has no msg_type');
  return {
    identities: frames.slice(0, start),
    header,
    parent,
    metadata,
    content,
    buffers: frames.slice(start + 6),
  };
}

/** The frames of a message from `session`, signed with `key`, for the peers named by `identities`. */
export function encode(
  { type, content, parent = {}, metadata = {}, buffers = [] }: Outgoing,
  {
    session,
    key,
    identities = [],
  }: { session: string; key: string; identities?: readonly (Buffer | string)[] },
): (Buffer | string | Uint8Array)[] {
  const header: Header = {
    msg_id: randomUUID(),
    msg_type: type,
    session,
    username: 'kernel',
    date: new Date().toISOString(),
    version: PROTOCOL_VERSION,
  };
  const parts = [header, parent, metadata, content].map((part) => JSON.stringify(part));
  return [...identities, DELIMITER, sign(parts, key), ...parts, ...buffers];
}

function sign(parts: readonly (string | Buffer)[], key: string): string {
  if (key === '') return '';
  const hmac = createHmac('sha256', key);
  for (const part of parts) hmac.update(part);
  return hmac.digest('hex');
}

function checkSignature(signature: Buffer, parts: readonly Buffer[], key: string): void {
  const expected = Buffer.from(sign(parts, key));
  if (signature.length !== expected.length || !timingSafeEqual(signature, expected))
    throw new Error('message signature does not match the connection file’s key');
}
