import { TaskStore } from '../store.js';
import type { Task } from '../task.js';
import { type Ending, watched } from '../watched.js';
import { requeue } from './commands.js';
import type { SlurmSettings } from './options.js';
import { readBatch } from './submission.js';

/** Exit codes by which an array task tells why it gave up; the scheduler passes them on. */
export const EXIT = { cannotStore: 73, out: 75 } as const;

/** A shared folder may take a while to appear on a node. */
const START_PATIENCE = 60;

/**
 * Works off the batch of an array task. A task that takes its process down (memory, a crash) is tried alone and then
 * fails with its reason; the others are worked. What does not fit into the time goes back to the queue.
 * @returns the exit code.
 */
export async function workBatch(folder: string, index: number, started = Date.now()): Promise<number> {
  const { store: storeFolder, settings, tasks } = await batchWhenThere(folder, index);
  const store = new TaskStore(storeFolder, { patienceSeconds: settings.patienceSeconds });
  const deadline = started + settings.limitSeconds * 1000 - Math.min(60_000, 100 * settings.limitSeconds);
  const limits = { deadline, megabytes: settings.memoryMegabytes, memoryOption: settings.mem };
  const suspects: Task[] = [];
  for (let open = await unsettled(tasks, store); open.length > 0; ) {
    const { begun, ending } = await watched(open, store, { ...limits, workers: settings.cpus });
    if (ending === 'cannot store') return EXIT.cannotStore;
    if (ending === 'out of time') return outOfTime(open, begun, store, { started, ...settings });
    if (begun.size === 0) throw new Error(`a worker process ended before it began: ${ending}`);
    const isOpen = await unsettled(open, store);
    suspects.push(...isOpen.filter(({ key }) => begun.has(key)));
    open = isOpen.filter(({ key }) => !begun.has(key));
  }
  for (const task of suspects) {
    const { begun, ending } = await watched([task], store, { ...limits, workers: 1 });
    if (ending === 'cannot store') return EXIT.cannotStore;
    if (ending === 'out of time') return outOfTime([task], begun, store, { started, ...settings });
    if ((await unsettled([task], store)).length > 0)
      await store.putFailure(task.key, { label: task.label, message: whyAlone(ending, settings.mem) });
  }
  return 0;
}

async function batchWhenThere(folder: string, index: number) {
  for (let waited = 0; ; waited++) {
    try {
      return await readBatch(folder, index);
    } catch (error) {
      if (waited >= START_PATIENCE) throw error;
      await new Promise((resolve) => setTimeout(resolve, 1000));
    }
  }
}

/** What an earlier try of this batch has left to do. */
async function unsettled(tasks: readonly Task[], store: TaskStore): Promise<Task[]> {
  const open: Task[] = [];
  for (const task of tasks)
    if (!(await store.hasResult(task.key)) && !(await store.hasFailure(task.key))) open.push(task);
  return open;
}

/** A task that had most of the time to itself will not end in the next try either. */
async function outOfTime(
  tasks: readonly Task[],
  begun: ReadonlyMap<string, number>,
  store: TaskStore,
  { started, limitSeconds, time }: Pick<SlurmSettings, 'limitSeconds' | 'time'> & Started,
): Promise<number> {
  const open = await unsettled(tasks, store);
  let failed = 0;
  for (const { key, label } of open) {
    const at = begun.get(key);
    if (at === undefined || at - started > 0.25 * limitSeconds * 1000) continue;
    const seconds = Math.round((Date.now() - at) / 1000);
    const message = `it did not end in ${seconds} s, and an array task has ${time} (--time); give it more`;
    await store.putFailure(key, { label, message });
    failed++;
  }
  if (failed === open.length) return 0;
  const job = process.env['SLURM_JOB_ID'];
  console.error(`out of time with ${open.length - failed} tasks to do: back to the queue`);
  if (job && Number(process.env['SLURM_RESTART_COUNT'] ?? 0) < 20) await requeue(job).catch(console.error);
  return EXIT.out;
}

interface Started {
  /** When the array task did, in milliseconds since 1970. */
  readonly started: number;
}

const whyAlone = (ending: Ending, mem: string): string =>
  ending === 'out of memory'
    ? `it needs more memory than an array task has, ${mem} (--mem); give it more`
    : `its process died, twice, by ${ending}`;
