// `npm run test:fresh`: what a newcomer does. Clones the last commit into an empty folder, gives npm and pip an empty
// cache, and runs `npm test` there. `-- --keep` leaves the folder.

import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from './workspace.mjs';

const folder = mkdtempSync(join(tmpdir(), 'nurdle-fresh-'));
const clone = join(folder, 'clone');
const env = {
  ...process.env,
  npm_config_cache: join(folder, 'npm-cache'),
  PIP_CACHE_DIR: join(folder, 'pip-cache'),
  NURDLE_DATA: process.env.NURDLE_DATA ?? join(root, '../shared/data'),
};
const words = process.argv.slice(2).filter((word) => word !== '--keep');
run('git', ['clone', '--quiet', root, clone], folder);
process.exitCode = run('npm', ['test', '--', ...words], clone);
if (process.argv.includes('--keep')) console.log(`kept in ${folder}`);
else rmSync(folder, { recursive: true, force: true });

function run(command, args, cwd) {
  return spawnSync(command, args, { cwd, env, stdio: 'inherit' }).status ?? 1;
}
