import { resolve } from 'node:path';
import { type Cost, costOf } from '../runs/cost.js';
import { readStart, storeOf, writeStart } from '../runs/run-folder.js';
import type { Task } from '../runs/task.js';
import { waves } from '../runs/task.js';
import type { ExecutorChoice } from './executor-options.js';

/** Writes down how a run was started; what gathers or resumes it leaves the first start as it is. */
export async function noteStart(folder: string, words: readonly string[]): Promise<void> {
  const known = await readStart(folder).catch(() => null);
  if (!known || process.env['NURDLE_RESUMES'] === undefined)
    await writeStart(folder, { words, from: process.cwd(), started: new Date().toISOString() });
}

/** What the open tasks of a run will take, in words. */
export async function tellCost(
  tasks: readonly Task[],
  folder: string,
  choice: ExecutorChoice | null,
): Promise<string[]> {
  const cpus = choice?.name === 'slurm' ? (choice.cpus ?? 1) : 1;
  const store = storeOf(resolve(folder));
  await store.prepare();
  const open = [];
  for (const wave of waves(tasks)) {
    const left = [];
    for (const one of wave) if (!(await store.hasResult(one.key))) left.push(one);
    open.push(left);
  }
  return costLines(await costOf(open, store), cpus);
}

function costLines({ tasks, coreHours, megabytes, diskBytes, kinds }: Cost, cpus: number): string[] {
  const perKind = kinds.map(({ name, tasks: count, one }) =>
    one
      ? `  ${count} × ${name}: ${one.seconds.toFixed(1)} s, ${one.megabytes} MB each`
      : `  ${count} × ${name}: not timed`,
  );
  return [
    `${tasks} tasks to do, about ${coreHours.toFixed(2)} core-hours,`,
    `up to ${megabytes * Math.max(1, cpus)} MB of memory with ${cpus} at a time, ${(diskBytes / 1e6).toFixed(1)} MB on disk`,
    ...perKind,
  ];
}

/** Aborted by Ctrl-C; a second one ends the process at once. */
export function interruptible(): AbortSignal {
  const stop = new AbortController();
  process.once('SIGINT', () => stop.abort(new Error('stopped; the same line again goes on from here')));
  return stop.signal;
}
