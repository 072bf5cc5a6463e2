import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { aggregate } from '../../src/frames/aggregate.js';
import { toArquero } from '../../src/frames/arquero.js';
import { toDanfo } from '../../src/frames/danfo.js';
import { concatTables, filterRows, takeTableRows } from '../../src/frames/rows.js';
import { columnOf, numbers, table, texts } from '../../src/frames/table.js';

const small = table({ x: [1, 2, Number.NaN], w: ['b', null, 'a'] });

test('a table gives its columns back as numbers and texts', () => {
  assert.deepEqual([...numbers(small, 'x')], [1, 2, Number.NaN]);
  assert.deepEqual(texts(small, 'w'), ['b', null, 'a']);
  assert.deepEqual(texts(small, 'x'), ['1', '2', null]);
});

test('rows are taken, filtered and put under one another', () => {
  assert.deepEqual(texts(takeTableRows(small, [2, 0]), 'w'), ['a', 'b']);
  assert.deepEqual(
    [
      ...numbers(
        filterRows(small, (i) => i !== 1),
        'x',
      ),
    ],
    [1, Number.NaN],
  );
  const both = concatTables([small, table({ x: [9], w: ['a'] })]);
  assert.deepEqual(texts(both, 'w'), ['b', null, 'a', 'a']);
  assert.deepEqual([...numbers(both, 'x')], [1, 2, Number.NaN, 9]);
});

test('tables that do not fit are refused', () => {
  assert.throws(() => table({ a: [1], b: [1, 2] }), {
    message: 'column "b" has 2 rows, but the columns before it have 1',
  });
  assert.throws(() => columnOf(small, 'y'), { message: 'table has no column "y"; it has "x", "w"' });
  assert.throws(() => numbers(small, 'w'), { message: 'column "w" must be numbers, but it is text' });
  assert.throws(() => concatTables([small, table({ x: ['1'], w: ['a'] })]), {
    message: 'column "x" is number in one table and text in another',
  });
});

test('arquero shares the numbers and reads the words', async () => {
  const shared = await toArquero(small);
  assert.equal(shared.data()['x'], numbers(small, 'x'));
  assert.deepEqual(shared.array('w'), ['b', null, 'a']);
  assert.deepEqual(shared.groupby('w').count().array('count'), [1, 1, 1]);
});

test('danfo gets the values, missing ones too', () => {
  const frame = toDanfo(small);
  assert.deepEqual(frame.values, [
    [1, 'b'],
    [2, null],
    [Number.NaN, 'a'],
  ]);
  assert.deepEqual(frame.dtypes, ['float32', 'string']);
  assert.deepEqual(frame.isNa().values, [
    [false, false],
    [false, true],
    [true, false],
  ]);
});

const cells = fc.array(
  fc.tuple(
    fc.constantFrom('a', 'b', 'c', null),
    fc.constantFrom(1, 2, Number.NaN),
    fc.oneof(
      { weight: 1, arbitrary: fc.constant(Number.NaN) },
      { weight: 4, arbitrary: fc.double({ min: -1e6, max: 1e6, noNaN: true }) },
    ),
  ),
  { maxLength: 60 },
);

test('aggregates are those of each group alone', () => {
  fc.assert(
    fc.property(cells, (rows) => {
      const made = table([
        ['g', ['x', ...rows.map(([g]) => g)].slice(1) as string[]],
        ['h', Float64Array.from(rows, ([, h]) => h)],
        ['v', Float64Array.from(rows, ([, , v]) => v)],
      ]);
      if (rows.length === 0) return true;
      const rules = {
        n: ['count', 'v'],
        s: ['sum', 'v'],
        m: ['mean', 'v'],
        d: ['sd', 'v'],
        lo: ['min', 'v'],
        hi: ['max', 'v'],
      } as const;
      const out = aggregate(made, ['g', 'h'], rules);
      const groups = new Map<string, number[]>();
      for (const [g, h, v] of rows) {
        const key = `${g} ${h}`;
        groups.set(key, [...(groups.get(key) ?? []), v]);
      }
      const keys = texts(out, 'g').map((g, i) => `${g} ${numbers(out, 'h')[i]}`);
      assert.deepEqual(keys, [...groups.keys()]);
      [...groups.values()].forEach((values, k) => {
        const filled = values.filter((v) => !Number.isNaN(v));
        const n = filled.length;
        const mean = filled.reduce((a, b) => a + b, 0) / n;
        const sd = n > 1 ? Math.sqrt(filled.reduce((a, b) => a + (b - mean) ** 2, 0) / (n - 1)) : Number.NaN;
        const expected = [
          n,
          n * mean || 0,
          mean,
          sd,
          n ? Math.min(...filled) : Number.NaN,
          n ? Math.max(...filled) : Number.NaN,
        ];
        Object.keys(rules).forEach((name, r) => {
          const got = numbers(out, name)[k];
          const near = Math.abs(got - expected[r]) <= 1e-9 * Math.max(1, ...filled.map(Math.abs));
          assert.ok(
            near || (Number.isNaN(got) && Number.isNaN(expected[r])),
            `${name}: ${got}, not ${expected[r]}`,
          );
        });
      });
      return true;
    }),
  );
});

test('the SD of numbers far from zero keeps its digits', () => {
  const out = aggregate(table({ g: ['a', 'a', 'a'], v: [1e9 + 1, 1e9 + 2, 1e9 + 3] }), 'g', {
    d: ['sd', 'v'],
  });
  assert.equal(numbers(out, 'd')[0], 1);
});

test('blocks of rows are joined rightly: 20,000 rows give what one pass over each group gives', () => {
  const n = 20_000;
  const v = Float64Array.from({ length: n }, (_, i) => (i % 10 ? 1e6 + i / 3 : Number.NaN));
  const g = Array.from({ length: n }, (_, i) => `g${(i * i) % 13}`);
  const out = aggregate(table({ g, v }), 'g', { n: ['count', 'v'], d: ['sd', 'v'], lo: ['min', 'v'] });
  texts(out, 'g').forEach((group, k) => {
    const filled = [...v].filter((x, i) => g[i] === group && !Number.isNaN(x));
    const mean = filled.reduce((a, b) => a + b, 0) / filled.length;
    const sd = Math.sqrt(filled.reduce((a, b) => a + (b - mean) ** 2, 0) / (filled.length - 1));
    assert.equal(numbers(out, 'n')[k], filled.length);
    assert.equal(numbers(out, 'lo')[k], Math.min(...filled));
    assert.ok(Math.abs(numbers(out, 'd')[k] / sd - 1) < 1e-12);
  });
});

test('aggregates that cannot be made are refused', () => {
  assert.throws(() => aggregate(small, 'y', {}), { message: 'table has no column "y"; it has "x", "w"' });
  assert.throws(() => aggregate(small, 'x', { m: ['mean', 'w'] }), {
    message: 'column "w" must be numbers, but it is text',
  });
  assert.throws(() => aggregate(small, [], {}), {
    message: 'by must name at least one column, but is empty',
  });
});
