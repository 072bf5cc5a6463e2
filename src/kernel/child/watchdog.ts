import { Worker } from 'node:worker_threads';

const LOOK_EVERY_MS = 1000;
const FIRST_LOOK_MS = 3000;

/**
 * Ends this process when the one that started it is gone. A cell in an endless loop would not notice the closed pipe
 * and spin for ever, so a thread of its own looks. It starts late, when nobody waits for the first cell any more.
 */
export function endWithParent(): void {
  const parent = process.ppid;
  setTimeout(() => {
    const code = `setInterval(() => { if (process.ppid !== ${parent}) process.kill(process.pid, 'SIGKILL'); }, ${LOOK_EVERY_MS})`;
    const thread = new Worker(code, { eval: true, execArgv: [], env: {} });
    thread.on('error', () => {}); // without it, the cells run all the same
    thread.unref();
  }, FIRST_LOOK_MS).unref();
}
