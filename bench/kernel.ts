/**
 * `npm run bench:kernel -- [--repeats N]`: our kernel beside ipykernel and tslab, taken in turns in one run. Medians;
 * a busy machine is busy for all of them.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Client, type ClientOptions, startClient } from '../test/kernel/client.js';
import { jupyter } from '../test/kernel/environment.js';

const { values: flags } = parseArgs({ options: { repeats: { type: 'string', default: '5' } } });
const repeats = Number(flags.repeats);
const require = createRequire(import.meta.url);
const tslab = join(dirname(require.resolve('tslab/package.json')), 'bin/tslab');

interface Peer {
  start: ClientOptions;
  /** Cells in the peer's language, by row; a row without a cell is not asked. */
  trivial: (i: number) => string;
  imports?: string;
  add?: (i: number) => string;
  nurdle?: string;
}

const IMPORTS = `import * as aq from 'arquero'; import * as dfd from 'danfojs-node'; import * as tf from '@tensorflow/tfjs-node'; const t = tf.tensor([1, 2]);`;
const typescript = {
  trivial: (i: number) => `${i} + 1`,
  imports: IMPORTS,
  add: (i: number) => `tf.add(t, ${i}).shape`,
};

const peers: Record<string, Peer> = {
  ours: { start: {}, ...typescript, nurdle: `import { matrix } from 'nurdle'; matrix(2, 2)` },
  tslab: {
    start: {
      command: [process.execPath, tslab, 'kernel', '--config-path={connection_file}'],
      directory: process.cwd(),
    },
    ...typescript,
  },
  ipykernel: {
    start: { command: [jupyter.python, '-m', 'ipykernel_launcher', '-f', '{connection_file}'] },
    trivial: (i) => `${i} + 1`,
  },
};

const rows: Record<string, Record<string, number[]>> = {};
for (let repeat = 0; repeat < repeats; repeat++)
  for (const [name, peer] of Object.entries(peers)) await measure(name, peer);
for (const [row, byPeer] of Object.entries(rows)) print(row, byPeer);

async function measure(name: string, peer: Peer): Promise<void> {
  const note = (row: string, value: number) => ((rows[row] ??= {})[name] ??= []).push(value);
  const begin = performance.now();
  const client = await startClient(peer.start);
  note('start to ready, ms', performance.now() - begin);
  await client.execute(peer.trivial(0));
  note('start to first result, ms', performance.now() - begin);
  note('warm trivial cell, ms', await median(50, (i) => client.execute(peer.trivial(i))));
  await wait(500);
  note('memory when idle, MB (PSS of all processes)', memoryOf(client.process.pid!));
  if (peer.nurdle)
    note('first cell that imports nurdle, ms', await timed(() => client.execute(peer.nurdle!)));
  if (name === 'ours') await measureOwn(client, note);
  if (peer.imports) {
    note(
      'one cold cell importing arquero, danfo and tfjs, ms',
      await timed(() => client.execute(peer.imports!)),
    );
    note('trivial cell with the three in use, ms', await median(30, (i) => client.execute(peer.trivial(i))));
    note('tf.add cell, ms', await median(30, (i) => client.execute(peer.add!(i))));
    note('memory with the three, MB', memoryOf(client.process.pid!));
  }
  await client.close();
}

/** What the peers have no counterpart for. */
async function measureOwn(client: Client, note: (row: string, value: number) => void): Promise<void> {
  await client.execute('const words = ["a"]');
  const at = (code: string) => ({ code, cursor_pos: code.length });
  note('completion, ms', await median(20, () => client.request('complete_request', at('words.ma'))));
  note('inspection, ms', await median(20, () => client.request('inspect_request', at('words.map'))));
  const { output } = await client.execute(
    `import { AnyWidget } from 'nurdle'; const w = new AnyWidget({ esm: '', state: { v: 0 as unknown } }); w`,
  );
  const { comm_id } = output.findLast(({ header }) => header.msg_type === 'comm_open')!.content;
  const update = (state: object, paths: string[][] = [], buffers: Uint8Array[] = []) =>
    client.request(
      'comm_msg',
      { comm_id, data: { method: 'update', state, buffer_paths: paths } },
      { buffers },
    );
  note('comm round trip, ms', await median(50, (v) => update({ v })));
  const bytes = new Uint8Array(10e6);
  note('10 MB there and back, ms', await median(5, () => update({}, [['v']], [bytes])));
  for (const [loop, code] of Object.entries({
    synchronous: 'for (;;) {}',
    'after an await': 'await null; for (;;) {}',
  })) {
    const cell = client.execute(code);
    await wait(100);
    const interrupt = async () => {
      client.send('interrupt_request', {}, { channel: 'control' });
      await cell;
    };
    note(`interrupt of a loop, ${loop}, ms`, await timed(interrupt));
  }
}

async function median(count: number, f: (i: number) => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let i = 0; i < count; i++) times.push(await timed(() => f(i)));
  return middle(times);
}

async function timed(f: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await f();
  return performance.now() - start;
}

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

function middle(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1];
}

/** Proportional set size of a process and all its descendants (Linux). */
function memoryOf(pid: number): number {
  const read = (file: string) => readFileSync(`/proc/${pid}/${file}`, 'utf8');
  const kilobytes = Number(/^Pss:\s+(\d+)/m.exec(read('smaps_rollup'))![1]);
  const children = read(`task/${pid}/children`).trim().split(' ').filter(Boolean);
  return children.reduce((sum, child) => sum + memoryOf(Number(child)), kilobytes / 1000);
}

function print(row: string, byPeer: Record<string, number[]>): void {
  const cells = Object.entries(byPeer).map(([peer, values]) => `${peer} ${format(middle(values))}`);
  console.log(`${row.padEnd(56)} ${cells.join('   ')}`);
}

function format(value: number): string {
  return value < 100 ? value.toPrecision(2) : value.toFixed(0);
}
