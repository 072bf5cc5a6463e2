import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { Reply } from './worker.js';

export interface PoolOptions {
  /** How many threads work at once; 0 works in the calling thread. Default: one per core, at most one per task. */
  readonly workers?: number;
  /** Stops the work: the running threads end and the promise rejects with the signal's reason. */
  readonly signal?: AbortSignal;
  /** Called after each task with how many are done, and of how many. */
  readonly onProgress?: (done: number, total: number) => void;
  /** Called with whatever the task at `index` passes to its second argument, the function `report`. */
  readonly onReport?: (report: unknown, index: number) => void;
}

/**
 * Calls a function once for each argument, on worker threads; results come in the order of the arguments, whatever
 * the number of workers. Arguments are copied, except typed arrays over a SharedArrayBuffer (see `shared`); the
 * buffers of results are moved.
 *
 * @param module - URL of the module that exports the function, such as `import.meta.url`.
 * @param name - the exported function: `(argument, report) => result`, or a promise of it. Must not depend on
 * anything but its argument.
 * @throws RangeError when `workers` is not a whole number from 0 on; what the function throws, as soon as it does.
 */
export async function mapOnWorkers<A, R>(
  module: string | URL,
  name: string,
  args: readonly A[],
  { workers = availableParallelism(), signal, onProgress, onReport }: PoolOptions = {},
): Promise<R[]> {
  if (!(Number.isInteger(workers) && workers >= 0))
    throw new RangeError(`workers must be a whole number from 0 on, but is ${workers}`);
  signal?.throwIfAborted();
  const queue = new Queue<A, R>(args, onProgress, onReport);
  if (workers === 0) await drainHere(queue, String(module), name, signal);
  else await drainOnThreads(queue, String(module), name, Math.min(workers, args.length), signal);
  return queue.results;
}

/** The tasks not yet taken, and the results so far. */
class Queue<A, R> {
  readonly results: R[];
  private next = 0;
  private done = 0;
  private readonly args: readonly A[];
  private readonly onProgress: PoolOptions['onProgress'];
  readonly onReport: PoolOptions['onReport'];

  constructor(args: readonly A[], onProgress: PoolOptions['onProgress'], onReport: PoolOptions['onReport']) {
    this.args = args;
    this.results = new Array<R>(args.length);
    this.onProgress = onProgress;
    this.onReport = onReport;
  }

  take(): { index: number; argument: A } | undefined {
    if (this.next === this.args.length) return undefined;
    return { index: this.next, argument: this.args[this.next++] };
  }

  put(index: number, result: R): void {
    this.results[index] = result;
    this.onProgress?.(++this.done, this.args.length);
  }
}

async function drainHere<A, R>(queue: Queue<A, R>, module: string, name: string, signal?: AbortSignal) {
  const work = (await import(module))[name];
  for (let task = queue.take(); task; task = queue.take()) {
    const { index, argument } = task;
    queue.put(index, await work(argument, (report: unknown) => queue.onReport?.(report, index)));
    await new Promise(setImmediate); // lets an abort be heard between tasks
    signal?.throwIfAborted();
  }
}

async function drainOnThreads<A, R>(
  queue: Queue<A, R>,
  module: string,
  name: string,
  count: number,
  signal?: AbortSignal,
): Promise<void> {
  const threads = Array.from({ length: count }, () => startThread());
  let abort = () => {};
  const aborted = new Promise<never>((_, reject) => {
    abort = () => reject(signal!.reason);
  });
  signal?.addEventListener('abort', abort, { once: true });
  try {
    await Promise.race([Promise.all(threads.map((thread) => drain(thread, queue, module, name))), aborted]);
  } finally {
    signal?.removeEventListener('abort', abort);
    await Promise.all(threads.map((thread) => thread.terminate()));
  }
}

const startThread = (): Worker => new Worker(new URL('./worker.js', import.meta.url), { execArgv: [] });

/** Feeds one thread until the queue is empty. */
function drain<A, R>(thread: Worker, queue: Queue<A, R>, module: string, name: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const feed = () => {
      const task = queue.take();
      if (task) thread.postMessage({ module, name, ...task });
      else resolve();
    };
    thread.on('error', reject);
    thread.on('exit', (code) => reject(new Error(`a worker thread ended with code ${code}`)));
    thread.on('message', (reply: Reply) => {
      if (reply.kind === 'report') return queue.onReport?.(reply.value, reply.index);
      if (reply.kind === 'error') return reject(reply.value);
      queue.put(reply.index, reply.value as R);
      feed();
    });
    feed();
  });
}

/** A copy of an array of numbers that worker threads read in place, without a copy each. */
export function shared<T extends Float32Array | Float64Array | Int32Array | Uint16Array | Uint8Array>(
  array: T,
): T {
  const copy = new (array.constructor as new (buffer: SharedArrayBuffer) => T)(
    new SharedArrayBuffer(array.byteLength),
  );
  copy.set(array);
  return copy;
}
