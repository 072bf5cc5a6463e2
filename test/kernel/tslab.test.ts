import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { type Client, startClient } from './client.js';

describe('the tslab kernel', { timeout: 120_000 }, () => {
  let client: Client;
  before(async () => {
    client = await startClient({ backend: 'tslab' });
  });
  after(() => client?.close());

  it('knows display, clearOutput and input without an import', async () => {
    const { output } = await client.execute('const a = 1; display("shown"); clearOutput(); a');
    assert.deepEqual(
      output.map(({ header }) => header.msg_type),
      ['execute_input', 'display_data', 'clear_output', 'execute_result'],
    );
    assert.equal((await client.execute('%who')).printed, 'a\n');
  });

  it('refuses the option magics with what to do', async () => {
    const says = async (code: string) => (await client.execute(code)).reply.evalue;
    assert.equal(
      await says('%strict on'),
      'the tslab kernel has no option strict; use the kernel "TypeScript (nurdle)"',
    );
    assert.equal(
      await says('%typeErrors warn'),
      'the tslab kernel refuses every type error; use the kernel "TypeScript (nurdle)"',
    );
  });
});

describe('tslab’s cells that are no cells', { timeout: 120_000 }, () => {
  for (const backend of ['live', 'tslab'] as const)
    it(`are refused with what to write instead, ${backend} backend`, async () => {
      const client = await startClient({ backend });
      const module = await client.execute('/** @module foo */\nexport const x = 1');
      assert.equal(
        module.reply.evalue,
        "@module cells of tslab are not run by this kernel: write the code into ./foo.ts beside the notebook and import it from './foo'; an edited file is read again",
      );
      assert.match(module.reply.traceback.join('\n'), /In\[1\]\.ts:1:5 - /);
      const browser = await client.execute('/** @browser */\ndocument.title');
      assert.equal(
        browser.reply.evalue,
        "@browser cells of tslab are not run by this kernel: give the code to new AnyWidget({ esm }) from 'nurdle', which runs it in the page",
      );
      assert.equal((await client.execute('/** module of two */ 2')).result, '2');
      await client.close();
    });
});
