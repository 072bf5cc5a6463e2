import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { packageRoot } from '../../src/kernel/install/root.js';
import { jupyter, temporaryPrefix } from './environment.js';

describe('jupyter_kernel_test, Jupyter’s own suite', { skip: jupyter.skip, timeout: 120_000 }, () => {
  for (const kernel of ['nurdle', 'nurdle-tslab'])
    it(`passes for ${kernel}`, () => {
      const prefix = temporaryPrefix();
      const script = join(packageRoot(), 'test/kernel/kernel_suite.py');
      const { status, stderr } = spawnSync(jupyter.python, [script, kernel], {
        env: prefix.env,
        encoding: 'utf8',
      });
      prefix.remove();
      assert.equal(status, 0, stderr);
      assert.match(stderr, /Ran \d{2} tests/);
    });
});
