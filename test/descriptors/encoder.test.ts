import assert from 'node:assert/strict';
import { test } from 'node:test';
import { encode } from '../../src/descriptors/encode.js';
import { type DescriptorChoice, fitEncoder } from '../../src/descriptors/encoder.js';
import { takeTableRows } from '../../src/frames/rows.js';
import { table } from '../../src/frames/table.js';
import { column, row } from '../../src/numeric/matrix.js';
import { reference } from '../reference/read.js';

const choice: DescriptorChoice = { words: ['surface'], numbers: ['zeta'], logarithms: ['dose'] };
const particles = table({
  surface: ['NH2', 'COOH', 'NH2', null],
  zeta: [30, Number.NaN, 40, 50],
  dose: [1, 10, 100, 0],
});

test('words become one feature a level, numbers are scaled, a missing number has its own feature', () => {
  const { names, groups, values } = encode(
    fitEncoder(particles, { descriptors: choice, minimumRows: 1 }),
    particles,
  );
  assert.deepEqual(names, [
    'surface: COOH',
    'surface: NH2',
    'surface: not stated',
    'log10 dose',
    'zeta',
    'zeta missing',
  ]);
  assert.deepEqual(groups, ['surface', 'surface', 'surface', 'dose', 'zeta', 'zeta']);
  assert.deepEqual(Array.from(row(values, 1)).slice(0, 3), [1, 0, 0]);
  assert.deepEqual(Array.from(row(values, 3)).slice(0, 3), [0, 0, 1]);
  assert.deepEqual(Array.from(column(values, 5)), [0, 1, 0, 0]);
  const zeta = column(values, 4);
  assert.equal(zeta[1], 0, 'the median 40 is also the mean of 30, 40, 40, 50');
});

test('scaling and imputation agree with scikit-learn on rows that were not fitted', () => {
  const known = reference<Record<string, never[]> & { fittedRows: number }>('descriptors');
  const all = table({
    dose: Float64Array.from(known.dose),
    zeta: Float64Array.from(known.zeta as (number | null)[], (z) => z ?? Number.NaN),
  });
  const indices = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i);
  const fitted = fitEncoder(takeTableRows(all, indices(0, known.fittedRows)), {
    descriptors: { ...choice, words: [] },
  });
  const { values } = encode(fitted, takeTableRows(all, indices(known.fittedRows, 30)));
  for (const [j, expected] of [
    [0, known.scaledLogDose],
    [1, known.scaledZeta],
  ] as [number, number[]][])
    expected.forEach((value, i) => {
      assert.ok(Math.abs(column(values, j)[i] - value) < 1e-9, `row ${i} of column ${j}`);
    });
});

test('a word that was not fitted, or too rarely, is all zeros', () => {
  const encoder = fitEncoder(particles, {
    descriptors: { words: ['surface'], numbers: [], logarithms: [] },
    minimumRows: 2,
  });
  const { names, values } = encode(encoder, table({ surface: ['SH', 'COOH', 'NH2'] }));
  assert.deepEqual(names, ['surface: NH2']);
  assert.deepEqual(Array.from(values.data), [0, 0, 1]);
});

test('a dose of zero is half the smallest positive dose of the fit', () => {
  const encoder = fitEncoder(particles, { descriptors: choice });
  const { values, names } = encode(encoder, table({ surface: ['NH2', 'NH2'], zeta: [0, 0], dose: [0, 0.5] }));
  const dose = column(values, names.indexOf('log10 dose'));
  assert.equal(dose[0], dose[1]);
});

test('a constant column is centred and not divided by zero', () => {
  const constant = table({ zeta: [5, 5, 5] });
  const { values } = encode(
    fitEncoder(constant, { descriptors: { words: [], numbers: ['zeta'], logarithms: [] } }),
    constant,
  );
  assert.deepEqual(Array.from(values.data), [0, 0, 0]);
});

test('what is fitted does not change when a held-out row does', () => {
  const train = takeTableRows(particles, [0, 1, 2]);
  const before = fitEncoder(train, { descriptors: choice });
  assert.deepEqual(before, fitEncoder(takeTableRows(particles, [0, 1, 2]), { descriptors: choice }));
  assert.notDeepEqual(
    before,
    fitEncoder(particles, { descriptors: choice }),
    'the fourth row would have mattered',
  );
});

test('an empty table and a missing column are refused', () => {
  assert.throws(() => fitEncoder(table({ zeta: [] })), {
    name: 'RangeError',
    message: 'table must have at least one row to fit an encoder, but is empty',
  });
  assert.throws(
    () => encode(fitEncoder(particles, { descriptors: choice }), table({ zeta: [1], dose: [1] })),
    {
      message: 'table has no column "surface"; it has "zeta", "dose"',
    },
  );
});
