import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { writeCsv } from '../../../src/frames/csv/write.js';
import { withColumns } from '../../../src/frames/rows.js';
import { numbers, type Table, textColumn, texts } from '../../../src/frames/table.js';
import { loadTransferTables } from '../../../src/frames/transfer-tables.js';
import { computeRun } from '../../../src/qsar/run/compute-run.js';
import { findDataLeaks } from '../../../src/qsar/run/data-leaks.js';
import { QUICK, temporaryFolders } from './quick.js';

const folders = temporaryFolders();
after(() => folders.remove());
const { source, targets } = await loadTransferTables({ synthetic: true });
const target = targets.T2;
const groups = texts(target, 'group') as string[];
const small = {
  ...QUICK,
  seeds: 1,
  arms: ['fine-tuned, all layers'],
  reference: 'fine-tuned, all layers',
  test: null,
};

/** Runs on tables of one's own. */
async function runOn(tables: { source: Table; target: Table }, more: object = {}) {
  const folder = folders.next();
  await mkdir(folder, { recursive: true });
  for (const [name, table] of Object.entries(tables))
    writeFileSync(join(folder, `${name}.csv`), writeCsv(table));
  const data = { source: ['source.csv'], targets: { T: 'target.csv' } };
  return computeRun({ ...small, targets: null, data, ...more } as never, {
    folder,
    base: folder,
    workers: 0,
  });
}

test('the real and the synthetic tables hold no leak of their own', () => {
  assert.deepEqual(findDataLeaks(target), []);
  assert.deepEqual(findDataLeaks(source), []);
});

test('the study id among the descriptors is refused', async () => {
  await assert.rejects(
    runOn({ source, target }, { descriptors: { words: ['material', 'group'] } }),
    /^RangeError: the run leaks and gives no scores: T: group as feature \(column "group" must not be a descriptor\)$/,
  );
});

test('the study id under another name is refused', async () => {
  const disguised = withColumns(target, [
    ['assay', textColumn(groups.map((name) => `kit ${name.length} ${name.slice(-2)}`))],
  ]);
  await assert.rejects(
    runOn({ source, target: disguised }),
    /T: group as feature \(column "assay" has one word for each publication, so it is the publication under another name\)/,
  );
});

test('numbers that were scaled before the split are refused', async () => {
  const zeta = numbers(target, 'zeta_mV').map((value, i) => (Number.isFinite(value) ? value : i % 40));
  const mean = zeta.reduce((sum, value) => sum + value, 0) / zeta.length;
  const deviation = Math.sqrt(zeta.reduce((sum, value) => sum + (value - mean) ** 2, 0) / zeta.length);
  const scaled = zeta.map((value) => (value - mean) / deviation);
  await assert.rejects(
    runOn({ source, target: withColumns(target, [['zeta_mV', { kind: 'number', values: scaled }]]) }),
    /T: fitted on test rows \(column "zeta_mV" has mean 0 and standard deviation 1 over all rows, so it was scaled before the split; give it in its own unit\)/,
  );
});

test('a publication that source and held-out rows share is cleared away, and refused where it is not', async () => {
  // A tenth of the source pretends to come from publications of the target.
  const own = texts(source, 'group').map((name, i) => (i % 10 === 0 ? groups[i % groups.length] : name));
  const shared = withColumns(source, [['group', textColumn(own)]]);
  const { arms } = await runOn({ source: shared, target });
  assert.equal(arms.length, 1);
  await assert.rejects(
    runOn({ source: shared, target }, { clearSource: false }),
    /^RangeError: the run leaks and gives no scores: T by publication, fine-tuned, all layers: shared group \(\d on both sides, such as "synthetic T2 study \d+"\)/,
  );
});

test('a publication that the source calls otherwise is still the same one', async () => {
  const doi = (name: string) => `10.1234/${name.toUpperCase().replaceAll(' ', '-')}`;
  const named = withColumns(target, [['group', textColumn(groups.map(doi))]]);
  const own = texts(source, 'group').map((name, i) =>
    i % 10 === 0 ? `https://doi.org/${doi(groups[i % groups.length]).toLowerCase()}` : name,
  );
  const shared = withColumns(source, [['group', textColumn(own)]]);
  const run = await runOn({ source: shared, target: named });
  assert.deepEqual(run.shared.toSorted(), [...new Set(groups.map(doi))].sort());
  await assert.rejects(
    runOn({ source: shared, target: named }, { clearSource: false }),
    /shared group \(\d on both sides/,
  );
});
