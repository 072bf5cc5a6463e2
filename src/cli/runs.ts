import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cancelRun, findRuns, type RunStatus, readStart, runStatus } from '../runs/run-folder.js';

const USAGE = `usage: nurdle runs list [FOLDER] [--json]      the runs below FOLDER (runs/)
       nurdle runs status RUN [--json]       how far it is, and what has failed
       nurdle runs resume RUN                goes on where it stands
       nurdle runs cancel RUN                takes its jobs out of the queue; results stay`;

/**
 * `nurdle runs`: what runs there are and how far, from any machine that sees their folders.
 * @returns the exit code: that of the run for `resume`, 1 where the folder holds none, 2 for words not understood.
 */
export async function runsCommand(words: string[]): Promise<number> {
  const json = words.includes('--json');
  const [verb, folder, ...more] = words.filter((word) => word !== '--json');
  if (verb === 'list' && more.length === 0) return list(resolve(folder ?? 'runs'), json);
  if (folder === undefined || more.length > 0 || !Object.hasOwn(VERBS, verb)) {
    console.error(USAGE);
    return 2;
  }
  return VERBS[verb](resolve(folder), json);
}

const VERBS: Readonly<Record<string, (folder: string, json: boolean) => Promise<number>>> = {
  async status(folder, json) {
    const status = await runStatus(folder);
    console.log(json ? JSON.stringify(status) : statusLines(status).join('\n'));
    return 0;
  },
  async cancel(folder) {
    console.log(`${await cancelRun(folder)} jobs cancelled`);
    return 0;
  },
  resume: (folder) => again(folder, []),
  // What a cluster's last job calls.
  gather: (folder) => again(folder, ['--executor', 'gathering']),
};

async function list(folder: string, json: boolean): Promise<number> {
  const runs = await Promise.all((await findRuns(folder)).map(runStatus));
  if (json) console.log(JSON.stringify(runs));
  else if (runs.length === 0) console.log(`no run below ${folder}`);
  else console.log(runs.map((status) => statusLines(status)[0]).join('\n'));
  return 0;
}

function statusLines({ folder, words, from, started, tasks, done, failed, queued }: RunStatus): string[] {
  const open = tasks - done - failed.length;
  const inQueue = queued
    ? `${queued.running} running, ${queued.waiting} waiting`
    : 'the scheduler cannot be asked';
  return [
    `${folder}  ${done} of ${tasks} done, ${failed.length} failed, ${open} open; ${inQueue}`,
    `  nurdle ${words.join(' ')}`,
    `  started ${started} in ${from}`,
    ...failed.slice(0, 20).map(({ label, message }) => `  ${label}: ${message}`),
    ...(failed.length > 20 ? [`  … and ${failed.length - 20} more`] : []),
  ];
}

/** The same words in the same folder; a later word wins over an earlier one. */
async function again(folder: string, more: readonly string[]): Promise<number> {
  const { words, from } = await readStart(folder);
  const main = fileURLToPath(new URL('./main.js', import.meta.url));
  const { status, signal } = spawnSync(process.execPath, [main, ...words, ...more], {
    cwd: from,
    stdio: 'inherit',
    env: { ...process.env, NURDLE_RESUMES: folder },
  });
  if (signal) throw new Error(`the run ended by ${signal}; resume it again`);
  return status ?? 1;
}
