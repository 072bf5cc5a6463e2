import type { Executor } from './executor.js';
import { localExecutor } from './local.js';
import type { TaskStore } from './store.js';
import { type Task, waves } from './task.js';

export interface RunTasksOptions {
  /** Default: the worker threads of this process. */
  readonly executor?: Executor;
  readonly signal?: AbortSignal;
  /** Called after each task, and once at the start with what was there already. */
  readonly onProgress?: (progress: TaskProgress) => void;
}

/** How far a run is. */
export interface TaskProgress {
  readonly done: number;
  readonly total: number;
  /** How many of those done have no result. */
  readonly failed: number;
  /** The task that was settled just now: its label, its time, and why it failed. */
  readonly last?: { readonly label: string; readonly seconds: number | null; readonly error: string | null };
}

/** A task without a result, and why. */
export interface MissingTask {
  readonly key: string;
  readonly label: string;
  readonly reason: string;
}

/** What a run of tasks came to. */
export interface Gathered {
  /** SHA-256 of each result, by the task's key. */
  readonly hashes: ReadonlyMap<string, string>;
  readonly missing: readonly MissingTask[];
  /** How many results were in the store before. */
  readonly reused: number;
}

/**
 * Works off what the store lacks of the tasks, those that need others after them, and says what is missing at the end.
 * A result that is there and whole is not computed again; a damaged one is.
 * @throws the signal's reason when aborted; what was stored until then is taken up by the next run.
 */
export async function runTasks(
  tasks: readonly Task[],
  store: TaskStore,
  { executor = localExecutor(), signal, onProgress }: RunTasksOptions = {},
): Promise<Gathered> {
  const ordered = waves(tasks);
  const all = ordered.flat();
  await store.putNames(all);
  const labels = new Map(all.map(({ key, label }) => [key, label]));
  const hashes = await wholeResults(all, store);
  const reused = hashes.size;
  const open = ordered
    .map((wave) => wave.filter(({ key }) => !hashes.has(key)))
    .filter(({ length }) => length);
  const told = { done: reused, total: all.length, failed: 0 };
  onProgress?.({ ...told });
  await executor.execute(open, store, {
    signal,
    onTask: ({ key, seconds, error }) => {
      told.done++;
      if (error !== null) told.failed++;
      onProgress?.({ ...told, last: { label: labels.get(key)!, seconds, error } });
    },
  });
  for (const [key, hash] of await wholeResults(open.flat(), store)) hashes.set(key, hash);
  const missing = await Promise.all(
    all.filter(({ key }) => !hashes.has(key)).map((one) => whyMissing(one, store)),
  );
  return { hashes, missing, reused };
}

async function wholeResults(tasks: readonly Task[], store: TaskStore): Promise<Map<string, string>> {
  const hashes = new Map<string, string>();
  for (const { key } of tasks) {
    const stored = await store.result(key);
    if (stored) hashes.set(key, stored.sha256);
  }
  return hashes;
}

async function whyMissing({ key, label }: Task, store: TaskStore): Promise<MissingTask> {
  const failure = await store.failure(key);
  return { key, label, reason: failure?.message ?? 'it left neither a result nor an error' };
}
