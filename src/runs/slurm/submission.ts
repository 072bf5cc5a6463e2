import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fromPlainText, plainText } from '../plain.js';
import { type TaskStore, writeWhole } from '../store.js';
import type { Task } from '../task.js';
import { arrays, type Batch } from './batches.js';
import { maxArraySize, release, submit } from './commands.js';
import type { SlurmSettings } from './options.js';
import { arrayArguments, arrayScript, gatherJob } from './script.js';

/** What was handed to the scheduler, kept beside the results so that any machine can take it up. */
export interface Submission {
  readonly folder: string;
  readonly settings: SlurmSettings;
  /** Of each job: its number, the first of its batches and how many there are. */
  readonly jobs: readonly { readonly id: string; readonly first: number; readonly count: number }[];
  /** The job that gathers, if any. */
  readonly gatherJob?: string;
  /** The keys of each batch. */
  readonly batches: readonly (readonly string[])[];
  /** Whether the arrays may run: they are held until all jobs are submitted. */
  readonly released: boolean;
}

/** What an array task finds of its batch. */
export interface BatchFile {
  readonly store: string;
  readonly settings: SlurmSettings;
  readonly tasks: readonly Task[];
}

/**
 * Writes batches and submits them as arrays; arrays of a wave wait for those of the wave before. Every job's number is
 * written down as soon as it is known. Nothing runs before the job that gathers is in the queue: from the first task on,
 * the submitting machine may go away.
 */
export async function submitBatches(
  batches: readonly Batch[],
  store: TaskStore,
  settings: SlurmSettings,
  signal?: AbortSignal,
): Promise<Submission> {
  const id = randomUUID().slice(0, 8);
  const folder = join(store.folder, 'slurm', id);
  const logs = join(folder, 'logs');
  await mkdir(logs, { recursive: true });
  for (const { index, tasks } of batches)
    await writeWhole(batchPath(folder, index), plainText({ store: store.folder, settings, tasks }));
  let submission: Submission = {
    ...{ folder, settings, jobs: [], released: false },
    batches: batches.map(({ tasks }) => tasks.map(({ key }) => key)),
  };
  let before: string[] = [];
  let own: string[] = [];
  let wave = batches[0]?.wave;
  for (const array of arrays(batches, await maxArraySize())) {
    if (array[0].wave !== wave) [before, own, wave] = [own, [], array[0].wave];
    const [first, count] = [array[0].index, array.length];
    const args = arrayArguments(settings, { count, logs, after: before });
    const job = await submit(`nurdle-${id}-${first}`, args, arrayScript(settings, folder, first), signal);
    own.push(job);
    submission = { ...submission, jobs: [...submission.jobs, { id: job, first, count }] };
    await write(submission);
  }
  if (settings.gather && own.length > 0) {
    const gather = gatherJob(settings, settings.gather, logs, own);
    const job = await submit(`nurdle-${id}-gather`, gather.args, gather.script, signal);
    submission = { ...submission, gatherJob: job };
    await write(submission);
  }
  return letRun(submission, signal);
}

/** Lets the arrays of a submission run; one whose submitter ended before that is let run by whoever takes it up. */
export async function letRun(submission: Submission, signal?: AbortSignal): Promise<Submission> {
  if (submission.released) return submission;
  await release(
    submission.jobs.map(({ id }) => id),
    signal,
  );
  const running = { ...submission, released: true };
  await write(running);
  return running;
}

const write = (submission: Submission): Promise<void> =>
  writeWhole(join(submission.folder, 'submission.json'), plainText(submission));

/** Every submission that was made of this store's tasks. */
export async function submissions(store: TaskStore): Promise<Submission[]> {
  const names = await readdir(join(store.folder, 'slurm')).catch(() => []);
  const texts = await Promise.all(
    names.map((name) =>
      readFile(join(store.folder, 'slurm', name, 'submission.json'), 'utf8').catch(() => null),
    ),
  );
  return texts.filter((text) => text !== null).map((text) => fromPlainText(text) as Submission);
}

export async function readBatch(folder: string, index: number): Promise<BatchFile> {
  return fromPlainText(await readFile(batchPath(folder, index), 'utf8')) as BatchFile;
}

const batchPath = (folder: string, index: number): string => join(folder, 'batches', `${index}.json`);

/** The jobs of a submission, the one that gathers too. */
export const jobNumbers = ({ jobs, gatherJob }: Submission): string[] => [
  ...jobs.map(({ id }) => id),
  ...(gatherJob === undefined ? [] : [gatherJob]),
];

/** Which array task had a key, and where its log is. */
export function arrayTaskOf({ batches, jobs, folder }: Submission, key: string) {
  const index = batches.findIndex((keys) => keys.includes(key));
  const job = jobs.find(({ first, count }) => index >= first && index < first + count);
  if (!job) return undefined;
  const id = `${job.id}_${index - job.first}`;
  return { id, log: join(folder, 'logs', `${id}.log`) };
}
