import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type TaskStore, writeWhole } from './store.js';
import type { Task } from './task.js';
import { watched } from './watched.js';

/** What one task of a function took, where it was timed. */
export interface TaskCost {
  readonly seconds: number;
  readonly megabytes: number;
  readonly bytes: number;
}

/** What the tasks that are still to do will take. */
export interface Cost {
  readonly tasks: number;
  readonly coreHours: number;
  /** Most memory of one task. */
  readonly megabytes: number;
  readonly diskBytes: number;
  /** Each function: how many tasks, and what one took; `null` where none could be timed on its own. */
  readonly kinds: readonly { readonly name: string; readonly tasks: number; readonly one: TaskCost | null }[];
  readonly secondsOf: (task: Task) => number;
}

/** How many tasks a task may rest on and still be timed on its own. */
const MOST_NEEDS = 4;

/**
 * Says what tasks will take from timing one of each function, here and in a process of its own. What was timed is
 * kept, result and all: nothing is computed for the estimate only.
 * @param options.secondsPerTask - taken as it is, and nothing is timed.
 * @throws the signal's reason when aborted.
 */
export async function costOf(
  waves: readonly (readonly Task[])[],
  store: TaskStore,
  { secondsPerTask, signal }: { secondsPerTask?: number; signal?: AbortSignal } = {},
): Promise<Cost> {
  const known = await readCosts(store);
  const kinds = new Map<string, Task[]>();
  for (const task of waves.flat()) kinds.set(kindOf(task), [...(kinds.get(kindOf(task)) ?? []), task]);
  if (secondsPerTask === undefined)
    for (const [kind, tasks] of kinds) {
      signal?.throwIfAborted();
      if (!known[kind]) await timeOne(tasks[0], waves, store, known);
    }
  const mean = meanOf(Object.values(known).map(({ seconds }) => seconds));
  const secondsOf = (task: Task) => secondsPerTask ?? known[kindOf(task)]?.seconds ?? mean;
  const all = waves.flat();
  return {
    tasks: all.length,
    coreHours: all.reduce((sum, task) => sum + secondsOf(task), 0) / 3600,
    megabytes: Math.max(0, ...[...kinds.keys()].map((kind) => known[kind]?.megabytes ?? 0)),
    diskBytes: all.reduce((sum, task) => sum + (known[kindOf(task)]?.bytes ?? 0), 0),
    kinds: [...kinds].map(([name, { length }]) => ({ name, tasks: length, one: known[name] ?? null })),
    secondsOf,
  };
}

type Costs = Record<string, TaskCost>;

const kindOf = ({ module, name }: Task): string => `${module.split('/').at(-1)} ${name}`;

const meanOf = (values: readonly number[]): number =>
  values.length === 0 ? 60 : values.reduce((a, b) => a + b, 0) / values.length;

/** Works a task and the few that it needs, and keeps what each took. */
async function timeOne(
  task: Task,
  waves: readonly (readonly Task[])[],
  store: TaskStore,
  known: Costs,
): Promise<void> {
  const byKey = new Map(waves.flat().map((one) => [one.key, one]));
  const chain = [...new Set(withNeeds(task, byKey))];
  if (chain.length > MOST_NEEDS + 1) return;
  for (const one of chain) {
    if (await store.hasResult(one.key)) continue;
    const { settled, peakMegabytes } = await watched([one], store, { workers: 1 });
    const worked = settled.get(one.key);
    if (!worked || worked.error !== null) return;
    const bytes = await store.resultBytes(one.key);
    known[kindOf(one)] = { seconds: worked.seconds ?? 0, megabytes: Math.ceil(peakMegabytes), bytes };
  }
  await writeWhole(costsPath(store), JSON.stringify(known));
}

const withNeeds = (task: Task, byKey: ReadonlyMap<string, Task>): Task[] => [
  ...Object.values(task.needs).flatMap((key) => (byKey.has(key) ? withNeeds(byKey.get(key)!, byKey) : [])),
  task,
];

async function readCosts(store: TaskStore): Promise<Costs> {
  try {
    return JSON.parse(await readFile(costsPath(store), 'utf8'));
  } catch {
    return {};
  }
}

const costsPath = (store: TaskStore): string => join(store.folder, 'costs.json');
