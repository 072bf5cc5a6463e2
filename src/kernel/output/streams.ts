import type { Outgoing } from '../protocol/wire.js';

/** A `stream` message: text on stdout or stderr. */
export interface StreamMessage extends Outgoing {
  content: { name: string; text: string };
}

const PIECE_CHARS = 1 << 17;

export function isStream(message: unknown): message is StreamMessage {
  return (message as Outgoing | undefined)?.type === 'stream';
}

/** Whether `next` goes on where `before` ends: the same stream of the same cell, and one piece when put together. */
export function continues(before: StreamMessage, next: StreamMessage): boolean {
  return (
    before.parent === next.parent &&
    before.content.name === next.content.name &&
    before.content.text.length + next.content.text.length <= PIECE_CHARS
  );
}

export function joined(before: StreamMessage, next: StreamMessage): StreamMessage {
  return withText(before, before.content.text + next.content.text);
}

export function withText(message: StreamMessage, text: string): StreamMessage {
  return { ...message, content: { ...message.content, text } };
}

/** The message in pieces that a front end takes without pausing; no character is cut in two. */
export function pieces(message: StreamMessage): StreamMessage[] {
  const { text } = message.content;
  if (text.length <= PIECE_CHARS) return text === '' ? [] : [message];
  const all: StreamMessage[] = [];
  for (let start = 0; start < text.length; ) {
    const end = wholeCharacters(text, start + PIECE_CHARS);
    all.push(withText(message, text.slice(start, end)));
    start = end;
  }
  return all;
}

function wholeCharacters(text: string, end: number): number {
  return (text.codePointAt(end - 1) ?? 0) > 0xffff ? end + 1 : end;
}
