import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dataCommand } from '../../src/cli/data.js';
import { dataFolder, withRealData } from '../frames/real.js';

/** Runs the command and gives back what it printed. */
async function run(t: import('node:test').TestContext, ...args: string[]) {
  const out: string[] = [];
  const errors: string[] = [];
  t.mock.method(console, 'log', (line: string) => out.push(line));
  t.mock.method(console, 'error', (line: string) => errors.push(line));
  const code = await dataCommand(args);
  t.mock.restoreAll();
  return { code, out: out.join('\n'), errors: errors.join('\n') };
}

test('list names every data set, also as JSON', async (t) => {
  const { code, out } = await run(t, 'list', '--json');
  assert.equal(code, 0);
  const ids = (JSON.parse(out) as { id: string }[]).map(({ id }) => id);
  assert.deepEqual(ids, [
    ...['jyakhwo2024', 'labouta2019', 'michel2020', 'primpke2018', 'shirokii2022'],
    ...['synthetic-ageing', 'synthetic-cytotoxicity', 'tomex1', 'yan-mnp'],
  ]);
  assert.match((await run(t, 'list')).out, /synthetic-cytotoxicity {2}Made-up/);
});

test('describe says source, licence, columns and traps', async (t) => {
  const { code, out } = await run(t, 'describe', 'labouta2019');
  assert.equal(code, 0);
  for (const part of [
    '10.1021/acsnano.8b07562',
    'SHA-256 431527ea',
    'Diameter (nm) [nm]',
    '! "Concentration μM"',
  ])
    assert.ok(out.includes(part), part);
});

test('get finds and checks the file', withRealData, async (t) => {
  process.env['NURDLE_DATA'] = dataFolder;
  const { code, out } = await run(t, 'get', 'yan-mnp', '--json');
  assert.equal(code, 0);
  assert.equal(JSON.parse(out).from, 'folder');
});

test('an unknown data set ends with 1 and its sentence, an unknown word with 2', async (t) => {
  const unknown = await run(t, 'get', 'labuta2019');
  assert.deepEqual([unknown.code, unknown.out], [1, '']);
  assert.match(unknown.errors, /^data set "labuta2019" is not known; did you mean "labouta2019"\?/);
  assert.equal((await run(t, 'fetch', 'yan-mnp')).code, 2);
  assert.equal((await run(t, 'describe')).code, 2);
});
