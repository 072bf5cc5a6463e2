import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const program = fileURLToPath(new URL('./bits-program.js', import.meta.url));

/** Made on Node 20.20 by `node dist/test/models/bits-program.js`; any other machine must print the same. */
const BITS = '31016096867419bb4d8f05767101534c2daa27a753beeee8f9ee10699c070bd9';

const bitsOf = (node: string): string => spawnSync(node, [program], { encoding: 'utf8' }).stdout.trim();

test('training and prediction give the same bits on every machine', () => {
  assert.equal(bitsOf(process.execPath), BITS);
});

for (const major of [20, 22, 24])
  test(`training and prediction give the same bits on Node ${major}`, (t) => {
    const node = nodeOf(major);
    if (!node) return t.skip(`no binary of Node ${major} for this machine could be installed`);
    assert.ok(spawnSync(node, ['--version'], { encoding: 'utf8' }).stdout.startsWith(`v${major}.`));
    assert.equal(bitsOf(node), BITS);
  });

/** Node of a major version, from the packages that npm's `node` is made of; kept in .nurdle/. */
function nodeOf(major: number): string | undefined {
  const name = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
  const folder = join(root, `.nurdle/node-${major}`);
  const node = join(folder, 'node_modules', name, 'bin/node');
  if (!existsSync(node)) {
    const options = ['--no-save', '--ignore-scripts', '--no-audit', '--no-fund'];
    spawnSync('npm', ['install', '--prefix', folder, ...options, `${name}@${major}`], { timeout: 60_000 });
  }
  return existsSync(node) ? node : undefined;
}
