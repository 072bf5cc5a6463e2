import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { ledoitWolf } from '../../src/embedding/ledoit-wolf.js';
import { classMahalanobis, empiricalQuantiles, mahalanobis } from '../../src/embedding/mahalanobis.js';
import { type Matrix, matrix } from '../../src/numeric/matrix.js';
import { gaussian } from '../attribution/games.js';
import { reference, worstDifference } from './reference.js';

const values = reference('embedding');
const X = matrix(values.X);
const query = matrix(values.query);

test('it agrees with SciPy without shrinkage and with scikit-learn with it, to 1e-10', () => {
  const plain = mahalanobis(X, query, { shrinkage: 'none' });
  assert.ok(worstDifference(plain, values.mahalanobis.plain) < 1e-10);
  assert.ok(worstDifference(mahalanobis(X, query), values.mahalanobis.ledoitWolf) < 1e-10);
});

test('pooled and class-wise distances agree with SciPy, to 1e-10', () => {
  for (const covariance of ['pooled', 'class'] as const) {
    const d = classMahalanobis(X, values.labels, query, { covariance, shrinkage: 'none' });
    assert.deepEqual(d.classes, ['b', 'a']);
    assert.ok(worstDifference(d.distances.data, values.mahalanobis[covariance]) < 1e-10);
  }
});

test('Ledoit–Wolf covariance and shrinkage agree with scikit-learn, to 1e-12', () => {
  const { covariance, shrinkage } = ledoitWolf(X);
  assert.ok(worstDifference(covariance.data, values.ledoitWolf.covariance) < 1e-12);
  assert.ok(Math.abs(shrinkage - values.ledoitWolf.shrinkage) < 1e-12);
});

test('it does not depend on the units of the columns', () => {
  const scales = fc.array(fc.double({ min: 1e-6, max: 1e6, noNaN: true }), { minLength: 3, maxLength: 3 });
  fc.assert(
    fc.property(fc.integer(), scales, (seed, scale) => {
      const [reference, q] = [gaussian(20, 3, seed), gaussian(4, 3, `q${seed}`)];
      const inUnits = (M: Matrix): Matrix => ({
        ...M,
        data: M.data.map((v, k) => (v + 7) * scale[k % 3]),
      });
      const before = mahalanobis(reference, q);
      return mahalanobis(inUnits(reference), inUnits(q)).every((d, i) => Math.abs(d / before[i] - 1) < 1e-6);
    }),
  );
});

test('reference rows have a mean squared distance of d (n − 1) / n', () => {
  const d = mahalanobis(X, X, { shrinkage: 'none' });
  assert.ok(Math.abs(d.reduce((sum, v) => sum + v * v, 0) / 30 - (5 * 29) / 30) < 1e-9);
});

test('with fewer particles than descriptors shrinkage keeps distances finite', () => {
  const wide = matrix(values.wide);
  assert.ok(mahalanobis(wide, wide).every((d) => Number.isFinite(d) && d > 0));
  assert.throws(() => mahalanobis(wide, wide, { shrinkage: 'none' }), {
    name: 'RangeError',
    message: 'covariance of 6 × 9 reference is singular; add particles, drop descriptors, or set shrinkage',
  });
});

test('quantiles count the reference distances that are smaller', () => {
  assert.deepEqual(Array.from(empiricalQuantiles([3, 1, 2, 4], [0, 1, 2.5, 9])), [0, 0, 0.5, 1]);
});

const refuses = (message: string, f: () => unknown) =>
  test(`it refuses: ${message}`, () => assert.throws(f, { name: 'RangeError', message }));

refuses('query must have 2 columns, but has 3', () => mahalanobis(gaussian(9, 2, 1), gaussian(1, 3, 1)));
refuses('reference must have at least 2 rows, but has 1', () => mahalanobis(matrix([[1]]), matrix([[1]])));
refuses('column 1 of reference is constant, so no distance along it is known; drop that descriptor', () =>
  mahalanobis(
    matrix([
      [1, 0.1],
      [2, 0.1],
      [4, 0.1],
    ]),
    matrix([[1, 0.1]]),
  ),
);
refuses('query must hold finite numbers, but row 0, column 0 is NaN; impute or drop it first', () =>
  mahalanobis(matrix([[1], [2]]), matrix([[Number.NaN]])),
);
refuses('labels must name each of the 2 rows, but has 1', () =>
  classMahalanobis(matrix([[1], [2]]), ['a'], matrix([[1]])),
);
refuses(
  `class "b" must have at least 2 particles for a covariance of its own, but has 1; use covariance 'pooled'`,
  () => classMahalanobis(matrix([[1], [2], [3]]), ['a', 'a', 'b'], matrix([[1]]), { covariance: 'class' }),
);
refuses("shrinkage must be 'ledoit-wolf', 'none' or in 0 … 1, but is 2", () =>
  mahalanobis(matrix([[1], [2]]), matrix([[1]]), { shrinkage: 2 }),
);
refuses(
  'reference must hold numbers whose squares can be added up, but holds larger ones; scale it first',
  () => mahalanobis(matrix([[1e200], [-1e200]]), matrix([[1]])),
);
test('it refuses a covariance that it does not know', () =>
  assert.throws(
    () => classMahalanobis(matrix([[1], [2]]), ['a', 'b'], matrix([[1]]), { covariance: 'own' as never }),
    { name: 'TypeError', message: 'covariance must be pooled or class, but is own' },
  ));
refuses('reference must have at least 1 distance, but has 0', () => empiricalQuantiles([], [1]));
refuses('X must have at least 1 row, but has 0', () => ledoitWolf(matrix([])));
