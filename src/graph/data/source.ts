import { random } from '../../numeric/random.js';
import { shared } from '../../numeric/workers.js';
import type { HostBatch } from '../engine/engine.js';
import type { Steps } from '../step/steps.js';
import { type Augmentation, checkAugmentation } from './augmentation.js';
import type { AugmentedRows, RowsRequest } from './augmented.js';
import { batchMaker } from './batch-maker.js';
import { type DataSet, dataSet, takeBatch } from './data-set.js';
import type { PerName } from './values.js';

/** Where batches come from. */
export interface Source {
  readonly batches: number;
  /** The batches of an epoch, counted from 0. */
  epoch(epoch: number): AsyncGenerator<HostBatch> | Generator<HostBatch>;
  close(): Promise<void>;
}

/** A batch as a generator gives it. */
export interface MadeBatch {
  readonly x: PerName;
  readonly y: PerName;
  readonly sampleWeights?: ArrayLike<number>;
}

/** Which batch is wanted; both count from 0. A generator that uses no other randomness can be repeated. */
export interface BatchRequest {
  readonly epoch: number;
  readonly batch: number;
  readonly seed: number;
}

/** Batches from a function, here or on a thread of its own. */
export type BatchGenerator = { readonly batchesPerEpoch: number } & (
  | { readonly batch: (request: BatchRequest) => MadeBatch | Promise<MadeBatch> }
  | {
      /** URL of a module, such as `import.meta.url`. */
      readonly module: string | URL;
      /** An exported function: given `argument`, it returns `(request: BatchRequest) => MadeBatch`. */
      readonly name: string;
      readonly argument?: unknown;
    }
);

const AHEAD = 3; // batches that are being made while one is trained on

export interface ArrayOptions {
  readonly batchSize: number;
  readonly shuffle: boolean;
  readonly seed: number;
  readonly augment?: Augmentation;
}

/** Rows in a new order each epoch, varied on a thread of their own where that is asked for. */
export function arraySource(data: DataSet, inputs: Steps['inputs'], options: ArrayOptions): Source {
  const { batchSize, shuffle, seed, augment } = options;
  const batches = Math.ceil(data.rows / batchSize);
  const rowsOf = (epoch: number): Int32Array[] => {
    const order = shuffle
      ? random(seed).fork(`order ${epoch}`).permutation(data.rows)
      : Int32Array.from({ length: data.rows }, (_, i) => i);
    return Array.from({ length: batches }, (_, b) => order.slice(b * batchSize, (b + 1) * batchSize));
  };
  if (!augment)
    return {
      batches,
      *epoch(epoch) {
        for (const rows of rowsOf(epoch)) yield takeBatch(data, rows);
      },
      close: async () => {},
    };
  checkAugmentation(augment, inputs);
  const argument: AugmentedRows = { data: sharedData(data), inputs, augmentation: augment, seed };
  const module = new URL('./augmented.js', import.meta.url).href;
  const maker = batchMaker<RowsRequest, HostBatch>({ module, name: 'augmentedBatches', argument });
  return {
    batches,
    epoch: (epoch) => ahead(rowsOf(epoch), (rows) => maker.make({ epoch, rows })),
    close: () => maker.close(),
  };
}

/** Data that a thread reads in place. */
function sharedData({ rows, inputs, truths, weights }: DataSet): DataSet {
  const all = <T extends { readonly data: Float32Array | Int32Array }>(list: readonly T[]): T[] =>
    list.map((one) => ({ ...one, data: shared(one.data) }));
  return { rows, inputs: all(inputs), truths: all(truths), weights: weights.map(shared) };
}

/** @throws RangeError when the number of batches is not a whole number from 1 on. */
export function generatorSource(
  generator: BatchGenerator,
  steps: Pick<Steps, 'inputs' | 'targets'>,
  seed: number,
): Source {
  const batches = generator.batchesPerEpoch;
  if (!(Number.isInteger(batches) && batches >= 1))
    throw new RangeError(`batchesPerEpoch must be a whole number from 1 on, but is ${batches}`);
  const requests = (epoch: number): BatchRequest[] =>
    Array.from({ length: batches }, (_, batch) => ({ epoch, batch, seed }));
  const toHost = (made: MadeBatch): HostBatch => {
    const data = dataSet(steps, made.x, made.y, made);
    return takeBatch(
      data,
      Array.from({ length: data.rows }, (_, i) => i),
    );
  };
  if ('batch' in generator)
    return {
      batches,
      async *epoch(epoch) {
        for (const request of requests(epoch)) yield toHost(await generator.batch(request));
      },
      close: async () => {},
    };
  const { module, name, argument } = generator;
  const maker = batchMaker<BatchRequest, MadeBatch>({ module: String(module), name, argument });
  return {
    batches,
    async *epoch(epoch) {
      for await (const made of ahead(requests(epoch), (request) => maker.make(request))) yield toHost(made);
    },
    close: () => maker.close(),
  };
}

/** Asks for some batches ahead of time and gives them in order. */
async function* ahead<Request, Batch>(
  requests: readonly Request[],
  make: (request: Request) => Promise<Batch>,
): AsyncGenerator<Batch> {
  const pending: Promise<Batch>[] = [];
  let next = 0;
  const ask = () => {
    const promise = make(requests[next++]);
    promise.catch(() => {}); // thrown where it is awaited
    pending.push(promise);
  };
  while (next < Math.min(AHEAD, requests.length)) ask();
  while (pending.length > 0) {
    const batch = await pending.shift()!;
    if (next < requests.length) ask();
    yield batch;
  }
}
