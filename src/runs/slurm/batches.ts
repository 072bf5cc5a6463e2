import type { Task } from '../task.js';

/** Tasks that one array task works off, and where it stands. */
export interface Batch {
  readonly wave: number;
  /** Of all batches of the submission. */
  readonly index: number;
  readonly tasks: readonly Task[];
}

export interface BatchOptions {
  /** How long an array task should last. */
  readonly batchSeconds: number;
  /** How many tasks it works at once. */
  readonly cpus: number;
  /** Seconds of a task. */
  readonly secondsOf: (task: Task) => number;
}

/**
 * Groups tasks so that an array task lasts `batchSeconds`: as few batches as that takes, equally long. A task that is
 * longer stays alone.
 */
export function batches(
  waves: readonly (readonly Task[])[],
  { batchSeconds, cpus, secondsOf }: BatchOptions,
): Batch[] {
  const made: Batch[] = [];
  waves.forEach((tasks, wave) => {
    const seconds = tasks.map(secondsOf);
    const total = seconds.reduce((a, b) => a + b, 0);
    const share = total / Math.max(1, Math.ceil(total / (batchSeconds * cpus)));
    let own: Task[] = [];
    let spent = 0;
    const close = () => {
      if (own.length > 0) made.push({ wave, index: made.length, tasks: own });
      [own, spent] = [[], 0];
    };
    tasks.forEach((task, i) => {
      if (spent + seconds[i] / 2 > share) close();
      own.push(task);
      spent += seconds[i];
    });
    close();
  });
  return made;
}

/** Runs of batches of one wave, none longer than an array of the site may be. */
export function arrays(all: readonly Batch[], maxArraySize: number): Batch[][] {
  const made: Batch[][] = [];
  for (const batch of all) {
    const last = made.at(-1);
    if (last && last[0].wave === batch.wave && last.length < maxArraySize) last.push(batch);
    else made.push([batch]);
  }
  return made;
}
