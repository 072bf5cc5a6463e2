import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { BenchTask } from './task.js';

/**
 * The tasks under bench/tasks/, each a file that exports `task`, in the order of their file names.
 * @throws RangeError when a name is not a task's.
 */
export async function loadTasks(only?: readonly string[]): Promise<BenchTask[]> {
  const folder = new URL('./tasks/', import.meta.url);
  const files = readdirSync(fileURLToPath(folder)).filter((file) => file.endsWith('.js'));
  const tasks = await Promise.all(files.sort().map((file) => loadTask(new URL(file, folder))));
  const unknown = only?.find((name) => !tasks.some((task) => task.name === name));
  if (unknown !== undefined)
    throw new RangeError(
      `--only must name a task (${tasks.map((task) => task.name).join(', ')}), but is "${unknown}"`,
    );
  return tasks.filter((task) => !only || only.includes(task.name));
}

async function loadTask(url: URL): Promise<BenchTask> {
  const { task } = (await import(url.href)) as { task: BenchTask };
  return task;
}
