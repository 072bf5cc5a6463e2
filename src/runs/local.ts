import { mapOnWorkers } from '../numeric/workers.js';
import type { ExecuteOptions, Executor } from './executor.js';
import type { TaskStore } from './store.js';
import type { Task } from './task.js';
import type { Worked } from './work.js';

/**
 * Works tasks off on worker threads of this process. A task that takes its thread down with it (out of memory, an
 * exit) is tried once more, alone, and then has failed.
 * @param options.workers - how many threads; one per core. 0 works in the calling thread.
 * @param options.beginsTo - a file descriptor that is told each task's key when it begins.
 */
export function localExecutor(pool: LocalOptions = {}): Executor {
  return {
    name: 'local',
    async execute(waves, store, options) {
      for (const wave of waves) await executeWave(wave, store, options, pool);
    },
  };
}

interface LocalOptions {
  readonly workers?: number;
  readonly beginsTo?: number;
}

async function executeWave(
  tasks: readonly Task[],
  store: TaskStore,
  options: ExecuteOptions,
  pool: LocalOptions,
): Promise<void> {
  const suspects: Task[] = [];
  for (let open = tasks; open.length > 0; ) {
    const { settled, started } = await workOff(open, store, options, pool);
    suspects.push(...open.filter(({ key }) => started.has(key) && !settled.has(key)));
    open = open.filter(({ key }) => !started.has(key));
  }
  for (const task of suspects) await workAlone(task, store, options, pool);
}

/** What became of the tasks until all were settled, or a thread died. */
interface Pass {
  readonly started: ReadonlySet<string>;
  readonly settled: ReadonlySet<string>;
}

async function workOff(
  tasks: readonly Task[],
  { folder, patienceSeconds }: TaskStore,
  { signal, onStart, onTask }: ExecuteOptions,
  { workers, beginsTo }: LocalOptions,
): Promise<Pass> {
  const started = new Set<string>();
  const settled = new Set<string>();
  const full = new AbortController();
  const onReport = (report: string | Worked) => {
    if (typeof report === 'string') {
      started.add(report);
      return onStart?.(report);
    }
    settled.add(report.key);
    if (report.unstored) full.abort(new Error(report.error!));
    else onTask?.(report);
  };
  const stop = AbortSignal.any(signal ? [signal, full.signal] : [full.signal]);
  const args = tasks.map((task) => ({ folder, patienceSeconds, beginsTo, task }));
  const pool = { workers, signal: stop, onReport: onReport as (report: unknown) => void };
  try {
    await mapOnWorkers(new URL('./work.js', import.meta.url), 'work', args, pool);
  } catch (error) {
    stop.throwIfAborted();
    if (workers === 0 || started.size === settled.size) throw error;
  }
  stop.throwIfAborted();
  return { started, settled };
}

async function workAlone(
  task: Task,
  store: TaskStore,
  options: ExecuteOptions,
  pool: LocalOptions,
): Promise<void> {
  const { settled } = await workOff([task], store, options, { ...pool, workers: 1 });
  if (settled.size > 0) return;
  const message = 'its worker thread died, twice: out of memory, or an exit; see what the task needs';
  await store.putFailure(task.key, { label: task.label, message });
  options.onTask?.({ key: task.key, seconds: 0, error: message });
}
