import { execFile } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';

/** The scheduler does not answer: it may be back in a minute. */
export class SchedulerAway extends Error {
  override readonly name = 'SchedulerAway';
}

/** One array task of a job, as `squeue` tells it. */
export interface JobState {
  /** `1234_7`, or `1234` for a job that is no array. */
  readonly id: string;
  readonly state: string;
}

/**
 * Submits a script, once: a submission whose answer was lost is found again by its name.
 * @param name - not used by any other job.
 * @returns the job's number.
 * @throws SchedulerAway when the scheduler does not answer for five minutes; Error with its words when it refuses.
 */
export async function submit(
  name: string,
  args: readonly string[],
  script: string,
  signal?: AbortSignal,
): Promise<string> {
  for (let pause = 1; ; pause *= 2) {
    try {
      const answer = await slurm('sbatch', ['--parsable', `--job-name=${name}`, ...args], script);
      return answer.trim().split(';')[0];
    } catch (error) {
      if (!(error instanceof SchedulerAway) || pause > 128) throw error;
      await sleep(pause * 1000, undefined, { signal });
      const known = await slurm('squeue', ['-h', '-n', name, '-o', '%F']).catch(() => '');
      if (known.trim() !== '') return known.trim().split('\n')[0];
    }
  }
}

/**
 * Which array tasks of these jobs are waiting or running.
 * @throws SchedulerAway when the scheduler does not answer.
 */
export async function liveJobs(jobs: readonly string[]): Promise<JobState[]> {
  if (jobs.length === 0) return [];
  const lines = await slurm('squeue', ['-h', '-r', '-o', '%i|%F|%T']);
  const wanted = new Set(jobs);
  return lines
    .split('\n')
    .map((line) => line.trim().split('|'))
    .filter(([, job, state]) => wanted.has(job) && !ENDED.has(state))
    .map(([id, , state]) => ({ id, state }));
}

const ENDED = new Set([
  'COMPLETED',
  'COMPLETING',
  'FAILED',
  'CANCELLED',
  'TIMEOUT',
  'OUT_OF_MEMORY',
  'DEADLINE',
  'BOOT_FAIL',
]);

export async function cancel(jobs: readonly string[]): Promise<void> {
  if (jobs.length > 0) await slurm('scancel', jobs);
}

/**
 * Lets held jobs run; one that has ended meanwhile is passed over.
 * @throws SchedulerAway when the scheduler does not answer for five minutes.
 */
export async function release(jobs: readonly string[], signal?: AbortSignal): Promise<void> {
  for (const job of jobs)
    for (let pause = 1; ; pause *= 2)
      try {
        await slurm('scontrol', ['release', job]);
        break;
      } catch (error) {
        if (!(error instanceof SchedulerAway)) break;
        if (pause > 128) throw error;
        await sleep(pause * 1000, undefined, { signal });
      }
}

/** What the scheduler still knows of an ended array task: `{ JobState, ExitCode, … }`, or nothing. */
export async function jobDetails(id: string): Promise<Record<string, string>> {
  const line = await slurm('scontrol', ['show', 'job', '-o', id]).catch(() => '');
  return Object.fromEntries([...line.matchAll(/(\w+)=(\S+)/g)].map(([, key, value]) => [key, value]));
}

/** The longest array that the site takes. */
export async function maxArraySize(): Promise<number> {
  const config = await slurm('scontrol', ['show', 'config']);
  return Number(/MaxArraySize\s*=\s*(\d+)/.exec(config)?.[1] ?? 1001) - 1;
}

export async function requeue(job: string): Promise<void> {
  await slurm('scontrol', ['requeue', job]);
}

function slurm(program: string, args: readonly string[], input = ''): Promise<string> {
  return new Promise((resolve, reject) => {
    const options = { timeout: 60_000, maxBuffer: 1 << 28 };
    const child = execFile(program, args, options, (error, stdout, stderr) => {
      if (!error) return resolve(stdout);
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return reject(new Error(noSlurm(program)));
      const words = stderr.trim() || error.message;
      if (error.killed || AWAY.test(words)) return reject(new SchedulerAway(`${program}: ${words}`));
      reject(new Error(`${program}: ${words}`));
    });
    child.stdin?.on('error', () => {}); // a program that ends early closes it
    child.stdin?.end(input);
  });
}

const AWAY =
  /unable to contact slurm controller|socket timed out|connection refused|controller not responding|temporar/i;

const noSlurm = (program: string): string =>
  `${program} is not on this machine; start the run where jobs are submitted to Slurm, or with --executor local`;
