import assert from 'node:assert/strict';
import { test } from 'node:test';
import { clusterBootstrap } from '../../src/evaluation/bootstrap.js';
import { formatInterval, scoreIntervals } from '../../src/evaluation/intervals.js';
import { random } from '../../src/numeric/random.js';

const mean = (values: Float64Array) => (rows: Int32Array) => ({
  mean: rows.reduce((sum, i) => sum + values[i], 0) / rows.length,
});

test('the interval of a mean has the width that theory gives', () => {
  const r = random(3);
  const values = Float64Array.from({ length: 400 }, () => r.normal());
  const { mean: interval } = clusterBootstrap(
    Array.from(values, (_, i) => `${i}`),
    mean(values),
  );
  const expected = 2 * 1.96 * Math.sqrt(1 / 400);
  assert.ok(
    Math.abs((interval.high - interval.low) / expected - 1) < 0.12,
    `${interval.high - interval.low}`,
  );
});

test('rows repeated within a publication do not narrow the interval', () => {
  const r = random(4);
  const single = Float64Array.from({ length: 40 }, () => r.normal());
  const tenfold = Float64Array.from({ length: 400 }, (_, i) => single[Math.floor(i / 10)]);
  const few = clusterBootstrap(
    Array.from(single, (_, i) => `${i}`),
    mean(single),
  ).mean;
  const many = clusterBootstrap(
    Array.from(tenfold, (_, i) => `${Math.floor(i / 10)}`),
    mean(tenfold),
  ).mean;
  assert.ok(Math.abs((many.high - many.low) / (few.high - few.low) - 1) < 0.1);
});

test('the same seed gives the same interval, another seed another', () => {
  const labels = [0, 1, 0, 1, 1, 0, 1, 0];
  const p = [0.1, 0.8, 0.4, 0.3, 0.9, 0.6, 0.7, 0.2];
  const groups = ['a', 'a', 'b', 'b', 'c', 'c', 'd', 'd'];
  const once = scoreIntervals(labels, p, groups, { seed: 1, replicates: 200 });
  assert.deepEqual(once, scoreIntervals(labels, p, groups, { seed: 1, replicates: 200 }));
  assert.notDeepEqual(once, scoreIntervals(labels, p, groups, { seed: 2, replicates: 200 }));
  assert.ok(once.rocAuc.low <= once.rocAuc.value && once.rocAuc.value <= once.rocAuc.high);
});

test('a resample without one class does not spoil the interval', () => {
  const one = scoreIntervals([0, 1], [0.2, 0.7], ['a', 'b'], { replicates: 50 });
  assert.deepEqual(one.rocAuc, { value: 1, low: 1, high: 1 });
});

test('groups of another length are refused', () => {
  assert.throws(() => scoreIntervals([0, 1], [0.2, 0.7], ['a']), {
    message: 'groups must name 2 rows like labels, but name 1',
  });
  assert.throws(() => clusterBootstrap([], () => ({ x: 0 })), {
    message: 'groups must hold at least one row, but are empty',
  });
});

test('an interval is written as value and bounds', () => {
  assert.equal(formatInterval({ value: 0.834, low: 0.7401, high: 0.9 }), '0.83 [0.74, 0.90]');
  assert.equal(formatInterval({ value: Number.NaN, low: 0, high: 1 }), '–');
});
