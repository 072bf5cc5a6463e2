import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { type Client, startClient } from './client.js';

/** Loops of every kind that a cell can hang in: the statement, and whether it can be stopped in JavaScript. */
const LOOPS: Record<string, string> = {
  'a synchronous loop': 'for (;;) {}',
  'a synchronous loop after an await': 'await null; for (;;) {}',
  'a loop in a timer':
    'setTimeout(() => { for (;;) {} }, 5); await new Promise((r) => setTimeout(r, 300_000))',
  'a promise that never settles': 'await new Promise(() => {})',
  'a loop of awaits': 'for (;;) await new Promise((r) => setTimeout(r, 5))',
  'a loop of microtasks': 'const spin = (): Promise<void> => Promise.resolve().then(spin); await spin()',
  'a loop in a callback of the file system': `require('fs').readFile(__filename_, () => { for (;;) {} }); await new Promise(() => {})`,
};

/** Long enough for a cell to be at its loop, on a busy machine too. */
const STARTED_MS = 1000;

/** Hundredths of a second that a process has run, from the fields after its name (Linux). */
function processorTicks(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
  return Number(fields[11]) + Number(fields[12]);
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

describe('interrupting a cell', { timeout: 120_000 }, () => {
  let client: Client;
  before(async () => {
    client = await startClient();
    await client.execute(`const kept = 42; const __filename_ = '/etc/hostname'`);
  });
  after(() => client?.close());

  for (const [name, code] of Object.entries(LOOPS))
    it(`stops ${name} and keeps the variables`, async () => {
      const running = client.execute(code);
      await pause(STARTED_MS);
      await client.request('interrupt_request', {}, { channel: 'control' });
      const { reply } = await running;
      assert.equal(reply.status, 'error');
      assert.equal(reply.ename, 'Interrupted');
      assert.equal((await client.execute('kept')).result, '42');
    });

  it('ends an async loop for good: nothing more is printed', async () => {
    const running = client.execute(
      'for (let i = 0; ; i++) { await new Promise((r) => setTimeout(r, 20)); console.log(i) }',
    );
    await pause(STARTED_MS);
    await client.request('interrupt_request', {}, { channel: 'control' });
    const { printed } = await running;
    let later = '';
    void client.next(({ content }) => Boolean((later += content.text ?? '')) && false);
    await pause(STARTED_MS);
    assert.match(printed, /0\n1\n/);
    assert.equal(later, '');
  });

  it('trips the signal that long computations watch', async () => {
    const watching = client.next(({ content }) => content.text === 'watching\n');
    const running = client.execute(
      'import { interruptSignal } from "nurdle"; const s = interruptSignal(); s.addEventListener("abort", () => console.log("told")); console.log("watching"); await new Promise(() => {})',
    );
    await watching;
    await client.request('interrupt_request', {}, { channel: 'control' });
    await running;
    assert.equal((await client.execute('s.aborted')).result, 'true');
  });

  it('does nothing to an idle kernel', async () => {
    await client.request('interrupt_request', {}, { channel: 'control' });
    assert.equal((await client.execute('kept')).result, '42');
  });

  it('aborts the cells that wait behind', async () => {
    const running = client.execute('for (;;) {}');
    const waiting = client.execute('1');
    await pause(100);
    await client.request('interrupt_request', {}, { channel: 'control' });
    assert.equal((await running).reply.ename, 'Interrupted');
    assert.equal((await waiting).reply.status, 'aborted');
  });
});

describe('an execution process that ends', { timeout: 120_000 }, () => {
  let client: Client;
  before(async () => {
    client = await startClient();
  });
  after(() => client?.close());

  const ends: Record<string, RegExp> = {
    'console.log("last words"); process.exit(3)': /exited with code 3.*These names are gone: precious/s,
    'process.abort()': /ended by SIGABRT/,
    'process.kill(process.pid, "SIGKILL")': /ended by SIGKILL/,
    'await new Promise((r) => setTimeout(r, 20)); process.exit(0)': /exited with code 0/,
  };
  for (const [code, says] of Object.entries(ends))
    it(`is reported in the cell and replaced: ${code}`, async () => {
      await client.execute('const precious = 1');
      const { reply, printed } = await client.execute(code);
      assert.equal(reply.ename, 'ExecutionEnded');
      assert.match(reply.evalue, says);
      if (code.includes('last words')) assert.equal(printed, 'last words\n');
      assert.equal((await client.execute('precious')).reply.ename, 'TypeScriptError');
      assert.equal((await client.execute('const again = 2; again')).result, '2');
    });

  it('takes no request with it that never ran', async () => {
    void client.execute('process.exit(1)', { stop_on_error: false });
    assert.equal((await client.execute('"still here"')).result, "'still here'");
  });
});

const isAlive = (pid: number) => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

it('ends an endless loop when the kernel itself is killed', { timeout: 60_000 }, async () => {
  const client = await startClient();
  const pid = Number((await client.execute('process.pid')).result);
  client.send('execute_request', { code: 'for (;;) {}', silent: false, allow_stdin: false });
  await pause(STARTED_MS);
  assert.ok(isAlive(pid));
  client.process.kill('SIGKILL');
  for (let i = 0; i < 50 && isAlive(pid); i++) await pause(100);
  const survived = isAlive(pid);
  if (survived) process.kill(pid, 'SIGKILL');
  assert.equal(survived, false);
  await client.close();
});

describe('a log that nobody reads any more', { timeout: 60_000 }, () => {
  it('does not keep the kernel busy with logging that it cannot log', {
    skip: process.platform !== 'linux',
  }, async () => {
    const client = await startClient();
    after(() => client.close());
    await client.execute('1');
    client.process.stderr!.destroy();
    await client.sendRaw('shell', ['garbage', 'that', 'is', 'logged']);
    const busy = async () => {
      await client.execute('1');
      return processorTicks(client.process.pid!);
    };
    const before = await busy();
    await pause(2000);
    assert.ok((await busy()) - before < 100, 'it took more than half of the time of a core');
  });
});
