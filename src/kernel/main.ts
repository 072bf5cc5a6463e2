import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { historyFile, openHistory } from './history.js';
import { type Kernel, startKernel } from './kernel.js';
import type { LanguageBackend } from './language/backend.js';
import { createLive } from './language/live/backend.js';
import type { TypeScript } from './language/live/internals.js';
import { createTslab } from './language/tslab/backend.js';
import { readConnection } from './protocol/connection.js';

const PARENT_CHECK_MS = 2000;

/**
 * The protocol process. Command line: `kernel.cjs [--backend live|tslab] CONNECTION_FILE`.
 * @param warm - a live backend that a snapshot brought along.
 */
export async function main(warm?: { move(directory: string): void } & LanguageBackend): Promise<Kernel> {
  const folder = dirname(process.argv[1]);
  const root = dirname(dirname(folder));
  const log = (line: string) => process.stderr.write(`[nurdle ${new Date().toISOString()}] ${line}\n`);
  // Whoever read the log may be gone; to log that would fail again, and again.
  process.stderr.on('error', () => {});
  process.on('uncaughtException', (error) => log(`internal error: ${error.stack}`));
  process.on('unhandledRejection', (error) => log(`internal error: ${(error as Error)?.stack ?? error}`));
  process.on('SIGINT', () => void kernel.executor.interrupt());
  const kernel = await startKernel({
    connection: readConnection(process.argv.at(-1)!),
    backend: () => warm ?? loadBackend(root),
    history: openHistory(historyFile()),
    childScript: join(folder, 'child.cjs'),
    root,
    version: versionOf(join(root, 'package.json')),
    languageVersion: versionOf(join(root, 'node_modules/typescript/package.json')),
    log,
  });
  process.on('SIGTERM', () => kernel.shutdown());
  endWithParent(kernel);
  return kernel;
}

function loadBackend(root: string): LanguageBackend {
  if (process.argv.includes('tslab')) return createTslab(root);
  const typescript = createRequire(join(root, 'notebook.js'))('typescript') as TypeScript;
  return createLive(typescript, { directory: process.cwd(), root });
}

const versionOf = (file: string): string => JSON.parse(readFileSync(file, 'utf8')).version;

/** A front end that vanishes without a word leaves no kernel behind. */
function endWithParent(kernel: Kernel): void {
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) kernel.shutdown();
  }, PARENT_CHECK_MS).unref();
}
