import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import fc from 'fast-check';
import { harmonise } from '../../src/frames/harmonise.js';
import { NAMED_COLUMNS, usualName } from '../../src/frames/names.js';
import { reportLines } from '../../src/frames/report.js';
import { table, texts } from '../../src/frames/table.js';

test('one name for every spelling of a thing', () => {
  for (const [column, name, ...spellings] of [
    ['material', 'CuO', 'Copper Oxide', 'CUO', 'copper oxide '],
    ['material', 'PS', 'PS ', 'polystyrene'],
    ['cell', 'BEAS-2B', 'BEAS\u00ad2B', 'beas2b.cells', 'Beas 2B'],
    ['cell', 'RAW 264.7', 'RAW264.7', 'raw2647.cells'],
    ['assay', 'Alamar Blue', 'alamarBlue™', 'Alamar-Blue', 'Invitrogen alamarBlue'],
    ['surface', 'NH2', 'Amino-modified', 'amine'],
    ['surface', 'none', '0', 'Unmodified', 'bare'],
  ] as const)
    for (const spelling of spellings) assert.equal(usualName(column, spelling), name);
});

test('things that may differ stay apart, and unknown words stay as they are', () => {
  assert.equal(usualName('cell', 'HEK'), 'HEK');
  assert.equal(usualName('cell', 'J774'), 'J774');
  assert.equal(usualName('material', 'Iron oxide'), 'Iron oxide');
  assert.equal(usualName('cell', 'CD4+T cells'), 'CD4+T cells');
  assert.equal(usualName('surface', 'Star anise'), 'Star anise');
});

test('a usual name is its own usual name, and no spelling belongs to two', () => {
  for (const column of NAMED_COLUMNS.slice(1)) {
    const file = new URL(`../../../data/names/${column}.json`, import.meta.url);
    const { names } = JSON.parse(readFileSync(file, 'utf8')) as { names: Record<string, string[]> };
    for (const [name, aliases] of Object.entries(names))
      for (const spelling of [name, ...aliases]) assert.equal(usualName(column, spelling), name, spelling);
  }
});

test('naming twice changes nothing more', () => {
  fc.assert(
    fc.property(fc.constantFrom(...NAMED_COLUMNS), fc.string(), (column, word) => {
      const once = usualName(column, word);
      return usualName(column, once) === once;
    }),
  );
});

test('every change of a word is in the report, invisible marks as their codes', () => {
  const raw = table({
    m: ['PS ', 'PS', 'Copper Oxide'],
    c: ['Caco\u00ad2', 'a549.cells', 'A549'],
    s: [null, 'Unmodified', 'COOH'],
    v: [90, 20, 30],
  });
  const mapping = {
    material: 'm',
    cell: 'c',
    surface: { column: 's', whenEmpty: 'none' },
    viability_pct: 'v',
  };
  const { table: out, report } = harmonise(raw, { mapping });
  assert.deepEqual(texts(out, 'cell'), ['Caco-2', 'A549', 'A549']);
  assert.deepEqual(report.renamed, [
    { column: 'material', from: 'PS ', to: 'PS', rows: 1 },
    { column: 'material', from: 'Copper Oxide', to: 'CuO', rows: 1 },
    { column: 'surface', from: '', to: 'none', rows: 1 },
    { column: 'surface', from: 'Unmodified', to: 'none', rows: 1 },
    { column: 'cell', from: 'Caco\u00ad2', to: 'Caco-2', rows: 1 },
    { column: 'cell', from: 'a549.cells', to: 'A549', rows: 1 },
  ]);
  assert.ok(reportLines(report).includes('cell: "Caco\\u00ad2" → "Caco-2" (1), "a549.cells" → "A549" (1)'));
});

test('rows outside the wanted words are dropped and counted; none left is refused', () => {
  const raw = table({ kind: ['vitro', 'vivo', 'vitro '], effect: ['Y', 'N', 'N'] });
  const options = { mapping: { toxic: 'effect' }, labelMeaning: 'significant effect', name: 'mine' };
  const { report } = harmonise(raw, { ...options, only: { kind: 'vitro' } });
  assert.deepEqual(report.dropped, [{ reason: 'kind is not vitro', rows: 1 }]);
  assert.deepEqual([report.rowsRead, report.rowsKept], [3, 2]);
  assert.equal(
    reportLines(report)[0],
    'mine: 3 rows read, 2 kept, 1 toxic (column "effect": significant effect, not a viability threshold)',
  );
  assert.throws(() => harmonise(raw, { ...options, only: { kind: 'other' } }), {
    name: 'RangeError',
    message: 'mine has no row in which {"kind":"other"} holds',
  });
});
