import { Worker } from 'node:worker_threads';
import type { Answer, Start } from './batch-thread.js';

/** Makes batches on another thread, in the order in which they are asked for. */
export interface BatchMaker<Request, Batch> {
  make(request: Request): Promise<Batch>;
  close(): Promise<void>;
}

/**
 * Starts a thread that makes batches.
 * @param start - module and name of an exported function: given the argument, it returns `(request) => batch`.
 */
export function batchMaker<Request, Batch>(start: Start): BatchMaker<Request, Batch> {
  const thread = new Worker(new URL('./batch-thread.js', import.meta.url), {
    workerData: { batches: start },
    execArgv: [],
  });
  const waiting = new Map<number, { resolve(batch: Batch): void; reject(error: unknown): void }>();
  let count = 0;
  const fail = (error: unknown) => {
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
  };
  thread.on('message', ({ id, batch, error }: Answer) => {
    const { resolve, reject } = waiting.get(id)!;
    waiting.delete(id);
    if (error === undefined) resolve(batch as Batch);
    else reject(error);
  });
  thread.on('error', fail);
  thread.on('exit', (code) => fail(new Error(`the thread that makes batches ended with code ${code}`)));
  return {
    make: (request) =>
      new Promise<Batch>((resolve, reject) => {
        waiting.set(count, { resolve, reject });
        thread.postMessage({ id: count++, request });
      }),
    async close() {
      await thread.terminate();
    },
  };
}
