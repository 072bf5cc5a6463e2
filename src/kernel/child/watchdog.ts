import { Worker } from 'node:worker_threads';

const LOOK_EVERY_MS = 1000;

let watched = false;

/**
 * Ends this process when the one that started it is gone. A cell in an endless loop would not notice the closed pipe
 * and spin for ever, so a thread of its own looks. Called before the first cell runs: that one may loop already.
 */
export function endWithParent(): void {
  if (watched) return;
  watched = true;
  const code = `setInterval(() => { if (process.ppid !== ${process.ppid}) process.kill(process.pid, 'SIGKILL'); }, ${LOOK_EVERY_MS})`;
  const thread = new Worker(code, { eval: true, execArgv: [], env: {} });
  thread.on('error', () => {}); // without it, the cells run all the same
  thread.unref();
}
