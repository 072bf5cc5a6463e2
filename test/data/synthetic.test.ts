import assert from 'node:assert/strict';
import { test } from 'node:test';
import { generate, logEc50, viability } from '../../data/synthetic-cytotoxicity/generate.js';
import { filterRows } from '../../src/frames/rows.js';
import { columnOf, countMissing, isMissing, numbers, type Table, texts } from '../../src/frames/table.js';

const all = generate();

test('it has 5,000 rows from 150 studies, and targets of 60, 120 and 200 from 6, 10 and 14', () => {
  for (const [part, rows, studies] of [
    ['source', 5000, 150],
    ['T1', 60, 6],
    ['T2', 120, 10],
    ['T3', 200, 14],
  ] as const) {
    const one = generate({ part });
    assert.equal(one.rows, rows);
    const sizes = Object.values(countBy(texts(one, 'group')));
    assert.equal(sizes.length, studies);
    assert.ok(Math.min(...sizes) >= 6 && Math.max(...sizes) <= (part === 'source' ? 60 : 30));
  }
});

test('the same seed gives the same bits, and a part is the same alone and among the rest', () => {
  assert.deepEqual(generate(), all);
  assert.notDeepEqual(generate({ seed: 2 }), all);
  const among = filterRows(all, (i) => texts(all, 'part')[i] === 'T2');
  assert.deepEqual(numbers(generate({ part: 'T2' }), 'viability_pct'), numbers(among, 'viability_pct'));
});

test('polystyrene with NH2 at 50 nm is toxic from about 7.5 µg/mL, with COOH and plain from about 50', () => {
  const slope = 1.5;
  assert.ok(viability(10, logEc50(50, 'NH2', 24), slope) < 80);
  assert.ok(viability(5, logEc50(50, 'NH2', 24), slope) > 80);
  for (const surface of ['COOH', 'none']) {
    assert.ok(viability(80, logEc50(50, surface, 24), slope) < 80);
    assert.ok(viability(30, logEc50(50, surface, 24), slope) > 80);
  }
});

test('nanoplastics act faster than microplastics: from 6 to 24 h the EC50 falls by more below 1 µm', () => {
  const fall = (size: number) => logEc50(size, 'none', 6) - logEc50(size, 'none', 24);
  assert.ok(Math.abs(fall(100) - 0.7) < 1e-12);
  assert.ok(Math.abs(fall(5000) - 0.35) < 1e-12);
});

test('in the rows themselves NH2, dose and time make toxic, TT1 withstands, Caco-2 does not at 5 µm', () => {
  const mean = (keep: (row: Row) => boolean) => meanViability(all, keep);
  assert.ok(mean((r) => r.surface === 'NH2') < mean((r) => r.surface !== 'NH2') - 10);
  assert.ok(mean((r) => r.dose > 50) < mean((r) => r.dose < 5) - 20);
  assert.ok(mean((r) => r.time >= 48) < mean((r) => r.time <= 12) - 3);
  assert.ok(mean((r) => r.cell === 'TT1') > mean((r) => r.cell !== 'TT1') + 3);
  assert.ok(
    mean((r) => r.cell === 'Caco-2' && r.size >= 5000) < mean((r) => r.cell === 'TT1' && r.size >= 5000),
  );
});

test('values are missing together within a study: zeta 30 to 45 %, hydrodynamic size near 40 %, shape near 10 %', () => {
  const source = generate({ part: 'source' });
  const share = (name: string) => countMissing(columnOf(source, name)) / source.rows;
  assert.ok(share('zeta_mV') > 0.25 && share('zeta_mV') < 0.5, `zeta ${share('zeta_mV')}`);
  assert.ok(Math.abs(share('hydrodynamic_nm') - 0.4) < 0.12, `size ${share('hydrodynamic_nm')}`);
  assert.ok(Math.abs(share('shape') - 0.1) < 0.08, `shape ${share('shape')}`);
  const groups = texts(source, 'group');
  const zeta = columnOf(source, 'zeta_mV');
  const states = new Set(groups.map((group, i) => `${group} ${isMissing(zeta, i)}`));
  assert.equal(states.size, new Set(groups).size);
});

test('study effects are large: the means of studies vary more than noise alone would make them', () => {
  const source = generate({ part: 'source' });
  const groups = texts(source, 'group');
  const y = numbers(source, 'viability_pct');
  const means = [...new Set(groups)].map((group) => average([...y].filter((_, i) => groups[i] === group)));
  const center = average(means);
  assert.ok(Math.sqrt(average(means.map((m) => (m - center) ** 2))) > 8);
});

test('a part that is not there is refused', () => {
  assert.throws(() => generate({ part: 'T4' }), {
    name: 'RangeError',
    message: 'part must be one of source, T1, T2, T3, but is "T4"',
  });
});

interface Row {
  surface: string | null;
  cell: string | null;
  dose: number;
  time: number;
  size: number;
}

function meanViability(table: Table, keep: (row: Row) => boolean): number {
  const surface = texts(table, 'surface');
  const cell = texts(table, 'cell');
  const [dose, time, size, y] = ['dose_ug_mL', 'time_h', 'size_nm', 'viability_pct'].map((n) =>
    numbers(table, n),
  );
  return average(
    [...y].filter((_, i) =>
      keep({ surface: surface[i], cell: cell[i], dose: dose[i], time: time[i], size: size[i] }),
    ),
  );
}

const average = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;

function countBy(words: readonly (string | null)[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const word of words) counts[word ?? ''] = (counts[word ?? ''] ?? 0) + 1;
  return counts;
}
