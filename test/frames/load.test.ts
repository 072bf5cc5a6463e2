import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { cardNamed } from '../../src/frames/cards.js';
import { loadOrSynthetic } from '../../src/frames/fallback.js';
import { harmonise } from '../../src/frames/harmonise.js';
import { loadTable } from '../../src/frames/load.js';
import { readTable } from '../../src/frames/read.js';
import { columnNames, numbers, type Table, texts } from '../../src/frames/table.js';
import { yanTargets } from '../../src/frames/targets.js';
import { reference } from '../reference/read.js';
import { dataFolder, withRealData } from './real.js';

const folder = mkdtempSync(join(tmpdir(), 'nurdle-load-'));
after(() => rmSync(folder, { recursive: true }));
const pandas = reference<Record<string, Record<string, Summary>>>('tables');
const offline = { dataFolder, cacheFolder: folder, offline: true };

interface Summary {
  rows: number;
  toxic: number;
  groups: number;
  size_nm: { filled: number; mean: number };
  dose_ug_mL: { filled: number; mean: number };
  zeta_mV: { filled: number; mean: number };
}

function check(table: Table, expected: Summary): void {
  assert.equal(table.rows, expected.rows);
  assert.equal(sum(numbers(table, 'toxic')), expected.toxic);
  assert.equal(new Set(texts(table, 'group')).size, expected.groups);
  for (const name of ['size_nm', 'dose_ug_mL', 'zeta_mV'] as const) {
    const filled = numbers(table, name).filter((value) => !Number.isNaN(value));
    const { filled: count, mean } = expected[name];
    assert.equal(filled.length, count, name);
    if (count > 0) assert.ok(Math.abs(sum(filled) / count / mean - 1) < 1e-12, `mean of ${name}`);
  }
}

const sum = (values: Float64Array): number => values.reduce((a, b) => a + b, 0);

test(
  'Labouta, Jyakhwo and Yan have the rows, labels, groups and means that pandas gives',
  withRealData,
  async () => {
    for (const id of ['labouta2019', 'jyakhwo2024'])
      check((await loadTable(id, offline)).table, pandas[id] as unknown as Summary);
    const { table } = await loadTable('yan-mnp', offline);
    check(table, pandas['yan-mnp'].all);
    const targets = yanTargets(table);
    for (const name of ['T1', 'T2', 'T3'] as const) check(targets[name], pandas['yan-mnp'][name]);
  },
);

test("Labouta's report counts the doses that cannot be true", withRealData, async () => {
  const { report, sha256, synthetic, notice } = await loadTable('labouta2019', offline);
  assert.deepEqual(report.dropped, [
    { reason: 'dose outside 0.001 to 5000 µg/mL, so its unit cannot be what the header says', rows: 344 },
  ]);
  assert.equal(report.rowsRead, 2896);
  assert.equal(report.duplicates, 2);
  assert.deepEqual(report.converted, [
    { column: 'dose_ug_mL', from: 'µmol particles/L', to: 'µg/mL', rows: 2896 },
  ]);
  assert.equal(sha256, cardNamed('labouta2019').file!.sha256);
  assert.deepEqual([synthetic, notice], [false, null]);
});

test("Labouta's workbook and the CSV exported from it give the same table", withRealData, async () => {
  const { mapping, plausibleDose } = cardNamed('labouta2019');
  const raw = await readTable(join(dataFolder!, 'labouta2019-np-cytotoxicity/labouta2019.csv'));
  const fromCsv = harmonise(raw, { mapping: mapping!, plausibleDose });
  const fromXlsx = await loadTable('labouta2019', offline);
  assert.deepEqual(fromCsv.table, fromXlsx.table);
});

test(
  'no word of a real table keeps a soft hyphen, a no-break blank or a blank at its ends',
  withRealData,
  async () => {
    for (const id of ['labouta2019', 'jyakhwo2024', 'yan-mnp'])
      for (const name of ['material', 'surface', 'cell', 'assay', 'group'])
        for (const word of new Set(texts((await loadTable(id, offline)).table, name)))
          assert.doesNotMatch(word ?? '', /[\u00ad\u00a0]|^\s|\s$/);
  },
);

test('the threshold moves the label: 7.8 % of Yan is below 50 %', withRealData, async () => {
  const { report } = await loadTable('yan-mnp', { ...offline, toxicBelow: 50 });
  assert.equal(report.toxicRows, 166);
});

const own = 'polymer,d,conc,t,alive\nPS,0.05,2,1,95\nPS,0.05,200,1,40\nPE,1,,2,101\n';
const mapping = {
  material: 'polymer',
  size_nm: { column: 'd', unit: 'µm' },
  dose_ug_mL: { column: 'conc', unit: 'mg/mL' },
  time_h: { column: 't', unit: 'd' },
  viability_pct: 'alive',
};

function checkOwn(table: Table): void {
  assert.deepEqual(texts(table, 'material'), ['PS', 'PS', 'PE']);
  assert.deepEqual(texts(table, 'class'), ['plastic', 'plastic', 'plastic']);
  assert.deepEqual([...numbers(table, 'size_nm')], [50, 50, 1000]);
  assert.deepEqual([...numbers(table, 'dose_ug_mL')], [2000, 200_000, Number.NaN]);
  assert.deepEqual([...numbers(table, 'time_h')], [24, 24, 48]);
  assert.deepEqual([...numbers(table, 'toxic')], [0, 1, 0]);
}

