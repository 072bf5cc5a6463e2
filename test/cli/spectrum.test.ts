import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { spectrumCommand } from '../../src/cli/spectrum.js';
import { csvFile, jcampFile } from '../spectra/readers/samples.js';

const folder = mkdtempSync(join(tmpdir(), 'nurdle-spectrum-'));
after(() => rmSync(folder, { recursive: true }));
mkdirSync(join(folder, 'inner'));
const good = join(folder, 'a.jdx');
const bad = join(folder, 'inner', 'b.jdx');
writeFileSync(good, jcampFile());
writeFileSync(join(folder, 'inner', 'c.csv'), csvFile());
writeFileSync(bad, jcampFile({ 'DATA TYPE': 'NMR SPECTRUM' }));

/** Runs the command and gives back what it printed. */
async function run(t: import('node:test').TestContext, ...args: string[]) {
  const out: string[] = [];
  const errors: string[] = [];
  t.mock.method(console, 'log', (line: string) => out.push(line));
  t.mock.method(console, 'error', (line: string) => errors.push(line));
  const code = await spectrumCommand(args);
  t.mock.restoreAll();
  return { code, out: out.join('\n'), errors: errors.join('\n') };
}

test('it prints every spectrum in numbers, first and last in the order of the file', async (t) => {
  const { code, out, errors } = await run(t, good, '--json');
  assert.deepEqual([code, errors], [0, '']);
  assert.deepEqual(JSON.parse(out), [
    {
      ...{ file: good, format: 'JCAMP-DX', title: 'PE', points: 5 },
      ...{ firstX: 4000, lastX: 3960, minX: 3960, maxX: 4000, firstY: 0.1, lastY: 0.75, minY: 0.1, maxY: 1 },
      ...{ xUnit: 'cm-1', yUnit: 'absorbance', technique: 'FT-IR' },
      ...{ blocks: 1, blockNames: ['INFRARED SPECTRUM'], warnings: [] },
    },
  ]);
});

test('a folder is read to its depth; a refused file ends with 1 and its sentence and byte', async (t) => {
  const { code, out, errors } = await run(t, folder, '--json');
  assert.equal(code, 1);
  const entries = JSON.parse(out) as { file: string; error?: string }[];
  assert.deepEqual(
    entries.map(({ file, error }) => [file.slice(folder.length + 1), error !== undefined]),
    [
      ['a.jdx', false],
      ['inner/b.jdx', true],
      ['inner/c.csv', false],
    ],
  );
  assert.deepEqual(JSON.parse(errors), {
    file: bad,
    error:
      'block "PE" is an NMR measurement (NMR SPECTRUM); infrared, Raman and UV/Vis spectra are read (byte 0)',
    offset: 0,
  });
});

test('without --json it prints two lines a spectrum; a missing file and a wrong option say so', async (t) => {
  const { out } = await run(t, good);
  assert.match(out, /a\.jdx: PE \(JCAMP-DX, FT-IR\)\n {2}5 points, 4000 to 3960 cm-1, 0\.1 to 1 absorbance$/);
  const missing = await run(t, join(folder, 'none.jdx'), '--json');
  assert.deepEqual([missing.code, JSON.parse(missing.errors).offset], [1, null]);
  assert.equal((await run(t)).code, 2);
  assert.equal((await run(t, good, '--xml')).code, 2);
});
