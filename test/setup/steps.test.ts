import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';

const project = fileURLToPath(new URL('../../../', import.meta.url));
/** A folder with nothing but the set-up programs: what they know of the world is where they lie. */
const scratch = mkdtempSync(join(tmpdir(), 'nurdle-setup-'));
cpSync(join(project, 'setup'), join(scratch, 'setup'), { recursive: true });
after(() => rmSync(scratch, { recursive: true }));

function run(code: string, env: NodeJS.ProcessEnv = {}) {
  const file = join(scratch, 'setup', `try-${Math.trunc(performance.now() * 1000)}.mjs`);
  writeFileSync(file, code);
  const { status, stdout, stderr } = spawnSync(process.execPath, [file], {
    encoding: 'utf8',
    env: { ...process.env, ...env },
  });
  return { status, stdout, stderr };
}

const stepping = (work: string, key = 'a') =>
  run(
    `import { step } from './workspace.mjs'; console.log(await step('s', 'Working', '${key}', async () => { ${work} }));`,
  );

test('a step is done once for a key, and again for another', () => {
  assert.match(stepping('').stdout, /true/);
  assert.match(stepping('').stdout, /false/);
  assert.match(stepping('', 'b').stdout, /true/);
});

test('a step that was killed or failed is done again', () => {
  assert.equal(stepping('process.kill(process.pid, "SIGKILL")', 'c').status, null);
  assert.match(stepping('', 'c').stdout, /true/);
  assert.notEqual(stepping('throw new Error("no")', 'd').status, 0);
  assert.match(stepping('', 'c').stdout, /true/, 'the stamp of the older key is gone as well');
});

test('a program that fails is told with its last lines and the log', () => {
  const { stderr } = run(
    `import { main } from './setup.mjs'; import { run } from './workspace.mjs';
     await main(() => run(process.execPath, ['-e', 'console.error("the reason"); process.exit(3)']));`,
  );
  assert.match(stderr, /ended with exit code 3:\nthe reason\nThe whole log is in .*setup\.log\./);
  assert.doesNotMatch(stderr, /at .*\.mjs:\d+/, 'no stack trace');
  assert.match(readFileSync(join(scratch, '.nurdle/setup.log'), 'utf8'), /the reason/);
});

test('a set-up takes over from one that died, and waits for one that lives', () => {
  const lock = join(scratch, '.nurdle/setup.lock');
  mkdirSync(join(scratch, '.nurdle'), { recursive: true });
  const { pid } = spawnSync(process.execPath, ['-e', '']);
  writeFileSync(lock, String(pid));
  const take = `import { withLock } from './workspace.mjs'; await withLock(async () => console.log('mine'));`;
  assert.match(run(take).stdout, /mine/);
  const both = run(
    `import { withLock } from './workspace.mjs';
     import { spawn } from 'node:child_process';
     import { writeFileSync } from 'node:fs';
     writeFileSync(new URL('./second.mjs', import.meta.url), ${JSON.stringify(take)});
     await withLock(async () => {
       const second = spawn(process.execPath, [new URL('./second.mjs', import.meta.url).pathname], { stdio: 'inherit' });
       await new Promise((resolve) => setTimeout(resolve, 800));
       console.log('first');
     });`,
  );
  assert.match(both.stdout, /first[\s\S]*mine/);
  assert.match(both.stderr, /Another set-up is running in this folder; waiting for it\./);
});

test('a missing Python is told with what to install', () => {
  writeFileSync(join(scratch, 'requirements.txt'), '');
  const { status, stderr } = run(
    `import { main } from './setup.mjs'; import { makePython } from './python.mjs'; await main(makePython);`,
    { NURDLE_PYTHON: '/nowhere/python3' },
  );
  assert.equal(status, 1);
  assert.match(
    stderr,
    /Python 3\.11 or newer is needed for JupyterLab, but no Python was found; install it, or name one with NURDLE_PYTHON/,
  );
});

test('a wrong wish for TensorFlow is refused', () => {
  const { stderr } = run(
    `import { main } from './setup.mjs'; import { makeTensorFlowNative } from './tensorflow.mjs'; await main(makeTensorFlowNative);`,
    { NURDLE_TENSORFLOW: 'gpu' },
  );
  assert.match(stderr, /NURDLE_TENSORFLOW must be compiled, published or fallback, but is "gpu"/);
});
