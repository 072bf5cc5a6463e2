import { fileURLToPath } from 'node:url';
import type { Executor } from '../runs/executor.js';
import { localExecutor } from '../runs/local.js';
import { gatheringExecutor } from '../runs/slurm/gather.js';
import type { SlurmOptions } from '../runs/slurm/options.js';
import { slurmExecutor } from '../runs/slurm/slurm.js';

/** Who works a run off, as the words of a command or a configuration say it. */
export type ExecutorChoice =
  | { readonly name: 'local' | 'gathering'; readonly workers?: number }
  | ({ readonly name: 'slurm' } & SlurmOptions);

export const EXECUTOR_USAGE = [
  '  --executor local|slurm   who works the tasks off; local worker threads by default',
  '  --workers N              threads of the local executor; one per core',
  '  --partition P --max-tasks N --time T --cpus C --mem M --setup FILE',
  "                           what Slurm is asked for; defaults: the site's, all, 60, 1, 2G, none",
  '  --batch-seconds S --retries N --poll-seconds S',
  '                           length of an array task (300), lost tasks again (2), patience (10)',
  '  --dry-run                say what the run would cost, and stop',
].join('\n');

const NUMBERS = { 'max-tasks': 'maxTasks', cpus: 'cpus', 'batch-seconds': 'batchSeconds' } as const;
const MORE_NUMBERS = { retries: 'retries', 'poll-seconds': 'pollSeconds', workers: 'workers' } as const;
const WORDS = { partition: 'partition', time: 'time', mem: 'mem', setup: 'setup', executor: 'name' } as const;

/** The words that choose an executor, taken out of a command's words. */
export interface ParsedExecutor {
  readonly rest: readonly string[];
  /** `null` where the words do not say: then a configuration may. */
  readonly choice: ExecutorChoice | null;
  readonly dryRun: boolean;
}

/**
 * @throws RangeError when an option has no value, or none that it can have.
 */
export function parseExecutor(words: readonly string[]): ParsedExecutor {
  const chosen: Record<string, string | number> = {};
  const rest: string[] = [];
  let dryRun = false;
  for (let i = 0; i < words.length; i++) {
    const option = words[i].startsWith('--') ? words[i].slice(2) : '';
    if (option === 'dry-run') dryRun = true;
    else if (Object.hasOwn(WORDS, option))
      chosen[WORDS[option as keyof typeof WORDS]] = wordAfter(words, i++);
    else if (Object.hasOwn({ ...NUMBERS, ...MORE_NUMBERS }, option))
      chosen[{ ...NUMBERS, ...MORE_NUMBERS }[option as keyof typeof NUMBERS]] = numberOf(words, i++);
    else rest.push(words[i]);
  }
  return { rest, choice: checkedChoice(Object.keys(chosen).length === 0 ? undefined : chosen), dryRun };
}

const SLURM_ONLY = [
  'partition',
  'maxTasks',
  'time',
  'cpus',
  'mem',
  'setup',
  'batchSeconds',
  'retries',
  'pollSeconds',
];

/**
 * A choice as words or a configuration file say it; `null` for none.
 * @param place - where it stands, for the error.
 * @throws RangeError when it names no executor, or an option of another one.
 */
export function checkedChoice(said: unknown, place = '--executor'): ExecutorChoice | null {
  if (said === undefined || said === null) return null;
  const { name = 'local', ...options } = (typeof said === 'string' ? { name: said } : said) as {
    name?: unknown;
  };
  if (name === 'gathering') return { name }; // whatever the words before it asked of Slurm
  if (name !== 'local' && name !== 'slurm')
    throw new RangeError(`${place} must be local or slurm, but is ${JSON.stringify(name)}`);
  const takes = name === 'slurm' ? SLURM_ONLY : ['workers'];
  const wrong = Object.keys(options).filter((key) => !takes.includes(key));
  if (wrong.length > 0)
    throw new RangeError(`${place} ${name} takes ${takes.join(', ')}, but got ${wrong.join(', ')}`);
  return { name, ...options } as ExecutorChoice;
}

function wordAfter(words: readonly string[], i: number): string {
  if (words[i + 1] === undefined) throw new RangeError(`${words[i]} needs a value`);
  return words[i + 1];
}

function numberOf(words: readonly string[], i: number): number {
  const value = Number(wordAfter(words, i));
  if (!Number.isFinite(value)) throw new RangeError(`${words[i]} must be a number, but is "${words[i + 1]}"`);
  return value;
}

/**
 * @param folder - of the run: what a cluster's last job gathers it by.
 */
export function executorOf(choice: ExecutorChoice | null, folder: string): Executor {
  if (choice?.name === 'slurm') return slurmExecutor({ ...choice, gather: [main, 'runs', 'gather', folder] });
  return choice?.name === 'gathering'
    ? gatheringExecutor(choice)
    : localExecutor({ workers: choice?.workers });
}

const main = fileURLToPath(new URL('./main.js', import.meta.url));
