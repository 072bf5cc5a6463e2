import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { cholesky, choleskySolve, forwardSubstitution, invertLower } from '../../src/numeric/cholesky.js';
import { symmetricEigen } from '../../src/numeric/eigen.js';
import { gram } from '../../src/numeric/gram.js';
import { type Matrix, matrix } from '../../src/numeric/matrix.js';
import { random } from '../../src/numeric/random.js';
import { quantile } from '../../src/numeric/statistics.js';

const sizes = fc.record({ d: fc.integer({ min: 1, max: 24 }), seed: fc.integer() });

function gaussian(rows: number, cols: number, seed: number): Matrix {
  const r = random(seed);
  return { rows, cols, data: Float64Array.from({ length: rows * cols }, () => r.normal()) };
}

function times(A: Matrix, B: Matrix): Matrix {
  const out = matrix(A.rows, B.cols);
  for (let i = 0; i < A.rows; i++)
    for (let k = 0; k < A.cols; k++)
      for (let j = 0; j < B.cols; j++)
        out.data[i * B.cols + j] += A.data[i * A.cols + k] * B.data[k * B.cols + j];
  return out;
}

const largest = (x: Float64Array): number => x.reduce((m, v) => Math.max(m, Math.abs(v)), 0);
const distance = (a: Matrix, b: Matrix): number => largest(a.data.map((v, i) => v - b.data[i]));

test('eigenvectors are orthonormal and rebuild the matrix', () => {
  fc.assert(
    fc.property(sizes, ({ d, seed }) => {
      const A = gram(gaussian(d + 2, d, seed));
      const { values, vectors: V } = symmetricEigen(A);
      const Vt = matrix(
        Array.from({ length: d }, (_, j) => Array.from({ length: d }, (_, i) => V.data[i * d + j])),
      );
      const identity = matrix(
        d,
        d,
        Array.from({ length: d * d }, (_, k) => (k % (d + 1) === 0 ? 1 : 0)),
      );
      const scaled = { ...V, data: V.data.map((v, k) => v * values[Math.floor(k / d)]) };
      return (
        distance(times(V, Vt), identity) < 1e-12 &&
        distance(times(Vt, scaled), A) < 1e-12 * (1 + largest(A.data)) &&
        values.every((v, i) => i === 0 || v <= values[i - 1])
      );
    }),
  );
});

test('eigenvalues of a diagonal and of a rank-one matrix come out in order', () => {
  assert.deepEqual(
    Array.from(
      symmetricEigen(
        matrix([
          [1, 0, 0],
          [0, 3, 0],
          [0, 0, 2],
        ]),
      ).values,
    ),
    [3, 2, 1],
  );
  const ones = symmetricEigen(matrix(4, 4, new Array(16).fill(1)));
  assert.ok(Math.abs(ones.values[0] - 4) < 1e-14);
  assert.ok(largest(ones.values.subarray(1)) < 1e-14);
});

test('a Cholesky factor rebuilds the matrix, solves and inverts', () => {
  fc.assert(
    fc.property(sizes, ({ d, seed }) => {
      const A = gram(gaussian(2 * d + 4, d, seed));
      const L = cholesky(A);
      if (!L) return false;
      const b = gaussian(d, 1, seed + 1).data;
      const x = choleskySolve(L, b);
      const residual = times(A, { rows: d, cols: 1, data: x }).data.map((v, i) => v - b[i]);
      const y = forwardSubstitution(L, b);
      const z = times(invertLower(L), { rows: d, cols: 1, data: b }).data;
      return largest(residual) < 1e-9 && largest(z.map((v, i) => v - y[i])) < 1e-9 * (1 + largest(y));
    }),
  );
});

test('a matrix of lower rank has no Cholesky factor', () => {
  assert.equal(cholesky(gram(gaussian(3, 5, 1))), undefined);
  assert.equal(cholesky(matrix([[0]])), undefined);
});

test('a quantile interpolates between order statistics', () => {
  assert.equal(quantile([1, 2, 4], 0.75), 3);
  assert.equal(quantile([5], 0.1), 5);
  assert.ok(Number.isNaN(quantile([], 0.5)));
});
