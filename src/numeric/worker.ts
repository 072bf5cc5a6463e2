// The other end of workers.ts: runs inside each worker thread.
import { parentPort, type Transferable } from 'node:worker_threads';

/** What a task's thread is told. */
interface Task {
  readonly module: string;
  readonly name: string;
  readonly index: number;
  readonly argument: unknown;
}

/** What it answers: any number of reports, then a result or an error. */
export interface Reply {
  readonly kind: 'result' | 'report' | 'error';
  readonly index: number;
  readonly value: unknown;
}

parentPort?.on('message', async ({ module, name, index, argument }: Task) => {
  const answer = (kind: Reply['kind'], value: unknown, moved: Transferable[] = []) =>
    parentPort!.postMessage({ kind, index, value } satisfies Reply, moved);
  try {
    const work = (await import(module))[name];
    const result = await work(argument, (report: unknown) => answer('report', report));
    answer('result', result, buffersOf(result));
  } catch (error) {
    answer('error', error);
  }
});

/** The plain buffers inside a result, each once: they are moved to the caller, not copied. */
function buffersOf(value: unknown, found = new Set<ArrayBuffer>()): ArrayBuffer[] {
  if (ArrayBuffer.isView(value)) {
    if (value.buffer instanceof ArrayBuffer) found.add(value.buffer);
  } else if (value !== null && typeof value === 'object') {
    for (const inner of Object.values(value)) buffersOf(inner, found);
  }
  return [...found];
}
