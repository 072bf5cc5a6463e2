import { announceBegin } from './begun-pipe.js';
import { TaskStore } from './store.js';
import type { Task, TaskInputs } from './task.js';
import { importTypeScript } from './typescript.js';

/** What is told of a task that was worked. */
export interface Worked {
  readonly key: string;
  /** How long it took; `null` where only its result was seen. */
  readonly seconds: number | null;
  /** Why it failed; `null` when its result is in the store. */
  readonly error: string | null;
  /** Whether neither result nor failure could be written: nothing more can be worked then. */
  readonly unstored?: boolean;
}

/**
 * Works one task: calls its function and stores what it returns, or why it failed. This is all that a worker thread,
 * or a node of a cluster, has to do. What another has worked meanwhile is not worked again.
 * @param job.folder - the store's.
 * @param report - is told the task's key when it begins, and how it went when it is done.
 */
export async function work(
  job: Job,
  report: (progress: string | Worked) => void = () => {},
): Promise<Worked> {
  if (job.beginsTo !== undefined) announceBegin(job.beginsTo, job.task.key);
  report(job.task.key);
  const worked = await workAndStore(job);
  report(worked);
  return worked;
}

interface Job {
  readonly folder: string;
  readonly patienceSeconds?: number;
  /** A file descriptor that is told of the begin before anything can go wrong: see begun-pipe.ts. */
  readonly beginsTo?: number;
  readonly task: Task;
}

async function workAndStore({ folder, patienceSeconds, task }: Job): Promise<Worked> {
  const store = new TaskStore(folder, { patienceSeconds });
  const start = performance.now();
  const worked = (error: string | null): Worked => ({
    ...{ key: task.key, seconds: (performance.now() - start) / 1000, error },
  });
  try {
    if (await store.result(task.key)) return worked(null);
    await refuseUnmet(task, store);
    if (/\.m?ts$/.test(task.module)) importTypeScript();
    const call = (await import(moduleUrl(task.module)))[task.name];
    if (typeof call !== 'function') throw new TypeError(`${task.module} exports no function "${task.name}"`);
    await store.putResult(task.key, await call(task.specification, inputsOf(store, task)));
    return worked(null);
  } catch (error) {
    const { message, stack } = error instanceof Error ? error : new Error(String(error));
    const stored = await store.putFailure(task.key, { label: task.label, message, stack }).then(
      () => true,
      () => false,
    );
    return stored ? worked(message) : { ...worked(message), unstored: true };
  }
}

/** A task whose needs have failed is not begun. */
async function refuseUnmet({ needs }: Task, store: TaskStore): Promise<void> {
  for (const [name, key] of Object.entries(needs))
    if (!(await store.hasResult(key))) throw new Error(`what it needs, "${name}", has failed`);
}

const moduleUrl = (module: string): string =>
  module.startsWith('file:') ? module : new URL(`../${module}`, import.meta.url).href;

function inputsOf(store: TaskStore, { needs, label }: Task): TaskInputs {
  return {
    async result(name) {
      if (!Object.hasOwn(needs, name))
        throw new RangeError(`task "${label}" does not say that it needs "${name}"`);
      const stored = await remembered(`result ${needs[name]}`, () => store.result(needs[name]));
      if (!stored) throw new Error(`"${name}", which task "${label}" needs, is missing or damaged`);
      return stored.value;
    },
    value: (sha256) => remembered(`input ${sha256}`, () => store.value(sha256)),
  };
}

/** What a thread has read last: tasks of one fold read the same tables and the same pre-trained network. */
const memory = new Map<string, Promise<unknown>>();
const REMEMBERED = 12;

function remembered<T>(name: string, read: () => Promise<T>): Promise<T> {
  const known = memory.get(name) ?? read();
  memory.delete(name);
  memory.set(name, known);
  if (memory.size > REMEMBERED) memory.delete(memory.keys().next().value!);
  return known as Promise<T>;
}
