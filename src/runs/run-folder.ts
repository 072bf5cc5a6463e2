import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cancel, liveJobs, SchedulerAway } from './slurm/commands.js';
import { jobNumbers, submissions } from './slurm/submission.js';
import { TaskStore, writeWhole } from './store.js';

/** How a run was started, so that it can be taken up again. */
export interface RunStart {
  /** The words after `nurdle`. */
  readonly words: readonly string[];
  /** The folder that the words were said in. */
  readonly from: string;
  readonly started: string;
}

/** How far a run is, as far as its files tell. */
export interface RunStatus extends RunStart {
  readonly folder: string;
  readonly tasks: number;
  readonly done: number;
  readonly failed: readonly { readonly label: string; readonly message: string }[];
  /** Array tasks that wait and that run; `null` where the scheduler could not be asked. */
  readonly queued: { readonly waiting: number; readonly running: number } | null;
}

/** Where in a run's folder the results of its tasks are. */
export const storeOf = (folder: string): TaskStore => new TaskStore(join(folder, 'store'));

const startPath = (folder: string): string => join(folder, 'start.json');

export async function writeStart(folder: string, start: RunStart): Promise<void> {
  await writeWhole(startPath(folder), `${JSON.stringify({ nurdle: 'run', ...start }, null, 2)}\n`);
}

/** @throws Error when the folder holds no run. */
export async function readStart(folder: string): Promise<RunStart> {
  const text = await readFile(startPath(folder), 'utf8').catch(() => null);
  if (text === null)
    throw new Error(`${folder} holds no run: there is no start.json in it; see nurdle runs list`);
  try {
    const start = JSON.parse(text) as RunStart & { nurdle: string };
    if (start.nurdle === 'run' && Array.isArray(start.words) && typeof start.from === 'string') return start;
  } catch {}
  throw new Error(`${startPath(folder)} is damaged; start the run again with --out ${folder}`);
}

/** The folders below one that hold runs, that one itself included. */
export async function findRuns(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const below = entries.filter((entry) => entry.isDirectory()).map(({ name }) => join(folder, name));
  const found = await Promise.all(
    [folder, ...below].map((one) =>
      readStart(one).then(
        () => one,
        () => null,
      ),
    ),
  );
  return found.filter((one) => one !== null).sort();
}

/** @throws Error when the folder holds no run. */
export async function runStatus(folder: string): Promise<RunStatus> {
  const start = await readStart(folder);
  const store = storeOf(folder);
  const names = [...(await store.names())];
  let done = 0;
  const failed: { label: string; message: string }[] = [];
  for (const [key, label] of names) {
    if (await store.hasResult(key)) done++;
    else {
      const failure = await store.failure(key);
      if (failure) failed.push({ label, message: failure.message });
    }
  }
  return { ...start, folder, tasks: names.length, done, failed, queued: await queuedOf(store) };
}

async function queuedOf(store: TaskStore): Promise<RunStatus['queued']> {
  const jobs = (await submissions(store)).flatMap(jobNumbers);
  if (jobs.length === 0) return { waiting: 0, running: 0 };
  try {
    const live = await liveJobs(jobs);
    const running = live.filter(({ state }) => state === 'RUNNING').length;
    return { waiting: live.length - running, running };
  } catch (error) {
    if (error instanceof SchedulerAway || /not on this machine/.test((error as Error).message)) return null;
    throw error;
  }
}

/** Takes a run's jobs out of the queue; results stay. */
export async function cancelRun(folder: string): Promise<number> {
  await readStart(folder);
  const jobs = (await submissions(storeOf(folder))).flatMap(jobNumbers);
  const live = new Set((await liveJobs(jobs)).map(({ id }) => id.split('_')[0]));
  await cancel([...live]);
  return live.size;
}
