import type { Outgoing } from '../../src/kernel/protocol/wire.js';

const WINDOW_MS = 3000;
const LIMITS = { messages: 1000, bytes: 1_000_000 };
const UNCOUNTED = new Set(['status', 'comm_open', 'execute_input']);

/** How many of these messages Jupyter Server 2 would drop with its default limits: `_limit_rate` of its channels.py. */
export function droppedByServer(sent: readonly { at: number; message: Outgoing }[]): number {
  let counted: { at: number; bytes: number }[] = [];
  let dropped = 0;
  for (const { at, message } of sent) {
    if ((message.content as { execution_state?: string }).execution_state === 'idle') counted = [];
    if (UNCOUNTED.has(message.type)) continue;
    counted = counted.filter((old) => at < old.at + WINDOW_MS);
    const bytes = message.type === 'stream' ? 700 + Buffer.byteLength(JSON.stringify(message.content)) : 0;
    const total = counted.reduce((sum, old) => sum + old.bytes, bytes);
    const seconds = WINDOW_MS / 1000;
    if ((counted.length + 1) / seconds > LIMITS.messages || total / seconds > LIMITS.bytes) dropped++;
    else counted.push({ at, bytes });
  }
  return dropped;
}
