import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { type Client, startClient } from './client.js';

describe('a notebook in a folder of its own', { timeout: 120_000 }, () => {
  let client: Client;
  const directory = mkdtempSync(join(tmpdir(), 'nurdle-notebook-'));
  const write = (name: string, text: string) => writeFileSync(join(directory, name), text);
  before(async () => {
    write('other.ts', 'export const factor: number = 2;\n');
    write(
      'lib.ts',
      `import { factor } from './other.js';\nexport const twice = (v: number): number => factor * v;\n`,
    );
    write(
      'broken.ts',
      'interface Unused {\n  a: number;\n}\n\nexport function fail(): never {\n  throw new Error("deep");\n}\n',
    );
    write('table.json', '{ "rows": [1, 2] }');
    client = await startClient({ directory });
  });
  after(async () => {
    await client?.close();
    rmSync(directory, { recursive: true });
  });

  const result = async (code: string) => {
    const answer = await client.execute(code);
    assert.equal(answer.reply.status, 'ok', JSON.stringify(answer.reply));
    return answer.result;
  };

  it('imports its own TypeScript, and what that imports', async () => {
    assert.equal(await result(`import { twice } from './lib'; twice(4)`), '8');
    assert.equal(await result(`import { twice as again } from './lib.ts'; again(5)`), '10');
  });

  it('checks the types of its own modules', async () => {
    const { reply } = await client.execute(`twice('a')`);
    assert.equal(reply.ename, 'TypeScriptError');
  });

  it('sees an edited module when a cell imports it again', async () => {
    write('lib.ts', `export const twice = (v: number): string => 'now ' + 2 * v;\n`);
    assert.equal(await result(`import { twice } from './lib'; twice(4).toUpperCase()`), "'NOW 8'");
  });

  it('points at the line of a module that throws', async () => {
    const { reply } = await client.execute(`import { fail } from './broken';\n\nfail()`);
    const trace = reply.traceback.join('\n');
    assert.match(trace, /broken\.ts:6:9/);
    assert.match(trace, /In\[\d+\]\.ts:3:/);
  });

  it('imports JSON, and packages that stand beside the kernel', async () => {
    assert.equal(await result(`import table from './table.json'; table.rows.length`), '2');
    assert.equal(await result(`import { matrix } from 'nurdle'; matrix(1, 2).cols`), '2');
    assert.equal(await result(`const m = await import('./table.json'); m.default.rows`), '[ 1, 2 ]');
  });

  it('runs magics, and says which there are', async () => {
    assert.match((await client.execute('%time 1 + 1')).printed, /^Wall time: .* ms\n$/);
    assert.equal((await client.execute('!echo hello')).printed, 'hello\n');
    assert.equal((await client.execute('%%bash\nfor i in 1 2; do echo $i; done')).printed, '1\n2\n');
    assert.match((await client.execute('%who')).printed, /twice/);
    assert.match((await client.execute('!exit 3')).reply.evalue, /exit code 3/);
    assert.match(
      (await client.execute('%nonsense')).reply.evalue,
      /unknown magic %nonsense; known are %time/,
    );
  });

  it('lets type errors be warnings, and strictness be chosen', async () => {
    await client.execute('%typeErrors warn');
    const { printed, result } = await client.execute('const wrong: string = 5 as number; wrong');
    assert.match(printed, /TS2322/);
    assert.equal(result, '5');
    await client.execute('%typeErrors refuse');
    assert.equal((await client.execute('const sloppy: string = null')).reply.status, 'ok');
    await client.execute('%strict on');
    assert.equal((await client.execute('const strict: string = null')).reply.ename, 'TypeScriptError');
  });

  it('starts anew on %reset', async () => {
    await client.execute('%reset');
    assert.equal((await client.execute('twice')).reply.ename, 'TypeScriptError');
    assert.equal(await result('1 + 1'), '2');
  });

  it('shows progress as a widget, and errors in it', async () => {
    const { output } = await client.execute(
      'import { progress } from "nurdle"; let sum = 0; for (const v of progress([1, 2, 3], { description: "sum" })) sum += v; sum',
    );
    const bar = output.find(({ content }) => content.data?.state?._model_name === 'FloatProgressModel')!;
    assert.equal(bar.content.data.state.max, 3);
    const last = output.filter(({ content }) => content.comm_id === bar.content.comm_id).at(-1)!;
    assert.equal(last.content.data.state.bar_style, 'success');
  });
});

describe('history', { timeout: 60_000 }, () => {
  it('outlives a restart', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'nurdle-history-'));
    const env = { NURDLE_HISTORY: join(folder, 'history.jsonl') };
    const first = await startClient({ env });
    await first.execute('const early = 1; early');
    await first.close();
    const second = await startClient({ env });
    await second.execute('2');
    const range = { hist_access_type: 'range', session: -1, start: 1, stop: 2, output: true };
    const { reply } = await second.request('history_request', range);
    assert.deepEqual(reply.history, [[1, 1, ['const early = 1; early', '1']]]);
    await second.close();
    rmSync(folder, { recursive: true });
  });
});
