import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { nearestNeighbours } from '../../src/embedding/nearest-neighbours.js';
import { continuity, neighbourPreservation, trustworthiness } from '../../src/embedding/quality.js';
import { type Matrix, matrix } from '../../src/numeric/matrix.js';
import { gaussian } from '../attribution/games.js';
import { reference } from './reference.js';

const values = reference('embedding');
const X = matrix(values.X);
const map = matrix(values.X.map((x: number[]) => x.slice(0, 2)));

test('trustworthiness and continuity agree with scikit-learn, to 1e-12', () => {
  assert.ok(Math.abs(trustworthiness(X, map, { neighbours: 7 }) - values.trustworthiness) < 1e-12);
  assert.ok(Math.abs(continuity(X, map, { neighbours: 7 }) - values.continuity) < 1e-12);
});

test('a map that only turns and scales the data is perfect', () => {
  const flat = gaussian(40, 2, 1);
  const turned: Matrix = {
    ...flat,
    data: flat.data.map((_, k) => 3 * (k % 2 ? flat.data[k - 1] : -flat.data[k + 1])),
  };
  for (const quality of [trustworthiness, continuity, neighbourPreservation])
    assert.equal(quality(flat, turned), 1);
});

/** Kinds of data: apart, far from the origin, and with many ties. */
const kinds: readonly ((M: Matrix) => Matrix)[] = [
  (M) => M,
  (M) => ({ ...M, data: M.data.map((x) => x + 1e6) }),
  (M) => ({ ...M, data: M.data.map(Math.round) }),
];

test('neighbours are those of a full sort, nearest first', () => {
  fc.assert(
    fc.property(
      fc.integer(),
      fc.integer({ min: 2, max: 40 }),
      fc.integer({ min: 1, max: 6 }),
      (seed, n, d) => {
        const M = kinds[(seed & 0xffff) % 3](gaussian(n, d, seed));
        const k = Math.min(5, n - 1);
        const { indices } = nearestNeighbours(M, k);
        for (let i = 0; i < n; i++) {
          const others = Array.from({ length: n }, (_, j) => j).filter((j) => j !== i);
          others.sort((a, b) => squared(M, i, a) - squared(M, i, b) || a - b);
          if (others.slice(0, k).some((j, r) => indices[i * k + r] !== j)) return false;
        }
        return true;
      },
    ),
  );
});

test('a duplicate is its twin’s nearest neighbour at distance zero, the earlier row first', () => {
  const { indices, distances } = nearestNeighbours(matrix([[5], [1], [1], [1]]), 2);
  assert.deepEqual(Array.from(indices), [1, 2, 2, 3, 1, 3, 1, 2]);
  assert.deepEqual(Array.from(distances), [4, 4, 0, 0, 0, 0, 0, 0]);
});

test('query rows find their neighbours in X, themselves included', () => {
  const { indices } = nearestNeighbours(matrix([[0], [10]]), 1, { query: matrix([[9], [0]]) });
  assert.deepEqual(Array.from(indices), [1, 0]);
});

const refuses = (message: string, f: () => unknown) =>
  test(`it refuses: ${message}`, () => assert.throws(f, { name: 'RangeError', message }));

refuses('k must be a whole number in 1 … 29, but is 30', () => nearestNeighbours(X, 30));
refuses('map must have 30 rows like X, but has 3', () => trustworthiness(X, gaussian(3, 2, 1)));
refuses('neighbours must be a whole number in 1 … 14, but is 15', () =>
  continuity(X, map, { neighbours: 15 }),
);
refuses('query must have 5 columns, but has 2', () => nearestNeighbours(X, 3, { query: map }));

function squared(M: Matrix, a: number, b: number): number {
  let sum = 0;
  for (let j = 0; j < M.cols; j++) sum += (M.data[a * M.cols + j] - M.data[b * M.cols + j]) ** 2;
  return sum;
}
