import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

test('two processes train to the same bits', () => {
  const program = fileURLToPath(new URL('./bits-program.js', import.meta.url));
  const env = { ...process.env, NURDLE_DETERMINISTIC: '1' };
  const [first, second] = [1, 2].map(() => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [program], { encoding: 'utf8', env });
    assert.equal(status, 0, stderr);
    return stdout;
  });
  assert.match(first, /^graph [0-9a-f]{64}\n$/);
  assert.equal(first, second);
});
