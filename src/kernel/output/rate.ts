import type { Outgoing } from '../protocol/wire.js';
import { isStream } from './streams.js';

/**
 * Jupyter Server drops what exceeds 1,000 messages or 1,000,000 bytes of streams a second, averaged over 3 s; it
 * counts from zero after each idle. A burst, then a steady rate: `BURST + 3.3 s · RATE` stays below its 3 s' worth,
 * also where messages bunch up on their way.
 */
const BURST = { messages: 1_000, bytes: 1_000_000 };
const RATE_PER_MS = { messages: 0.55, bytes: 550 };

const UNCOUNTED = new Set(['status', 'comm_open', 'execute_input']);

/** Signature, header, parent and metadata. */
const ENVELOPE_BYTES = 1_000;

interface Cost {
  messages: number;
  bytes: number;
}

/** How much may be sent now: what was sent of late, as Jupyter Server counts it, against its limits. */
export class OutputRate {
  private left: Cost = { ...BURST };
  private since: number;
  private readonly now: () => number;

  constructor(now: () => number) {
    this.now = now;
    this.since = now();
  }

  /** Milliseconds until `message` may be sent. */
  delay(message: Outgoing): number {
    this.refill();
    const { messages, bytes } = costOf(message);
    return Math.max(
      0,
      (messages - this.left.messages) / RATE_PER_MS.messages,
      (bytes - this.left.bytes) / RATE_PER_MS.bytes,
    );
  }

  note(message: Outgoing): void {
    const { messages, bytes } = costOf(message);
    this.left.messages -= messages;
    this.left.bytes -= bytes;
    if ((message.content as { execution_state?: string }).execution_state === 'idle')
      this.left = { ...BURST };
  }

  private refill(): void {
    const passed = this.now() - this.since;
    this.since += passed;
    this.left = {
      messages: Math.min(BURST.messages, this.left.messages + passed * RATE_PER_MS.messages),
      bytes: Math.min(BURST.bytes, this.left.bytes + passed * RATE_PER_MS.bytes),
    };
  }
}

function costOf(message: Outgoing): Cost {
  if (UNCOUNTED.has(message.type)) return { messages: 0, bytes: 0 };
  const bytes = isStream(message) ? ENVELOPE_BYTES + Buffer.byteLength(JSON.stringify(message.content)) : 0;
  return { messages: 1, bytes };
}
