// The other end of batch-maker.ts: makes batches on a thread of its own.
import { parentPort, type Transferable, workerData } from 'node:worker_threads';

/** What the thread starts with: an exported function that, given the argument, returns the maker of batches. */
export interface Start {
  readonly module: string;
  readonly name: string;
  readonly argument: unknown;
}

export interface Answer {
  readonly id: number;
  readonly batch?: unknown;
  readonly error?: unknown;
}

if (parentPort && workerData?.batches) {
  const { module, name, argument } = workerData.batches as Start;
  const making = import(module).then((exports) => exports[name](argument));
  making.catch(() => {}); // reported with the first request
  parentPort.on('message', async ({ id, request }: { id: number; request: unknown }) => {
    try {
      const batch = await (await making)(request);
      parentPort!.postMessage({ id, batch } satisfies Answer, buffersOf(batch));
    } catch (error) {
      parentPort!.postMessage({ id, error } satisfies Answer);
    }
  });
}

/** The buffers inside a batch that nobody else uses are moved, not copied. */
function buffersOf(value: unknown, found = new Set<ArrayBuffer>()): Transferable[] {
  if (ArrayBuffer.isView(value)) {
    const whole = value.byteLength === value.buffer.byteLength;
    if (whole && value.buffer instanceof ArrayBuffer) found.add(value.buffer);
  } else if (value !== null && typeof value === 'object')
    for (const inner of Object.values(value)) buffersOf(inner, found);
  return [...found];
}
