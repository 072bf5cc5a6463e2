import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  chiSquaredTail,
  normalCdf,
  normalQuantile,
  studentCritical,
  studentTwoSided,
} from '../../src/numeric/distributions.js';
import { clustersOf, resampleClusters } from '../../src/numeric/resample.js';
import { near, statistics } from '../reference/statistics.js';

const known = statistics.distributions;
const relative = (got: number, expected: number, what: string) =>
  assert.ok(Math.abs(got - expected) <= 1e-10 * Math.abs(expected), `${what}: ${got} and ${expected}`);

test('normal, Student and χ² tails agree with SciPy to 1e-10 of their value', () => {
  known.normalCdf[0].forEach((z, k) => {
    relative(normalCdf(z), known.normalCdf[1][k], `normal ${z}`);
  });
  known.normalQuantile[0].forEach((p, k) => {
    near(normalQuantile(p), known.normalQuantile[1][k], 1e-12, `quantile ${p}`);
  });
  known.studentTwoSided[0].forEach(([t, df], k) => {
    relative(studentTwoSided(t, df), known.studentTwoSided[1][k], `t ${t} ${df}`);
  });
  known.studentCritical[0].forEach(([alpha, df], k) => {
    relative(studentCritical(alpha, df), known.studentCritical[1][k], `critical ${alpha} ${df}`);
  });
  known.chiSquaredTail[0].forEach(([x, df], k) => {
    relative(chiSquaredTail(x, df), known.chiSquaredTail[1][k], `χ² ${x} ${df}`);
  });
});

test('a resample draws as many clusters as there are', () => {
  const { ofRow, count } = clustersOf(['b', 'a', 'b', 'c']);
  assert.deepEqual([[...ofRow], count], [[0, 1, 0, 2], 3]);
  resampleClusters(count, { replicates: 20 }, (draws) => assert.equal(draws[0] + draws[1] + draws[2], 3));
});

test('levels outside 0 … 1 and impossible resamples are refused', () => {
  assert.throws(() => normalQuantile(1), { message: 'p must be between 0 and 1, but is 1' });
  assert.throws(() => studentCritical(0, 3), { message: 'alpha must be between 0 and 1, but is 0' });
  assert.throws(() => studentCritical(0.05, 0), { message: 'df must be positive, but is 0' });
  assert.throws(() => resampleClusters(3, { replicates: 0 }, () => {}), {
    message: 'replicates must be a whole number at least 1, but is 0',
  });
});
