import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ExecuteOptions } from '../executor.js';
import type { TaskStore } from '../store.js';
import { jobDetails, liveJobs, SchedulerAway } from './commands.js';
import { EXIT } from './node.js';
import { arrayTaskOf, type Submission } from './submission.js';

/**
 * Waits until every key has a result or a failure in the store, or nothing that could make one is queued any more.
 * Looks at the files often and asks the scheduler seldom; a scheduler or a folder that is away is waited for.
 * @returns the keys that nothing will settle any more.
 * @throws the signal's reason when aborted.
 */
export async function follow(
  keys: ReadonlySet<string>,
  submission: Submission,
  store: TaskStore,
  { signal, onTask }: ExecuteOptions,
): Promise<Set<string>> {
  const open = new Set(keys);
  const askSeconds = submission.settings.pollSeconds;
  const jobs = submission.jobs.map(({ id }) => id);
  let asked = Date.now();
  let quiet = 0;
  while (open.size > 0) {
    await settle(open, store, onTask);
    if (open.size === 0 || quiet === 2) break;
    await sleep(1000 * Math.min(askSeconds, lookSeconds(open.size)), undefined, { signal });
    if (Date.now() - asked < askSeconds * 1000) continue;
    asked = Date.now();
    // A file of a node's may be seen a moment after its job has left the queue: asked twice.
    quiet = (await isQuiet(jobs)) ? quiet + 1 : 0;
  }
  return open;
}

/** A look costs a question to the shared folder for each open task. */
const lookSeconds = (open: number): number => Math.max(1, open / 500);

async function settle(open: Set<string>, store: TaskStore, onTask: ExecuteOptions['onTask']): Promise<void> {
  for (const key of [...open]) {
    const done = await store.hasResult(key);
    const failure = done ? null : await store.failure(key);
    if (!done && !failure) continue;
    open.delete(key);
    onTask?.({ key, seconds: null, error: failure?.message ?? null });
  }
}

async function isQuiet(jobs: readonly string[]): Promise<boolean> {
  try {
    return (await liveJobs(jobs)).length === 0;
  } catch (error) {
    if (error instanceof SchedulerAway) return false;
    throw error;
  }
}

/** Why an array task left a task neither done nor failed, as far as the scheduler and the log can say. */
export async function whyLost(key: string, submission: Submission): Promise<string> {
  const at = arrayTaskOf(submission, key);
  if (!at) return 'it was never submitted';
  const { JobState: state = 'gone from the queue', ExitCode: exit = '' } = await jobDetails(at.id);
  if (exit.startsWith(`${EXIT.cannotStore}:`)) return `${await lastLine(at.log)} (log: ${at.log})`;
  return `its array task ${at.id} is ${state.toLowerCase()}${exit ? `, exit code ${exit}` : ''}; log: ${at.log}`;
}

async function lastLine(log: string): Promise<string> {
  const text = await readFile(log, 'utf8').catch(() => '');
  return text.trim().split('\n').at(-1) || 'its results could not be written';
}
