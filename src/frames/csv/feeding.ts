import type { Ahead } from './ahead.js';
import type { CsvKernel } from './kernel.js';
import type { Pass } from './pass.js';
import type { Source } from './source.js';
import type { Steps } from './steps.js';

/** Reads the rows up to the end, or to the place where other threads have gone ahead, when a record ends there. */
export function* readThrough(source: Source, pass: Pass, head: Uint8Array, ahead?: Ahead): Steps<void> {
  const feed = feeding(source, pass.kernel, head, ahead?.from);
  for (let more = true; more; ) {
    more = yield* feed();
    pass.drain(!more);
    if (!ahead || source.position !== ahead.from || pass.kernel.unread > 0) continue;
    yield { source: ahead, room: new Uint8Array() };
    if (!ahead.parts) continue;
    for (const part of ahead.parts) pass.adopt(part);
    return;
  }
}

/**
 * Gives the kernel what is left of the head, then the source's bytes; false when there are no more.
 * @param pause - a place in the source at which one piece ends.
 */
export function feeding(
  source: Source,
  kernel: CsvKernel,
  head: Uint8Array,
  pause?: number,
): () => Steps<boolean> {
  let at = 0;
  return function* () {
    const left = (pause ?? 0) - source.position;
    const whole = kernel.room();
    const room = left > 0 ? whole.subarray(0, left) : whole;
    const piece = head.subarray(at, at + room.length);
    room.set(piece);
    at += piece.length;
    const count = piece.length > 0 ? piece.length : yield { source, room };
    kernel.filled(count);
    return count > 0;
  };
}
