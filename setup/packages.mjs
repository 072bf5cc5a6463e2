// The npm packages, exactly as the lock file has them.
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { hashOf, read, root, run, state, step } from './workspace.mjs';

export async function installPackages() {
  if (!existsSync(join(root, 'node_modules/.package-lock.json')))
    rmSync(join(state, 'stamps/packages'), { force: true });
  const key = hashOf(read(join(root, 'package-lock.json')), process.platform, process.arch);
  await step('packages', 'Installing the npm packages', key, () =>
    run(...npm('ci', '--ignore-scripts', '--no-audit', '--no-fund')),
  );
}

/** How to call npm: through the one that called us, else the one on the PATH. */
export function npm(...args) {
  const cli = process.env.npm_execpath;
  if (cli?.endsWith('.js')) return [process.execPath, [cli, ...args]];
  return [process.platform === 'win32' ? 'npm.cmd' : 'npm', args];
}
