import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { type Client, startClient } from './client.js';

for (const backend of ['live', 'tslab'] as const)
  describe(`the protocol, ${backend} backend`, { timeout: 120_000 }, () => {
    let client: Client;
    before(async () => {
      client = await startClient({ backend });
    });
    after(() => client?.close());

    it('says what it is', async () => {
      const { reply } = await client.request('kernel_info_request');
      assert.equal(reply.language_info.name, 'typescript');
      assert.equal(reply.language_info.file_extension, '.ts');
      assert.equal(reply.language_info.pygments_lexer, 'typescript');
      assert.equal(reply.protocol_version, '5.4');
    });

    it('answers an execute request with input, result and reply', async () => {
      const { reply, output, result } = await client.execute('const x = 6 * 7; x');
      assert.deepEqual(
        output.map(({ header }) => header.msg_type),
        ['execute_input', 'execute_result'],
      );
      assert.equal(result, '42');
      assert.equal(reply.status, 'ok');
      assert.equal(output[0].content.execution_count, reply.execution_count);
    });

    it('counts only cells that are stored', async () => {
      const { reply: first } = await client.execute('1');
      const { reply: unstored } = await client.execute('2', { store_history: false });
      const { reply: silent, output } = await client.execute('3', { silent: true });
      const { reply: last } = await client.execute('4');
      assert.equal(unstored.execution_count, first.execution_count);
      assert.equal(silent.status, 'ok');
      assert.deepEqual(output, []);
      assert.equal(last.execution_count, first.execution_count + 1);
    });

    it('evaluates user expressions, each on its own', async () => {
      const expressions = { good: 'x + 1', bad: 'nothingLikeThat' };
      const { reply } = await client.execute('undefined', { user_expressions: expressions });
      assert.equal(reply.user_expressions.good.data['text/plain'], '43');
      assert.equal(reply.user_expressions.bad.status, 'error');
    });

    it('reports an error on iopub and in the reply', async () => {
      const { reply, output } = await client.execute('const before = 1;\nthrow new RangeError("too far")');
      const error = output.find(({ header }) => header.msg_type === 'error')!;
      assert.equal(reply.status, 'error');
      assert.equal(reply.ename, 'RangeError');
      assert.equal(reply.evalue, 'too far');
      assert.deepEqual(error.content.traceback, reply.traceback);
      assert.match(reply.traceback.join('\n'), /In\[\d+\]\.ts:2:7/);
    });

    it('aborts what waits behind an error, and runs what comes after', async () => {
      const failing = client.execute('throw new Error("first")');
      const waiting = client.execute('"not run"');
      assert.equal((await failing).reply.status, 'error');
      assert.equal((await waiting).reply.status, 'aborted');
      assert.equal((await client.execute('"run"')).result, "'run'");
    });

    it('goes on behind an error where the request says so', async () => {
      const failing = client.execute('throw new Error("first")', { stop_on_error: false });
      const waiting = client.execute('"run"');
      assert.equal((await failing).reply.status, 'error');
      assert.equal((await waiting).result, "'run'");
    });

    it('completes members with their types', async () => {
      await client.execute('const words = ["a", "b"]');
      const { reply } = await client.request('complete_request', { code: 'words.ma', cursor_pos: 8 });
      assert.ok(reply.matches.includes('map'));
      assert.deepEqual([reply.cursor_start, reply.cursor_end], [6, 8]);
      const [first] = reply.metadata._jupyter_types_experimental;
      assert.equal(first.type, 'method');
    });

    it('completes after characters outside of the basic plane', async () => {
      const { reply } = await client.request('complete_request', {
        code: '"🧪🧪"; words.ma',
        cursor_pos: 14,
      });
      assert.ok(reply.matches.includes('map'));
      assert.deepEqual([reply.cursor_start, reply.cursor_end], [12, 14]);
    });

    it('inspects with type and documentation', async () => {
      const { reply } = await client.request('inspect_request', { code: 'Math.max(1, 2)', cursor_pos: 6 });
      assert.equal(reply.found, true);
      assert.match(reply.data['text/markdown'], /max\(\.\.\.values: number\[\]\): number/);
      assert.match(reply.data['text/plain'], /larger|largest/);
      const { reply: nothing } = await client.request('inspect_request', { code: '   ', cursor_pos: 1 });
      assert.equal(nothing.found, false);
    });

    it('tells whether a cell is complete', async () => {
      const status = async (code: string) =>
        (await client.request('is_complete_request', { code })).reply.status;
      assert.equal(await status('1 + 1'), 'complete');
      assert.equal(await status('function f() {'), 'incomplete');
    });

    it('keeps history', async () => {
      await client.execute('const remembered = "yes"');
      const query = { hist_access_type: 'search', pattern: '*remembered*', output: false, raw: true, n: 5 };
      const { reply } = await client.request('history_request', query);
      assert.equal(reply.history.at(-1)[2], 'const remembered = "yes"');
      const tail = await client.request('history_request', { hist_access_type: 'tail', n: 2 });
      assert.equal(tail.reply.history.length, 2);
    });

    it('asks for input on the stdin channel', async () => {
      client.onInput = (prompt) => `answer to ${prompt}`;
      const cell = 'import { input } from "nurdle"; const given = await input("name?"); given';
      assert.equal((await client.execute(cell)).result, "'answer to name?'");
      const { reply } = await client.execute(cell, { allow_stdin: false });
      assert.match(reply.evalue, /does not support input/);
    });

    it('refuses to debug, and ignores what it does not know', async () => {
      const debug = { type: 'request', seq: 3, command: 'debugInfo', arguments: {} };
      const { reply } = await client.request('debug_request', debug, { channel: 'control' });
      assert.equal(reply.success, false);
      client.send('telepathy_request', {});
      assert.equal((await client.execute('1')).result, '1');
      assert.match(client.log(), /unknown type telepathy_request/);
    });

    it('prints to the cell that started a timer or a promise', async () => {
      const late = client.next(({ content }) => content.text === 'late\n');
      const { output } = await client.execute('setTimeout(() => console.log("late"), 60)');
      await client.execute('"in between"');
      assert.equal((await late).parent.msg_id, output[0].parent.msg_id);
    });

    it('prints uncaught errors and rejections where they began', async () => {
      const uncaught = client.next(({ content }) => /Uncaught.*boom/.test(content.text ?? ''));
      const rejected = client.next(({ content }) => /Unhandled rejection.*lost/.test(content.text ?? ''));
      const { output } = await client.execute(
        'setTimeout(() => { throw new Error("boom") }, 5); Promise.reject(new Error("lost")); undefined',
      );
      for (const message of [await uncaught, await rejected])
        assert.equal(message.parent.msg_id, output[0].parent.msg_id);
      assert.equal((await client.execute('1')).result, '1');
    });

    it('lives on after messages that are none', async () => {
      await client.sendRaw('shell', ['<IDS|MSG>', 'not a signature', '{}', '{}', '{}', '{}']);
      await client.sendRaw('shell', ['<IDS|MSG>', '00']);
      await client.sendRaw('control', [randomBytes(1 << 20)]);
      await client.sendRaw('shell', [Buffer.alloc(0)]);
      assert.equal((await client.execute('"alive"')).result, "'alive'");
      assert.match(client.log(), /signature does not match/);
      assert.match(client.log(), /no complete <IDS\|MSG> part/);
    });

    it('closes a comm whose target nobody registered', async () => {
      const closed = client.next(({ header }) => header.msg_type === 'comm_close');
      await client.request('comm_open', { comm_id: 'c1', target_name: 'nobody', data: {} });
      assert.equal((await closed).content.comm_id, 'c1');
      const { reply } = await client.request('comm_info_request', {});
      assert.deepEqual(reply.comms, {});
    });

    it('loses no line of a flood', async () => {
      const { printed } = await client.execute('for (let i = 0; i < 100_000; i++) console.log(i)');
      const lines = printed.trimEnd().split('\n');
      assert.equal(lines.length, 100_000);
      assert.ok(lines.every((line, i) => line === String(i)));
    });

    it('updates what has an id, and clears', async () => {
      const { output } = await client.execute(
        'import { display, clearOutput } from "nurdle"; const shown = display("one"); shown.update("two"); clearOutput({ wait: true })',
      );
      const types = output.map(({ header }) => header.msg_type);
      assert.deepEqual(types, ['execute_input', 'display_data', 'update_display_data', 'clear_output']);
      const [, first, second] = output;
      assert.equal(first.content.transient.display_id, second.content.transient.display_id);
    });

    it('shuts down on the control channel', async () => {
      const gone = new Promise((resolve) => client.process.once('exit', resolve));
      const { reply } = await client.request('shutdown_request', { restart: false }, { channel: 'control' });
      assert.equal(reply.restart, false);
      await gone;
    });
  });
