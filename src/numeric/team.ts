/**
 * Threads that work through numbered blocks together, in lock step: the leader opens a phase, everyone claims blocks
 * until none is left, the leader goes on. Blocks write to places of their own, so results do not depend on who did
 * which. A thread that was not scheduled in time is not waited for unless it holds a block.
 */

/** Runs one block of a phase. */
export type RunBlock = (operation: number, block: number) => void;

const WORD = 0; // phase << 16 | next block
const OPERATION = 1;
const BLOCKS = 2;
const DONE = 3;
const CLOSED = 0xffff;
const STOP = -1;
const SPINS = 2000;

/** The words that a team shares. */
export const teamControl = (): Int32Array => new Int32Array(new SharedArrayBuffer(64));

/** Runs a phase to its end: at most 65534 blocks. */
export function lead(control: Int32Array, operation: number, blocks: number, run: RunBlock): void {
  const phase = open(control, operation, blocks);
  claimAll(control, phase, operation, blocks, run);
  for (let spin = 0; ; spin++) {
    const done = Atomics.load(control, DONE);
    if (done >= blocks) return;
    if (spin > SPINS) Atomics.wait(control, DONE, done, 100);
  }
}

/** Sends the followers home. */
export function dismiss(control: Int32Array): void {
  open(control, STOP, 1);
}

/** What every thread but the leader does until it is dismissed. */
export function follow(control: Int32Array, run: RunBlock): void {
  for (;;) {
    const word = Atomics.load(control, WORD);
    const next = word & CLOSED;
    const operation = Atomics.load(control, OPERATION);
    const blocks = Atomics.load(control, BLOCKS);
    if (next >= blocks) idle(control, word);
    else if (operation === STOP) return;
    else if (Atomics.compareExchange(control, WORD, word, word + 1) === word)
      finish(control, run, operation, next, blocks);
  }
}

/** Closes the last phase before what it said is overwritten, so that nobody claims a block by a half-written order. */
function open(control: Int32Array, operation: number, blocks: number): number {
  const phase = ((Atomics.load(control, WORD) >>> 16) + 1) & 0x7fff;
  Atomics.store(control, WORD, (phase << 16) | CLOSED);
  Atomics.store(control, DONE, 0);
  Atomics.store(control, OPERATION, operation);
  Atomics.store(control, BLOCKS, blocks);
  Atomics.store(control, WORD, phase << 16);
  Atomics.notify(control, WORD);
  return phase;
}

function claimAll(
  control: Int32Array,
  phase: number,
  operation: number,
  blocks: number,
  run: RunBlock,
): void {
  for (;;) {
    const word = Atomics.load(control, WORD);
    if (word >>> 16 !== phase || (word & CLOSED) >= blocks) return;
    if (Atomics.compareExchange(control, WORD, word, word + 1) === word)
      finish(control, run, operation, word & CLOSED, blocks);
  }
}

function finish(control: Int32Array, run: RunBlock, operation: number, block: number, blocks: number): void {
  run(operation, block);
  if (Atomics.add(control, DONE, 1) + 1 === blocks) Atomics.notify(control, DONE);
}

/** Waits for the next phase: briefly awake, then asleep. */
function idle(control: Int32Array, word: number): void {
  for (let spin = 0; spin < SPINS; spin++) if (Atomics.load(control, WORD) !== word) return;
  Atomics.wait(control, WORD, word);
}
