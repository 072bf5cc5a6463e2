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
  readonly last?: { readonly label: string; readonly seconds: number; readonly error: string | null };
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
  const own = ordered.flat();
  const hashes = await wholeResults(own, store);
  const known = await wholeResults(neededElsewhere(own), store);
  const isThere = (key: string): boolean => hashes.has(key) || known.has(key);
  const missing: MissingTask[] = [];
  const reused = hashes.size;
  const total = own.length;
  let done = reused;
  let failed = 0;
  onProgress?.({ done, total, failed });
  for (const wave of ordered) {
    signal?.throwIfAborted();
    const labels = new Map(wave.map(({ key, label }) => [key, label]));
    const open = wave.filter(({ key }) => !hashes.has(key));
    const ready = open.filter(({ needs }) => Object.values(needs).every(isThere));
    await executor.execute(ready, store, {
      signal,
      onTask: ({ key, seconds, error }) => {
        done++;
        if (error !== null) failed++;
        onProgress?.({ done, total, failed, last: { label: labels.get(key)!, seconds, error } });
      },
    });
    for (const [key, hash] of await wholeResults(ready, store)) hashes.set(key, hash);
    for (const one of open) if (!hashes.has(one.key)) missing.push(await whyMissing(one, isThere, store));
    done += open.length - ready.length;
    failed += open.length - ready.length;
  }
  return { hashes, missing, reused };
}

/** The keys that tasks need and that are not among them. */
function neededElsewhere(tasks: readonly Task[]): { key: string }[] {
  const own = new Set(tasks.map(({ key }) => key));
  const needed = new Set(tasks.flatMap(({ needs }) => Object.values(needs)));
  return [...needed].filter((key) => !own.has(key)).map((key) => ({ key }));
}

async function wholeResults(
  tasks: readonly Pick<Task, 'key'>[],
  store: TaskStore,
): Promise<Map<string, string>> {
  const hashes = new Map<string, string>();
  for (const { key } of tasks) {
    const stored = await store.result(key);
    if (stored) hashes.set(key, stored.sha256);
  }
  return hashes;
}

async function whyMissing(
  { key, label, needs }: Task,
  isThere: (key: string) => boolean,
  store: TaskStore,
): Promise<MissingTask> {
  const unmet = Object.entries(needs).find(([, need]) => !isThere(need));
  if (unmet) return { key, label, reason: `what it needs, "${unmet[0]}", is missing` };
  const failure = await store.failure(key);
  return { key, label, reason: failure?.message ?? 'it left neither a result nor an error' };
}
