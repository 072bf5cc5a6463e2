import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accumulatedEffects } from '../../src/attribution/accumulated-effects.js';
import { columnEffects } from '../../src/attribution/column-effects.js';
import { type Matrix, matrix } from '../../src/numeric/matrix.js';
import { random } from '../../src/numeric/random.js';
import { near, statistics } from '../reference/statistics.js';

const byRow = (f: (x: Float64Array) => number) => (X: Matrix) =>
  Float64Array.from({ length: X.rows }, (_, i) => f(X.data.subarray(i * X.cols, (i + 1) * X.cols)));

test('accumulated effects agree with the definition in NumPy', async () => {
  const { X, edges, effects, counts } = statistics.ale;
  const predict = byRow((x) => x[0] * x[0] + x[0] * x[1]);
  const got = await columnEffects(predict, matrix(X), 0, { bins: 8, replicates: 20 });
  assert.deepEqual([...got.edges], edges);
  assert.deepEqual([...got.counts], counts);
  got.effects.forEach((effect, b) => {
    near(effect, effects[b], 1e-12);
  });
});

const r = random(9);
const X = matrix(Array.from({ length: 300 }, () => [r.normal(), r.normal(), r.normal()]));

test('for a sum of functions the effect is the function of the column, whatever the others do', async () => {
  const predict = byRow((x) => 3 * x[0] + Math.sin(x[1]));
  const linear = await columnEffects(predict, X, 0, { replicates: 50 });
  for (let b = 1; b < linear.edges.length; b++)
    near((linear.effects[b] - linear.effects[0]) / (linear.edges[b] - linear.edges[0]), 3, 1e-9);
  const sine = await columnEffects(predict, X, 1, { replicates: 50 });
  sine.effects.forEach((effect, b) => {
    near(effect - sine.effects[0], Math.sin(sine.edges[b]) - Math.sin(sine.edges[0]), 1e-9);
  });
  linear.low.forEach((low, b) => {
    assert.ok(low <= linear.effects[b] + 1e-9 && linear.effects[b] <= linear.high[b] + 1e-9);
  });
});

test('a column that the model ignores has no effect, and its mean over the rows is zero', async () => {
  const ignored = await columnEffects(
    byRow((x) => x[0]),
    X,
    2,
    { replicates: 20 },
  );
  assert.ok(ignored.effects.every((effect) => effect === 0));
});

test('rows without the value are left out, and a word-like column with few values keeps them as edges', async () => {
  const values = [1, 1, 2, Number.NaN, 4, 4];
  let asked = 0;
  const got = await accumulatedEffects(
    values,
    (rows, set) => {
      asked = rows.length;
      return set.map((v) => 10 * v);
    },
    { replicates: 10 },
  );
  assert.equal(asked, 5);
  assert.deepEqual([...got.edges], [1, 2, 4]);
  assert.deepEqual([...got.counts], [3, 2]);
});

test('one value only, and answers that do not fit, are refused', async () => {
  await assert.rejects(
    accumulatedEffects([2, 2, 2], (rows) => new Float64Array(rows.length)),
    { message: 'values must differ for an effect to be seen, but 3 rows hold 1' },
  );
  await assert.rejects(
    accumulatedEffects([1, 2, 3], () => [1]),
    { message: 'predictAt must return one number for each of 3 rows, but returned 1' },
  );
  await assert.rejects(
    accumulatedEffects([1, 2, 3], () => [1, Number.NaN, 2]),
    { message: 'predictAt must return finite numbers, but returned NaN' },
  );
  await assert.rejects(
    columnEffects(() => [0], X, 3),
    { message: 'column must be in 0 … 2, but is 3' },
  );
});
