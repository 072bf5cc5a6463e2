/** What a run asks of Slurm. */
export interface SlurmOptions {
  /** Default: the site's own default partition. */
  readonly partition?: string;
  /** How many array tasks may run at once; default: as many as the site lets. */
  readonly maxTasks?: number;
  /** Longest time of an array task, as Slurm writes it (`30`, `2:00:00`, `1-12`); default `60` minutes. */
  readonly time?: string;
  /** Cores of an array task: so many tasks work side by side in it; default 1. */
  readonly cpus?: number;
  /** Memory of an array task, such as `500M` or `4G`; default `2G`. */
  readonly mem?: string;
  /** A shell file that each array task sources first: modules to load, the path to Node. */
  readonly setup?: string;
  /** How long an array task should last; small tasks go into batches. Default 300. */
  readonly batchSeconds?: number;
  /** Seconds of one task, where known; default: one is timed here first. */
  readonly secondsPerTask?: number;
  /** How often a task that was lost (its node died) is submitted again; default 2. */
  readonly retries?: number;
  /** Seconds between two questions to the scheduler; default 10. */
  readonly pollSeconds?: number;
  /** How long a task waits for a shared folder that has gone away; default 120. */
  readonly patienceSeconds?: number;
  /** Words after `node` that gather the run once all its arrays have ended, wherever the submitting machine is. */
  readonly gather?: readonly string[];
}

/** Checked options, in Slurm's terms and in ours. */
export interface SlurmSettings extends Required<Omit<SlurmOptions, Optional>>, Pick<SlurmOptions, Optional> {
  readonly limitSeconds: number;
  readonly memoryMegabytes: number;
}

type Optional = 'partition' | 'maxTasks' | 'setup' | 'secondsPerTask' | 'gather';

/**
 * @throws RangeError naming the option, what it must be and what it is.
 */
export function slurmSettings(options: SlurmOptions): SlurmSettings {
  const { time = '60', cpus = 1, mem = '2G', batchSeconds = 300, retries = 2, ...rest } = options;
  const { pollSeconds = 10, patienceSeconds = 120 } = rest;
  const { partition, maxTasks, setup, secondsPerTask, gather } = rest;
  whole('cpus', cpus, 1);
  whole('retries', retries, 0);
  if (maxTasks !== undefined) whole('maxTasks', maxTasks, 1);
  for (const [name, value] of Object.entries({ batchSeconds, pollSeconds, secondsPerTask }))
    if (value !== undefined && !(value > 0)) throw new RangeError(`${name} must be above 0, but is ${value}`);
  if (partition !== undefined && !/^[\w.,-]+$/.test(partition))
    throw new RangeError(`partition must be a name that sinfo lists, but is "${partition}"`);
  const limitSeconds = timeSeconds(time);
  const memoryMegabytes = megabytes(mem);
  return {
    ...{ partition, maxTasks, setup, secondsPerTask, gather },
    ...{
      time,
      cpus,
      mem,
      batchSeconds,
      retries,
      pollSeconds,
      patienceSeconds,
      limitSeconds,
      memoryMegabytes,
    },
  };
}

function whole(name: string, value: number, least: number): void {
  if (!(Number.isInteger(value) && value >= least))
    throw new RangeError(`${name} must be a whole number from ${least} on, but is ${value}`);
}

/** `MM`, `MM:SS`, `HH:MM:SS`, `D-HH`, `D-HH:MM`, `D-HH:MM:SS` in seconds. */
export function timeSeconds(time: string): number {
  const [, days, rest] = /^(?:(\d+)-)?(\d+(?::\d+){0,2})$/.exec(time) ?? [];
  if (rest === undefined)
    throw new RangeError(`time must look like 30, 2:00:00 or 1-12:00, but is "${time}"`);
  const parts = rest.split(':').map(Number);
  const [h, m, s] = days !== undefined ? parts : parts.length === 3 ? parts : [0, parts[0], parts[1]];
  const seconds = Number(days ?? 0) * 86_400 + h * 3600 + (m ?? 0) * 60 + (s ?? 0);
  if (seconds === 0) throw new RangeError('time must be above 0');
  return seconds;
}

function megabytes(mem: string): number {
  const [, digits, unit] = /^(\d+)([KMGT]?)$/i.exec(mem) ?? [];
  const factor = { K: 1 / 1024, '': 1, M: 1, G: 1024, T: 1024 ** 2 }[(unit ?? 'none').toUpperCase()];
  if (factor === undefined || Number(digits) === 0)
    throw new RangeError(`mem must look like 500M or 4G, but is "${mem}"`);
  return Number(digits) * factor;
}
