import assert from 'node:assert/strict';
import { test } from 'node:test';
import { doseForms } from '../../src/descriptors/dose-forms.js';
import { encode } from '../../src/descriptors/encode.js';
import { fitEncoder } from '../../src/descriptors/encoder.js';
import { alignTables } from '../../src/frames/align.js';
import { concatTables } from '../../src/frames/rows.js';
import { numbers, type Table, table, texts } from '../../src/frames/table.js';
import { column } from '../../src/numeric/matrix.js';

const near = (actual: number, expected: number) =>
  assert.ok(Math.abs(actual / expected - 1) < 1e-12, `${actual} is not ${expected}`);

test('10 µg/mL of polystyrene beads of 100 nm are 1.8e10 beads with 5.7 cm² in a millilitre', () => {
  const out = doseForms(
    table({ material: ['PS', 'dust', 'PS'], size_nm: [100, 100, 0], dose_ug_mL: [10, 10, 10] }),
  );
  const mass = 1.05 * (Math.PI / 6) * 1e-5 ** 3; // g a bead
  near(numbers(out, 'dose_particles_mL')[0], 1e-5 / mass);
  near(numbers(out, 'dose_cm2_mL')[0], (1e-5 / mass) * Math.PI * 1e-5 ** 2);
  for (const name of ['dose_particles_mL', 'dose_cm2_mL'])
    assert.deepEqual([...numbers(out, name).slice(1)], [Number.NaN, Number.NaN], name);
});

test('of the same mass, half the diameter is eight times the particles and twice the surface', () => {
  const out = doseForms(table({ material: ['PE', 'PE'], size_nm: [200, 100], dose_ug_mL: [3, 3] }));
  const [n1, n2] = numbers(out, 'dose_particles_mL');
  const [s1, s2] = numbers(out, 'dose_cm2_mL');
  near(n2 / n1, 8);
  near(s2 / s1, 2);
});

const descriptors = { words: [], frequencies: ['cell'], numbers: ['z'], logarithms: [] };
const train = table({ cell: ['A549', 'A549', 'A549', null], z: [1, 2, Number.NaN, 9] });
const features = (fit: Table, rows: Table, options = {}) =>
  encode(fitEncoder(fit, { descriptors, ...options }), rows);

test('a word may stand as its share of the training rows, which a new word does not have', () => {
  const { names, values } = features(train, table({ cell: ['A549', null, 'HeLa'], z: [1, 1, 1] }), {
    scaling: 'none',
  });
  assert.equal(names[0], 'share of cell');
  const [common, rare, never] = column(values, 0);
  // Shares .75, .25 and 0 over mean .625 and deviation √(.75·.125² + .25·.375²).
  const deviation = Math.sqrt(0.75 * 0.125 ** 2 + 0.25 * 0.375 ** 2);
  near(common, 0.125 / deviation);
  near(rare, -0.375 / deviation);
  near(never, -0.625 / deviation);
});

test('shares have mean 0 and deviation 1 on the training rows', () => {
  const shares = column(features(train, train).values, 0);
  assert.ok(Math.abs(shares.reduce((a, b) => a + b, 0)) < 1e-12);
  near(shares.reduce((a, b) => a + b * b, 0) / 4, 1);
});

test('a missing number is the mean or the median of the training rows, scaled or left, with or without a mark', () => {
  const gap = table({ cell: [null], z: [Number.NaN] });
  const zOf = (options: object) => [...features(train, gap, options).values.data.slice(1)];
  assert.deepEqual(zOf({ scaling: 'none' }), [2, 1]);
  assert.deepEqual(zOf({ scaling: 'none', imputation: 'mean' }), [4, 1]);
  assert.deepEqual(zOf({ scaling: 'none', indicators: false }), [2]);
  // Robust: median 2 and quartiles 1.75 and 3.75 of 1, 2, 2, 9.
  assert.deepEqual(
    [...features(train, table({ cell: [null], z: [6] }), { scaling: 'robust' }).values.data.slice(1)],
    [2, 0],
  );
});

test('tables with other columns are brought into one schema, gaps left empty', () => {
  const [a, b] = alignTables([table({ m: ['PS'], charge: [3] }), table({ m: ['Ag'], shape: ['rod'] })]);
  assert.deepEqual([...a.columns.keys()], [...b.columns.keys()]);
  const both = concatTables([a, b]);
  assert.deepEqual(texts(both, 'shape'), [null, 'rod']);
  assert.deepEqual([...numbers(both, 'charge')], [3, Number.NaN]);
  assert.throws(() => alignTables([table({ x: [1] }), table({ x: ['one'] })]), {
    name: 'TypeError',
    message: 'column "x" is number in one table and text in another',
  });
});
