import { costOf } from '../cost.js';
import type { ExecuteOptions, Executor } from '../executor.js';
import type { TaskStore } from '../store.js';
import type { Task } from '../task.js';
import { batches } from './batches.js';
import { cancel, liveJobs, SchedulerAway } from './commands.js';
import { follow, whyLost } from './follow.js';
import { type SlurmOptions, type SlurmSettings, slurmSettings } from './options.js';
import { jobNumbers, letRun, type Submission, submissions, submitBatches } from './submission.js';

/**
 * Works tasks off on a cluster under Slurm: batches of tasks as job arrays, results as files in the store's folder,
 * which all nodes see. What was submitted before and is still queued is followed and not submitted again. A task whose
 * node died is submitted again; one that fails is not. An abort cancels what is queued.
 * @throws RangeError when an option is not what it must be; Error when Slurm is not here or refuses.
 */
export function slurmExecutor(options: SlurmOptions = {}): Executor {
  const settings = slurmSettings(options);
  return {
    name: 'slurm',
    async execute(waves, store, execution) {
      await store.prepare();
      const shared = store.patient(settings.patienceSeconds);
      const open = new Map(waves.flat().map((task) => [task.key, task]));
      await followEarlier(open, shared, execution);
      let lastLost = new Map<string, string>();
      for (let tries = 0; open.size > 0 && tries <= settings.retries; tries++) {
        for (const key of open.keys()) await shared.clearFailure(key);
        const left = waves.map((wave) => wave.filter(({ key }) => open.has(key)));
        lastLost = await submitAndFollow(left, open, shared, settings, execution);
      }
      for (const [key, message] of lastLost) {
        await shared.putFailure(key, { label: open.get(key)!.label, message });
        execution.onTask?.({ key, seconds: null, error: message });
      }
    },
  };
}

/** Follows what another process submitted; what it settles is taken out of `open`. */
async function followEarlier(open: Map<string, Task>, store: TaskStore, execution: ExecuteOptions) {
  for (const submission of await submissions(store)) {
    const keys = new Set(submission.batches.flat().filter((key) => open.has(key)));
    if (keys.size === 0 || !(await mayBeQueued(submission))) continue;
    const running = await letRun(submission, execution.signal);
    await followOrCancel(keys, running, store, execution, open);
  }
}

/** A scheduler that is away may have it. */
async function mayBeQueued({ jobs }: Submission): Promise<boolean> {
  try {
    return (await liveJobs(jobs.map(({ id }) => id))).length > 0;
  } catch (error) {
    if (error instanceof SchedulerAway) return true;
    throw error;
  }
}

/** @returns why each task that is still open was lost. */
async function submitAndFollow(
  waves: readonly (readonly Task[])[],
  open: Map<string, Task>,
  store: TaskStore,
  settings: SlurmSettings,
  execution: ExecuteOptions,
): Promise<Map<string, string>> {
  const { secondsOf } = await costOf(waves, store, { ...settings, signal: execution.signal });
  const made = batches(waves, { ...settings, secondsOf });
  const submission = await submitBatches(made, store, settings, execution.signal);
  const lost = await followOrCancel(new Set(open.keys()), submission, store, execution, open);
  const reasons = new Map<string, string>();
  for (const key of lost) reasons.set(key, await whyLost(key, submission));
  return reasons;
}

async function followOrCancel(
  keys: ReadonlySet<string>,
  submission: Submission,
  store: TaskStore,
  execution: ExecuteOptions,
  open: Map<string, Task>,
): Promise<Set<string>> {
  try {
    const lost = await follow(keys, submission, store, execution);
    for (const key of keys) if (!lost.has(key)) open.delete(key);
    return lost;
  } catch (error) {
    if (execution.signal?.aborted) await cancel(jobNumbers(submission)).catch(() => {});
    throw error;
  }
}
