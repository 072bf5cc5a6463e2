import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';

const folder = mkdtempSync(join(tmpdir(), 'nurdle-danfo-test-'));
after(() => rmSync(folder, { recursive: true }));

const PRELOADS = ['tensorflow-preload.cjs', 'danfo-preload.cjs'].map((name) =>
  fileURLToPath(new URL(`../../src/numeric/${name}`, import.meta.url)),
);

const PROGRAM = `
  const dfd = require('danfojs-node');
  const files = Object.keys(require.cache);
  const loaded = ['mathjs', 'xlsx', 'request'].filter((name) => files.some((file) => file.includes('/' + name + '/')));
  const frame = new dfd.DataFrame([[1, 2], [3, 5], [3, 9]], { columns: ['a', 'b'] });
  const book = ${JSON.stringify(join(folder, 'frame.xlsx'))};
  const values = [frame.describe().values, frame.groupby(['a']).mean().values, frame['a'].mode(), frame['b'].median()];
  dfd.toExcel(frame, { filePath: book });
  dfd.readExcel(book).then(({ values: read }) => console.log(JSON.stringify({ loaded, values, read })));`;

function danfo(...preloads: string[]): { loaded: string[]; values: unknown[]; read: unknown } {
  const flags = preloads.flatMap((path) => ['--require', path]);
  const { stdout, stderr } = spawnSync(process.execPath, [...flags, '-e', PROGRAM], { encoding: 'utf8' });
  assert.match(stdout, /^\{/, stderr);
  return JSON.parse(stdout);
}

test('danfo gives the same with packages that load when they are wanted', () => {
  const [early, late] = [danfo(PRELOADS[0]), danfo(...PRELOADS)];
  assert.deepEqual(early.loaded, ['mathjs', 'xlsx', 'request']);
  assert.deepEqual(late.loaded, []);
  assert.deepEqual(late.values, early.values);
  assert.equal(late.values.length, 4);
  assert.deepEqual(late.read, [
    [1, 2],
    [3, 5],
    [3, 9],
  ]);
});
