import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pca, pcaScores } from '../../src/embedding/pca.js';
import { symmetricEigen } from '../../src/numeric/eigen.js';
import { gram } from '../../src/numeric/gram.js';
import { leadingEigen } from '../../src/numeric/leading-eigen.js';
import { type Matrix, matrix } from '../../src/numeric/matrix.js';

import { gaussian } from '../attribution/games.js';
import { reference, worstDifference } from './reference.js';

const values = reference('embedding');
const X = matrix(values.X);

test('components, scores and variances agree with scikit-learn, signs included, to 1e-10', () => {
  const fit = pca(X, { components: 3 });
  assert.ok(worstDifference(fit.components.data, values.pca.components) < 1e-10);
  assert.ok(worstDifference(fit.scores.data, values.pca.scores) < 1e-10);
  assert.ok(worstDifference(fit.explainedVariance, values.pca.explainedVariance) < 1e-10);
  assert.ok(worstDifference(fit.explainedVarianceRatio, values.pca.explainedVarianceRatio) < 1e-10);
});

test('new rows are placed as scikit-learn places them', () => {
  const scores = pcaScores(pca(X, { components: 3 }), matrix(values.query));
  assert.ok(worstDifference(scores.data, values.pca.query) < 1e-10);
});

test('fewer rows than columns give the same directions', () => {
  const { components } = pca(matrix(values.wide));
  assert.ok(worstDifference(components.data, values.pca.wideComponents) < 1e-10);
});

test('standardised scores do not depend on units', () => {
  const inMillimetres: Matrix = { ...X, data: X.data.map((v, k) => (k % 5 === 1 ? v * 1000 : v)) };
  const [a, b] = [X, inMillimetres].map((M) => pca(M, { standardise: true }).scores.data);
  assert.ok(worstDifference(a, Array.from(b)) < 1e-10);
});

test('the leading eigenvectors of a large matrix are those of the complete decomposition', () => {
  const G = gram(gaussian(80, 60, 1));
  const [few, all] = [leadingEigen(G, 3), symmetricEigen(G)];
  assert.ok(worstDifference(few.values, Array.from(all.values.subarray(0, 3))) < 1e-9);
  for (let c = 0; c < 3; c++) {
    let overlap = 0;
    for (let j = c * 60; j < (c + 1) * 60; j++) overlap += few.vectors.data[j] * all.vectors.data[j];
    assert.ok(Math.abs(Math.abs(overlap) - 1) < 1e-9);
  }
});

test('rows that are all alike have scores of zero and orthonormal components', () => {
  const { scores, components, explainedVarianceRatio } = pca(
    matrix([
      [1, 2],
      [1, 2],
      [1, 2],
    ]),
  );
  assert.ok(scores.data.every((s) => s === 0));
  assert.deepEqual(Array.from(explainedVarianceRatio), [0, 0]);
  assert.equal(
    Math.abs(components.data[0] * components.data[3] - components.data[1] * components.data[2]),
    1,
  );
});

test('it works for any number of rows from 2 on, on duplicates and on wide constant data', () => {
  assert.equal(
    pca(
      matrix([
        [0, 0, 1],
        [0, 0, 3],
      ]),
    ).explainedVarianceRatio[0],
    1,
  );
  assert.equal(pca(matrix(300, 600, new Array(180_000).fill(7))).scores.data[0], 0);
});

const refuses = (message: string, f: () => unknown) =>
  test(`it refuses: ${message}`, () => assert.throws(f, { name: 'RangeError', message }));

refuses('X must have at least 2 rows, but has 1', () => pca(matrix([[1, 2]])));
refuses('components must be a whole number in 1 … 2, but is 3', () => pca(X2(), { components: 3 }));
refuses('X must hold finite numbers, but row 1, column 0 is Infinity; impute or drop it first', () =>
  pca(
    matrix([
      [1, 2],
      [Number.POSITIVE_INFINITY, 1],
    ]),
  ),
);
refuses('X must have 2 columns, but has 3', () => pcaScores(pca(X2()), matrix([[1, 2, 3]])));

function X2(): Matrix {
  return matrix([
    [1, 2],
    [3, 5],
    [4, 4],
  ]);
}
