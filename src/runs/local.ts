import { mapOnWorkers } from '../numeric/workers.js';
import type { ExecuteOptions, Executor } from './executor.js';
import type { TaskStore } from './store.js';
import type { Task } from './task.js';
import type { Worked } from './work.js';

/**
 * Works tasks off on worker threads of this process. A task that takes its thread down with it (out of memory, an
 * exit) is tried once more, alone, and then has failed.
 * @param options.workers - how many threads; one per core. 0 works in the calling thread.
 */
export function localExecutor({ workers }: { workers?: number } = {}): Executor {
  return {
    name: 'local',
    async execute(tasks, store, options) {
      const suspects: Task[] = [];
      for (let open = tasks; open.length > 0; ) {
        const { settled, started } = await workOff(open, store, options, workers);
        suspects.push(...open.filter(({ key }) => started.has(key) && !settled.has(key)));
        open = open.filter(({ key }) => !started.has(key));
      }
      for (const task of suspects) await workAlone(task, store, options);
    },
  };
}

/** What became of the tasks until all were settled, or a thread died. */
interface Pass {
  readonly started: ReadonlySet<string>;
  readonly settled: ReadonlySet<string>;
}

async function workOff(
  tasks: readonly Task[],
  { folder }: TaskStore,
  { signal, onTask }: ExecuteOptions,
  workers: number | undefined,
): Promise<Pass> {
  const started = new Set<string>();
  const settled = new Set<string>();
  const onReport = (report: unknown) => {
    if (typeof report === 'string') return void started.add(report);
    settled.add((report as Worked).key);
    onTask?.(report as Worked);
  };
  const args = tasks.map((task) => ({ folder, task }));
  try {
    await mapOnWorkers(new URL('./work.js', import.meta.url), 'work', args, { workers, signal, onReport });
  } catch (error) {
    signal?.throwIfAborted();
    if (workers === 0 || started.size === settled.size) throw error;
  }
  return { started, settled };
}

async function workAlone(task: Task, store: TaskStore, options: ExecuteOptions): Promise<void> {
  const { settled } = await workOff([task], store, options, 1);
  if (settled.size > 0) return;
  const message = 'its worker thread died, twice: out of memory, or an exit; see what the task needs';
  await store.putFailure(task.key, { label: task.label, message });
  options.onTask?.({ key: task.key, seconds: 0, error: message });
}
