import assert from 'node:assert/strict';
import { test } from 'node:test';
import { duplicateRows, rowsInBoth } from '../../src/frames/duplicates.js';
import { loadTable } from '../../src/frames/load.js';
import { table } from '../../src/frames/table.js';
import { dataFolder, withRealData } from './real.js';

const a = table({ m: ['PS', 'PS', 'PE', 'PS'], d: [0.1 + 0.2, 0.3, 1, Number.NaN] });
const b = table({ m: ['PE', 'PS'], d: [1, 0.3] });
const by = ['m', 'd'];

test('rows repeat one another when their numbers agree to six digits; a gap equals a gap only', () => {
  assert.deepEqual(duplicateRows(a, { by }), [[0, 1]]);
  assert.deepEqual(duplicateRows(a, { by: ['m'] }), [[0, 1, 3]]);
  assert.deepEqual(duplicateRows(a, { by, digits: 17 }), []);
});

test('rows of two tables meet by their key', () => {
  assert.deepEqual(rowsInBoth(a, b, { by }), [
    { a: [0, 1], b: [1] },
    { a: [2], b: [0] },
  ]);
});

test('no column to compare by is refused', () => {
  assert.throws(() => duplicateRows(a, { by: [] }), {
    name: 'RangeError',
    message: 'by must name at least one column, but is empty',
  });
});

test("Shirokii's rows are in Labouta and Jyakhwo, whose own overlap is one row", withRealData, async () => {
  const options = { dataFolder, offline: true, plausibleDose: [0, Number.POSITIVE_INFINITY] as const };
  const [shirokii, labouta, jyakhwo] = await Promise.all(
    ['shirokii2022', 'labouta2019', 'jyakhwo2024'].map(async (id) => (await loadTable(id, options)).table),
  );
  const same = { by: ['material', 'cell', 'time_h', 'viability_pct'] };
  const count = (pairs: { a: number[] }[]) => pairs.reduce((sum, pair) => sum + pair.a.length, 0);
  assert.ok(count(rowsInBoth(shirokii, labouta, same)) > 900);
  assert.ok(count(rowsInBoth(labouta, jyakhwo, same)) < 30);
});
