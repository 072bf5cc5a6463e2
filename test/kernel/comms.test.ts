import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import type { Message } from '../../src/kernel/protocol/wire.js';
import { type Client, startClient } from './client.js';

describe('widgets over comms', { timeout: 120_000 }, () => {
  let client: Client;
  before(async () => {
    client = await startClient();
  });
  after(() => client?.close());

  const opened = (output: readonly Message[], model: string) =>
    output.find(
      ({ header, content }) => header.msg_type === 'comm_open' && content.data.state._model_name === model,
    )!;
  const sendUpdate = (
    comm_id: string,
    state: object,
    buffer_paths: unknown[] = [],
    buffers: Uint8Array[] = [],
  ) => client.request('comm_msg', { comm_id, data: { method: 'update', state, buffer_paths } }, { buffers });

  it('opens a comm for a widget, its layout and its style, and shows a view', async () => {
    const { output, result } = await client.execute(
      'import { IntSlider, Text, Widget, AnyWidget, HBox } from "nurdle"; const slider = new IntSlider({ value: 3, description: "k" }); slider',
    );
    const open = opened(output, 'IntSliderModel');
    const shown = output.at(-1)!.content.data['application/vnd.jupyter.widget-view+json'];
    assert.equal(open.content.target_name, 'jupyter.widget');
    assert.equal(open.metadata.version, '2.1.0');
    assert.match(open.content.data.state.layout, /^IPY_MODEL_/);
    assert.deepEqual(shown, { version_major: 2, version_minor: 0, model_id: open.content.comm_id });
    assert.equal(result, "IntSlider(description: 'k', min: 0, max: 100, value: 3)");
  });

  it('takes a change from the front end, echoes it, and calls the listeners', async () => {
    const { output } = await client.execute(
      'const seen: number[] = []; const s = new IntSlider(); s.onChange((v) => { seen.push(v); console.log("moved to", v) }); s',
    );
    const { comm_id } = opened(output, 'IntSliderModel').content;
    const answer = await sendUpdate(comm_id, { value: 8 });
    const echo = answer.output.find(({ header }) => header.msg_type === 'comm_msg')!;
    assert.deepEqual(echo.content.data, { method: 'echo_update', state: { value: 8 }, buffer_paths: [] });
    assert.equal(answer.printed, 'moved to 8\n');
    assert.equal((await client.execute('[s.value, seen]')).result, '[ 8, [ 8 ] ]');
  });

  it('sends a change to the front end', async () => {
    const { output } = await client.execute('s.value = 20');
    const sent = output.find(({ header }) => header.msg_type === 'comm_msg')!;
    assert.deepEqual(sent.content.data.state, { value: 20 });
  });

  it('answers while a cell awaits', async () => {
    const { output } = await client.execute('const live = new IntSlider(); live');
    const { comm_id } = opened(output, 'IntSliderModel').content;
    const cell = client.execute(
      'while (live.value < 5) await new Promise((r) => setTimeout(r, 5)); live.value',
    );
    await sendUpdate(comm_id, { value: 7 });
    assert.equal((await cell).result, '7');
  });

  it('carries bytes both ways', async () => {
    const { output } = await client.execute(
      'const any = new AnyWidget({ esm: "export default {}", state: { data: new Float64Array([1, 2, 3]) as unknown, nested: { list: [new Uint8Array([9])] } } }); any',
    );
    const open = opened(output, 'AnyModel');
    assert.deepEqual(open.content.data.buffer_paths, [['data'], ['nested', 'list', 0]]);
    assert.deepEqual([...new Float64Array(new Uint8Array(open.buffers[0]).buffer)], [1, 2, 3]);
    assert.deepEqual([...open.buffers[1]], [9]);
    await sendUpdate(
      open.content.comm_id,
      { nested: {} },
      [['data']],
      [new Uint8Array(new Float64Array([4, 5]).buffer)],
    );
    const read = 'new Float64Array((any.get("data") as Uint8Array).buffer)';
    assert.equal((await client.execute(read)).result, 'Float64Array(2) [ 4, 5 ]');
  });

  it('restores all widgets for a page that was loaded again', async () => {
    const states = client.next(({ content }) => content.data?.method === 'update_states');
    await client.request('comm_open', { comm_id: 'ctl', target_name: 'jupyter.widget.control', data: {} });
    void client.request('comm_msg', { comm_id: 'ctl', data: { method: 'request_states' } });
    const { content, buffers } = await states;
    const sliders = Object.values(content.data.states).filter(
      (entry) => (entry as { model_name: string }).model_name === 'IntSliderModel',
    ) as { state: { value: number } }[];
    assert.deepEqual(
      sliders.map(({ state }) => state.value),
      [3, 20, 7],
    );
    assert.equal(buffers.length, content.data.buffer_paths.length);
  });

  it('lists open comms, and forgets those that close', async () => {
    const { reply } = await client.request('comm_info_request', { target_name: 'jupyter.widget' });
    const before = Object.keys(reply.comms).length;
    await client.execute('slider.close()');
    const { reply: after } = await client.request('comm_info_request', { target_name: 'jupyter.widget' });
    assert.equal(Object.keys(after.comms).length, before - 1);
  });

  it('calls a button’s listener, and shows an error of a listener', async () => {
    const { output } = await client.execute(
      'import { Button } from "nurdle"; const button = new Button({ description: "go" }); button.onClick(() => { throw new Error("in the listener") }); button',
    );
    const { comm_id } = opened(output, 'ButtonModel').content;
    const click = { comm_id, data: { method: 'custom', content: { event: 'click' } } };
    const { printed } = await client.request('comm_msg', click);
    assert.match(printed, /in the listener/);
    assert.match(printed, /In\[\d+\]\.ts:1:\d+/);
  });

  it('interacts: calls with the first values, and again for a change', async () => {
    const { output } = await client.execute(
      'import { interact } from "nurdle"; interact(({ k, on }) => `k is ${k} ${on}`, { k: [0, 10], on: true }); undefined',
    );
    const shown = output.filter(({ header }) => header.msg_type === 'display_data');
    assert.ok(shown.some(({ content }) => content.data['text/plain'] === "'k is 5 true'"));
    const { comm_id } = opened(output, 'IntSliderModel').content;
    const { output: after } = await sendUpdate(comm_id, { value: 6 });
    assert.ok(after.some(({ content }) => content.data?.['text/plain'] === "'k is 6 true'"));
  });

  it('keeps its memory over 1,000 cells and 10,000 comm messages, in both processes', async () => {
    const { output } = await client.execute('const m = new IntSlider(); m');
    const { comm_id } = opened(output, 'IntSliderModel').content;
    const round = async (count: number) => {
      for (let i = 0; i < count; i++)
        await client.execute(`const v = [${i}, 2, 3].map((z) => z * 2); v.length`);
      for (let i = 0; i < count / 10; i++)
        await Promise.all(Array.from({ length: 100 }, (_, j) => sendUpdate(comm_id, { value: i + j })));
      await new Promise((resolve) => setTimeout(resolve, QUIET_MS));
      return memoryOf(client.process.pid!);
    };
    const start = await round(300);
    const end = await round(1000);
    for (const [i, name] of ['the protocol process', 'the execution process'].entries())
      assert.ok(end[i] - start[i] < 40, `memory of ${name} went from ${start[i]} to ${end[i]} MB`);
  });
});

/** After which the kernel gives memory back. */
const QUIET_MS = 3000;

/** Megabytes of a process and of its child (Linux; nothing elsewhere). */
function memoryOf(pid: number): number[] {
  if (process.platform !== 'linux') return [0, 0];
  const read = (id: number, file: string) => readFileSync(`/proc/${id}/${file}`, 'utf8');
  const [child] = read(pid, `task/${pid}/children`).trim().split(' ').map(Number);
  return [pid, child].map((id) => Number(/^Pss:\s+(\d+)/m.exec(read(id, 'smaps_rollup'))![1]) / 1000);
}
