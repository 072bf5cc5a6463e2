import { access, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** Lies in a shared folder for as long as the folder is there: an unmounted one has an empty folder in its place. */
const MARKER = 'store.json';

/** What a network file system says while it is away. */
const AWAY = new Set(['EIO', 'ESTALE', 'ENOTCONN', 'EHOSTDOWN', 'EHOSTUNREACH', 'ETIMEDOUT', 'EREMOTEIO']);

export async function markShared(folder: string): Promise<void> {
  await writeFile(join(folder, MARKER), '{"nurdle":"store"}\n');
}

/**
 * Reads or writes in a shared folder, and waits where the folder has gone away for a while.
 * @param seconds - how long to wait in all; 0 does not look for the folder's marker at all.
 * @throws Error when the folder stays away; whatever else the action throws.
 */
export async function patiently<T>(folder: string, seconds: number, action: () => Promise<T>): Promise<T> {
  if (seconds === 0) return action();
  const end = Date.now() + seconds * 1000;
  for (let pause = 100; ; pause = Math.min(2 * pause, 2000)) {
    if (await isThere(folder)) {
      const outcome = await action().then(
        (value) => ({ value }),
        (error: NodeJS.ErrnoException) => ({ error }),
      );
      if ('value' in outcome) return outcome.value;
      if (!AWAY.has(outcome.error.code ?? '') && (await isThere(folder))) throw outcome.error;
    }
    if (Date.now() > end)
      throw new Error(
        `the shared folder ${folder} has been away for ${seconds} s; bring it back, then resume`,
      );
    await sleep(pause);
  }
}

const isThere = (folder: string): Promise<boolean> =>
  access(join(folder, MARKER)).then(
    () => true,
    () => false,
  );
