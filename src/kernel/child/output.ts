import type { Frame } from '../execution/frames.js';
import type { Report } from '../execution/messages.js';
import { currentContext } from './context.js';
import { send } from './link.js';

const FLUSH_MS = 10;
const FLUSH_CHARS = 1 << 16;

type StreamName = 'stdout' | 'stderr';

let held: { id: number; name: StreamName; pieces: string[]; chars: number; since: number } | undefined;
let timer: NodeJS.Timeout | undefined;

/** Sends what the process prints to the cell that prints it, gathered so that a loop of prints stays cheap. */
export function captureStreams(): void {
  for (const name of ['stdout', 'stderr'] as const)
    process[name].write = ((chunk: string | Uint8Array, encoding?: unknown, done?: unknown) => {
      print(name, typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString());
      const callback = typeof encoding === 'function' ? encoding : done;
      if (typeof callback === 'function') process.nextTick(callback as () => void);
      return true;
    }) as typeof process.stdout.write;
}

/** Prints `text` for the running cell. */
export function print(name: StreamName, text: string): void {
  const { id } = currentContext();
  if (held && (held.id !== id || held.name !== name)) flush();
  held ??= { id, name, pieces: [], chars: 0, since: performance.now() };
  held.pieces.push(text);
  held.chars += text.length;
  // A loop that never yields to the timer still shows its progress.
  if (held.chars >= FLUSH_CHARS || performance.now() - held.since > 2 * FLUSH_MS) flush();
  else timer ??= setTimeout(flush, FLUSH_MS);
}

/** Sends what is held; called before every message whose order among the prints matters. */
export function flush(): void {
  if (timer) clearTimeout(timer);
  timer = undefined;
  if (!held) return;
  const { id, name, pieces } = held;
  held = undefined;
  send({ t: 'stream', id, name, text: pieces.join('') });
}

/** Sends after the prints that came before. */
export function report(message: Frame<Report>): void {
  flush();
  send(message);
}
