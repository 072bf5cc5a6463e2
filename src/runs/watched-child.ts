// The process that watched.ts watches.
import { BEGINS } from './begun-pipe.js';
import { localExecutor } from './local.js';
import { TaskStore } from './store.js';
import type { Task } from './task.js';
import type { Ending } from './watched.js';
import type { Worked } from './work.js';

/** What it is told. */
export interface Order {
  readonly folder: string;
  readonly patienceSeconds: number;
  readonly tasks: readonly Task[];
  readonly workers: number;
}

/** What it tells. */
export type Message =
  | { readonly kind: 'worked'; readonly worked: Worked }
  | { readonly kind: 'end'; readonly ending: Ending; readonly peakMegabytes: number };

const tell = (message: Message): Promise<void> =>
  new Promise((resolve) => process.send!(message, undefined, {}, () => resolve()));

process.once('message', async ({ folder, patienceSeconds, tasks, workers }: Order) => {
  const store = new TaskStore(folder, { patienceSeconds });
  let ending: Ending = 'done';
  try {
    await localExecutor({ workers, beginsTo: BEGINS }).execute([tasks], store, {
      onTask: (worked) => void tell({ kind: 'worked', worked }),
    });
  } catch (error) {
    console.error((error as Error).message);
    ending = 'cannot store';
  }
  await tell({ kind: 'end', ending, peakMegabytes: process.resourceUsage().maxRSS / 1024 });
  process.disconnect();
});
