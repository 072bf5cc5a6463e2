// `npm run nodes`: fetches Node 20, 22 and 24 from the npm registry into .nurdle/node-<version>, so that the tests try
// the kernel on each. Optional: without them those tests are skipped.
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { npm } from './packages.mjs';
import { main } from './setup.mjs';
import { run, state } from './workspace.mjs';

await main(async () => {
  const name = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
  for (const version of [20, 22, 24]) {
    const folder = join(state, `node-${version}`);
    if (existsSync(join(folder, 'node_modules', name, 'bin'))) continue;
    mkdirSync(folder, { recursive: true });
    const options = ['--ignore-scripts', '--no-audit', '--no-fund', '--no-save', '--prefix', folder];
    await run(...npm('install', ...options, `${name}@${version}`));
    console.log(`Node ${version} is in ${folder}`);
  }
});
