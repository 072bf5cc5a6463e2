import { type ChildProcess, fork } from 'node:child_process';
import { readFileSync } from 'node:fs';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { BEGINS, hearBegins } from './begun-pipe.js';
import type { TaskStore } from './store.js';
import type { Task } from './task.js';
import type { Message, Order } from './watched-child.js';
import type { Worked } from './work.js';

/** How a process ended: all done, for a reason of ours, or by a signal or code of its own. */
export type Ending =
  | 'done'
  | 'out of time'
  | 'out of memory'
  | 'cannot store'
  | `signal ${string}`
  | `code ${number}`;

export interface WatchOptions {
  readonly workers: number;
  /** When to stop, in milliseconds since 1970. */
  readonly deadline?: number;
  /** Memory that the process may take; default: any. */
  readonly megabytes?: number;
  readonly onTask?: (worked: Worked) => void;
}

/** What became of the tasks. */
export interface Watched {
  /** When each task began that did, by its key. */
  readonly begun: ReadonlyMap<string, number>;
  readonly settled: ReadonlyMap<string, Worked>;
  readonly ending: Ending;
  /** The most memory that the process took, where the system tells. */
  readonly peakMegabytes: number;
}

const CHILD = fileURLToPath(new URL('./watched-child.js', import.meta.url));

/** Works tasks off in a process of their own, and ends it when it takes too much time or memory. */
export function watched(tasks: readonly Task[], store: TaskStore, options: WatchOptions): Promise<Watched> {
  const { workers, deadline = Number.POSITIVE_INFINITY, megabytes = Number.POSITIVE_INFINITY } = options;
  const begun = new Map<string, number>();
  const settled = new Map<string, Worked>();
  let peak = 0;
  let ending: Ending | undefined;
  return new Promise((resolve, reject) => {
    const stdio = ['inherit', 'inherit', 'inherit', 'ipc', 'pipe'] as const;
    const child = fork(CHILD, [], { serialization: 'advanced', execArgv: [], stdio: [...stdio] });
    hearBegins(child.stdio[BEGINS] as Readable, (key) => begun.set(key, Date.now()));
    const end = (why: Ending) => {
      ending ??= why;
      child.kill('SIGKILL');
    };
    const watch = setInterval(() => {
      const now = memoryOf(child);
      peak = Math.max(peak, now);
      if (now > megabytes) end('out of memory');
      if (Date.now() > deadline) end('out of time');
    }, 100);
    const stop = () => end('signal SIGTERM');
    process.once('SIGTERM', stop);
    child.on('message', (message: Message) => {
      if (message.kind === 'worked') {
        settled.set(message.worked.key, message.worked);
        options.onTask?.(message.worked);
      } else {
        ending ??= message.ending;
        peak = Math.max(peak, message.peakMegabytes);
      }
    });
    child.on('error', reject);
    child.on('close', (code, signal) => {
      clearInterval(watch);
      process.off('SIGTERM', stop);
      ending ??= signal ? `signal ${signal}` : `code ${code ?? 0}`;
      resolve({ begun, settled, ending, peakMegabytes: peak });
    });
    const { folder, patienceSeconds } = store;
    child.send({ folder, patienceSeconds, tasks, workers } satisfies Order);
  });
}

/** Megabytes that a process holds; 0 where the system does not tell. */
function memoryOf({ pid }: ChildProcess): number {
  try {
    return Number(/VmRSS:\s*(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}
