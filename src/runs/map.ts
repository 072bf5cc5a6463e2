import { resolve } from 'node:path';
import { type Gathered, type RunTasksOptions, runTasks } from './run-tasks.js';
import type { TaskStore } from './store.js';
import { type Task, task } from './task.js';
import { moduleOf } from './typescript.js';

/** What a function made of each specification. */
export interface Mapped {
  readonly results: readonly {
    readonly specification: unknown;
    readonly result?: unknown;
    readonly error?: string;
  }[];
  readonly gathered: Gathered;
}

/**
 * The tasks of a user's function over specifications.
 * @param script - a TypeScript or JavaScript file that exports the function.
 * @param specifications - plain data; equal ones are worked once.
 * @param options.name - of the exported function; default `run`.
 */
export function mapTasks(
  script: string,
  specifications: readonly unknown[],
  { name = 'run' }: { name?: string } = {},
): Task[] {
  const module = moduleOf(resolve(script));
  return specifications.map((specification, i) =>
    task({ label: `${name} ${i + 1} of ${specifications.length}`, module, name, specification }),
  );
}

/** Works such tasks off and gathers what they came to, in the order of the specifications. */
export async function mapOver(
  tasks: readonly Task[],
  store: TaskStore,
  options: RunTasksOptions = {},
): Promise<Mapped> {
  const gathered = await runTasks(tasks, store, options);
  const reasons = new Map(gathered.missing.map(({ key, reason }) => [key, reason]));
  const results = await Promise.all(
    tasks.map(async ({ key, specification }) =>
      reasons.has(key)
        ? { specification, error: reasons.get(key)! }
        : { specification, result: (await store.result(key))?.value },
    ),
  );
  return { results, gathered };
}