test("a user's CSV loads with a mapping and units", async () => {
  const path = join(folder, 'own.csv');
  writeFileSync(path, own);
  const { table, report, card } = await loadTable(path, { mapping });
  checkOwn(table);
  assert.equal(card, null);
  assert.deepEqual(report.converted[0], { column: 'size_nm', from: 'µm', to: 'nm', rows: 3 });
  assert.equal(report.missing.dose_ug_mL, 1);
});

test("a user's workbook loads the same", async () => {
  const xlsx = createRequire(import.meta.url)('@e965/xlsx') as typeof import('@e965/xlsx');
  const rows = own
    .trim()
    .split('\n')
    .map((line) =>
      line.split(',').map((cell) => (cell && !Number.isNaN(Number(cell)) ? Number(cell) : cell)),
    );
  const book = xlsx.utils.book_new(xlsx.utils.aoa_to_sheet(rows), 'tests');
  const path = join(folder, 'own.xlsx');
  writeFileSync(path, xlsx.write(book, { type: 'buffer', bookType: 'xlsx' }) as Buffer);
  checkOwn((await loadTable(path, { mapping, sheet: 'tests' })).table);
  await assert.rejects(loadTable(path, { mapping, sheet: 'test' }), {
    message: 'own.xlsx: no sheet "test"; there are "tests"',
  });
});

test("a user's Parquet file loads the same", async () => {
  const bytes = parquetWriteBuffer({
    columnData: [
      { name: 'polymer', data: ['PS', 'PS', 'PE'], type: 'STRING' },
      { name: 'd', data: [0.05, 0.05, 1], type: 'DOUBLE' },
      { name: 'conc', data: [2, 200, null], type: 'DOUBLE', nullable: true },
      { name: 't', data: [1, 1, 2], type: 'INT32' },
      { name: 'alive', data: [95, 40, 101], type: 'DOUBLE' },
    ],
  });
  const path = join(folder, 'own.parquet');
  writeFileSync(path, Buffer.from(bytes));
  checkOwn((await loadTable(path, { mapping })).table);
});

test('a file whose columns are named like the schema needs no mapping', async () => {
  const path = join(folder, 'schema.csv');
  writeFileSync(path, 'Material,size_nm,viability_pct,group\nPS,50,20,a\nPS,60,99,b\n');
  const { table } = await loadTable(path);
  assert.deepEqual(texts(table, 'group'), ['a', 'b']);
  assert.deepEqual([...numbers(table, 'size_nm')], [50, 60]);
});

test('labels that a file has already are taken: Y and N', async () => {
  const path = join(folder, 'effect.csv');
  writeFileSync(path, 'material,effect\nPS,Y\nPS,N\n');
  const { table } = await loadTable(path, { mapping: { material: 'material', toxic: 'effect' } });
  assert.deepEqual([...numbers(table, 'toxic')], [1, 0]);
});

test('a frame has the schema, and the same values', async () => {
  const loaded = await loadTable('synthetic-cytotoxicity', { part: 'T1' });
  assert.deepEqual(loaded.frame.columns, columnNames(loaded.table));
  assert.deepEqual(loaded.frame.shape, [60, 12]);
  assert.deepEqual(loaded.frame['size_nm'].values, [...numbers(loaded.table, 'size_nm')]);
  assert.equal(loaded.frame, loaded.frame);
});

test('a table that cannot be had is replaced by the synthetic one, which says so', async () => {
  const empty = { dataFolder: folder, cacheFolder: folder, offline: true };
  const stand = await loadOrSynthetic('yan-mnp', { ...empty, part: 'T1' });
  assert.equal(stand.synthetic, true);
  assert.equal(stand.table.rows, 60);
  assert.equal(
    stand.notice,
    'Synthetic data, not measured: data set "yan-mnp" is not at hand and may not be downloaded; ' +
      'put mnp_database_raw.xlsx into the folder yan-mnp-cytotoxicity under NURDLE_DATA, or work with synthetic-cytotoxicity',
  );
});

test('importing nurdle and loading a table loads neither danfo nor TensorFlow', () => {
  const index = fileURLToPath(new URL('../../src/index.js', import.meta.url));
  const program = `const m = await import(${JSON.stringify(index)});
    const t = await m.loadTable('synthetic-cytotoxicity', { part: 'T1' });
    const { createRequire } = await import('node:module');
    const loaded = Object.keys(createRequire(${JSON.stringify(index)}).cache);
    console.log(t.table.rows, loaded.filter((f) => /danfo|tensorflow/.test(f)).length);`;
  const out = execFileSync(process.execPath, ['--input-type=module', '-e', program], { encoding: 'utf8' });
  assert.equal(out.trim(), '60 0');
});

test('Shirokii and ToMEx have the rows that their sources state', withRealData, async () => {
  const shirokii = await loadTable('shirokii2022', {
    ...offline,
    plausibleDose: [0, Number.POSITIVE_INFINITY],
  });
  assert.deepEqual([shirokii.report.rowsRead, shirokii.table.rows], [3087, 3087]);
  assert.equal(new Set(texts(shirokii.table, 'group')).size, 203);
  const { report, table } = await loadTable('tomex1', offline);
  assert.deepEqual([report.rowsRead, report.rowsKept, report.toxicRows], [3904, 466, 143]);
  assert.equal(new Set(texts(table, 'group')).size, 23);
  assert.deepEqual(report.label, {
    kind: 'given',
    column: 'effect',
    meaning: 'statistically significant effect against control',
  });
  assert.equal(table.rows - report.missing.dose_ug_mL, 407);
});
