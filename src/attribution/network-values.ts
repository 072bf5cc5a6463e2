import { availableParallelism } from 'node:os';
import type { Matrix } from '../numeric/matrix.js';
import type { DenseNetwork } from '../numeric/network.js';
import { mapOnWorkers } from '../numeric/workers.js';
import { checkChain, onlyOutput } from './network-output.js';
import type { NetworkTask } from './network-thread.js';

export interface NetworkValuesOptions {
  readonly output?: number;
  /** Of the conditional expectation; absent for the marginal one. */
  readonly bandwidth?: number;
  /** Whether unknown columns follow the known ones as normal columns do. */
  readonly gaussian?: boolean;
  readonly workers?: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: (done: number, total: number) => void;
}

const MULTIPLICATIONS_PER_SECOND = 1e10; // of one thread, roughly: only decides how work is cut
const SECONDS_PER_TASK = 0.2; // of a task: each has an arena of its own, which lives until the next collection

/**
 * The game of a dense network, v(S) for each row (n × count), as `coalitionValues` defines it. In single precision;
 * the first layer is split into what the row brings and what the background brings, so that it is multiplied once per
 * coalition and not once per pair.
 */
export async function networkCoalitionValues(
  network: DenseNetwork,
  rows: Matrix,
  background: Matrix,
  members: Uint8Array,
  ofColumn: Int32Array,
  groups: number,
  { output, bandwidth, gaussian, workers, signal, onProgress }: NetworkValuesOptions = {},
): Promise<Matrix> {
  const explained = onlyOutput(network, output);
  checkChain(network, rows.cols);
  const count = members.length / groups;
  const seconds = (rows.rows * background.rows * multiplications(network)) / MULTIPLICATIONS_PER_SECOND;
  const perTask = Math.min(count, Math.max(1, Math.ceil(SECONDS_PER_TASK / seconds)));
  const common = { ...explained, rows, background, ofColumn, groups, bandwidth, gaussian };
  const tasks: NetworkTask[] = [];
  for (let c = 0; c < count; c += perTask)
    tasks.push({ ...common, members: members.slice(c * groups, (c + perTask) * groups) });
  const parts = await mapOnWorkers<NetworkTask, Float64Array>(
    new URL('./network-thread.js', import.meta.url),
    'networkValues',
    tasks,
    {
      workers: workers ?? (seconds * count < 0.2 ? 0 : availableParallelism()),
      signal,
      onProgress: (done) => onProgress?.(Math.min(count, done * perTask), count),
    },
  );
  return joined(parts, rows.rows, count, perTask);
}

const multiplications = (network: DenseNetwork): number =>
  network.slice(1).reduce((sum, { inputs, outputs }) => sum + inputs * outputs, network[0].outputs);

/** Puts the tasks' columns side by side. */
function joined(parts: readonly Float64Array[], n: number, count: number, perTask: number): Matrix {
  const data = new Float64Array(n * count);
  parts.forEach((part, t) => {
    const width = part.length / n;
    for (let i = 0; i < n; i++) data.set(part.subarray(i * width, (i + 1) * width), i * count + t * perTask);
  });
  return { rows: n, cols: count, data };
}
