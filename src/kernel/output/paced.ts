import type { Outgoing } from '../protocol/wire.js';
import { OutputRate } from './rate.js';
import { continues, isStream, joined, pieces, type StreamMessage, withText } from './streams.js';

export interface PacedOptions {
  send(message: Outgoing): void;
  /** Called with true when much waits, so that whoever prints waits too; then with false. */
  onPressure(isHigh: boolean): void;
  now?(): number;
}

/** A front end draws a cell's text again for every piece of it: few pieces, then. */
const HOLD_MS = 50;
const HIGH_CHARS = 4_000_000;
const KEPT_WHEN_DISCARDING = 1 << 16;

/** Messages for all front ends, in their order, no faster than Jupyter Server passes them on. */
export class PacedOutput {
  private readonly queue: (Outgoing | (() => void))[] = [];
  private readonly rate: OutputRate;
  private readonly now: () => number;
  private lastStream = -HOLD_MS;
  private timer?: NodeJS.Timeout;
  private waitingChars = 0;
  private isHigh = false;
  private discarding?: { left: number; dropped: number; latest?: StreamMessage };

  private readonly options: PacedOptions;

  constructor(options: PacedOptions) {
    this.options = options;
    this.now = options.now ?? (() => performance.now());
    this.rate = new OutputRate(this.now);
  }

  publish(message: Outgoing): void {
    this.enqueue(message);
    this.pump();
  }

  /** Resolves once what was published so far has been sent. */
  drained(): Promise<void> {
    const { dropped, latest } = this.discarding ?? {};
    this.discarding = undefined;
    if (latest)
      this.enqueue(withText(latest, `\n[${dropped} more characters were dropped by the interrupt]\n`));
    return new Promise((resolve) => {
      this.queue.push(resolve);
      this.pump();
    });
  }

  /** Until `drained`, drops what the interrupted cell prints, also what waits already; a little is kept. */
  discard(): void {
    this.discarding ??= { left: KEPT_WHEN_DISCARDING, dropped: 0 };
    for (const message of this.takeAll()) this.enqueue(message);
    this.pump();
  }

  /** Sends what waits at once, as when the kernel ends. */
  rush(): void {
    for (const message of this.takeAll()) this.pass(message);
  }

  private enqueue(message: Outgoing | (() => void)): void {
    if (!isStream(message)) this.queue.push(message);
    else for (const piece of pieces(this.kept(message))) this.enqueueStream(piece);
  }

  private enqueueStream(piece: StreamMessage): void {
    const last = this.queue.at(-1);
    if (isStream(last) && continues(last, piece)) this.queue[this.queue.length - 1] = joined(last, piece);
    else this.queue.push(piece);
    this.count(piece.content.text.length);
  }

  private kept(message: StreamMessage): StreamMessage {
    if (!this.discarding) return message;
    const { text } = message.content;
    const kept = text.slice(0, this.discarding.left);
    this.discarding.left -= kept.length;
    this.discarding.dropped += text.length - kept.length;
    if (kept.length < text.length) this.discarding.latest = message;
    return withText(message, kept);
  }

  private pump(): void {
    clearTimeout(this.timer);
    for (let head = this.queue[0]; head; head = this.queue[0]) {
      const wait = this.delay(head);
      if (wait > 0) {
        this.timer = setTimeout(() => this.pump(), Math.ceil(wait));
        return;
      }
      this.queue.shift();
      if (isStream(head)) this.count(-head.content.text.length);
      this.pass(head);
    }
  }

  /** A stream waits a moment for more of it, unless something else waits behind it. */
  private delay(head: Outgoing | (() => void)): number {
    if (typeof head === 'function') return 0;
    const hold = isStream(head) && this.queue.length === 1 ? this.lastStream + HOLD_MS - this.now() : 0;
    return Math.max(hold, this.rate.delay(head));
  }

  private pass(message: Outgoing | (() => void)): void {
    if (typeof message === 'function') return message();
    if (isStream(message)) this.lastStream = this.now();
    this.rate.note(message);
    this.options.send(message);
  }

  private takeAll(): (Outgoing | (() => void))[] {
    this.count(-this.waitingChars);
    return this.queue.splice(0);
  }

  private count(chars: number): void {
    this.waitingChars += chars;
    const isHigh = this.waitingChars > (this.isHigh ? HIGH_CHARS / 2 : HIGH_CHARS);
    if (isHigh === this.isHigh) return;
    this.isHigh = isHigh;
    this.options.onPressure(isHigh);
  }
}
