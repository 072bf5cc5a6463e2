import { sha256 } from '../frames/locate.js';
import { codeVersion } from './code-version.js';
import { plainText } from './plain.js';

/**
 * One piece of work that depends on nothing but what it says: a function, its specification, and the results of the
 * tasks that it needs. Equal tasks have equal keys, and so are worked once.
 */
export interface Task<Specification = unknown> {
  /** SHA-256 of everything below but `label`, and of the code. */
  readonly key: string;
  /** For people: `T1, fine-tuned, fold 2, seed 3`. */
  readonly label: string;
  /** Where the function is: a path inside `src` such as `qsar/arm-task.js`, or a `file:` URL. */
  readonly module: string;
  /** An exported `(specification, inputs) => result`. */
  readonly name: string;
  /** Plain data. */
  readonly specification: Specification;
  /** Keys of the tasks whose results this one is given, by the name it knows them by. */
  readonly needs: Readonly<Record<string, string>>;
}

/** What a task's function is given beside its specification. */
export interface TaskInputs {
  /** The result of the needed task of that name. */
  result(name: string): Promise<unknown>;
  /** A value that was put into the store beforehand (a table, the folds), by its SHA-256. */
  value(sha256: string): Promise<unknown>;
}

/**
 * Describes a task.
 * @throws TypeError when the specification is not plain data.
 */
export function task<S>({ label, module, name, specification, needs = {} }: TaskDescription<S>): Task<S> {
  const identity = { format: 1, code: codeVersion(module), module, name, specification, needs };
  const key = sha256(Buffer.from(plainText(identity)));
  return { key, label, module, name, specification, needs };
}

export type TaskDescription<S> = Omit<Task<S>, 'key' | 'needs'> & Partial<Pick<Task, 'needs'>>;

/**
 * The tasks in waves: those of one need only results of waves before it, or of tasks that are not in the list and so
 * must be in the store. Equal tasks appear once.
 */
export function waves(tasks: readonly Task[]): Task[][] {
  const byKey = new Map(tasks.map((one) => [one.key, one]));
  const levels = new Map<string, number>();
  const levelOf = (key: string): number => {
    const one = byKey.get(key);
    if (!one) return -1;
    const level = levels.get(key) ?? Math.max(-1, ...Object.values(one.needs).map(levelOf)) + 1;
    levels.set(key, level);
    return level;
  };
  const sorted: Task[][] = [];
  for (const one of byKey.values()) (sorted[levelOf(one.key)] ??= []).push(one);
  return sorted;
}
