import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { classOverlap } from '../../src/embedding/class-overlap.js';
import { classSeparation } from '../../src/embedding/class-separation.js';
import { silhouette } from '../../src/embedding/silhouette.js';
import { matrix } from '../../src/numeric/matrix.js';
import { insight } from '../reference/insight.js';
import { near } from '../reference/statistics.js';

const X = matrix(insight.X);
const { labels } = insight;

test('silhouettes agree with scikit-learn', () => {
  const got = silhouette(X, labels);
  near(got.mean, insight.silhouette.mean, 1e-12);
  insight.silhouette.perRow.forEach((value, i) => {
    near(got.perRow[i], value, 1e-12);
  });
  assert.deepEqual(
    got.byClass.map(({ name }) => name),
    ['UV', 'thermal', 'chemical'],
  );
});

test("Fisher's ratio, distances of centres and overlaps agree with NumPy", () => {
  const got = classSeparation(X, labels, { shrinkage: 'none' });
  near(got.fisherRatio, insight.separation.fisherRatio, 1e-9);
  insight.separation.distances.flat().forEach((distance, k) => {
    near(got.distances.data[k], distance, 1e-6);
  });
  insight.separation.overlap.flat().forEach((share, k) => {
    near(got.overlap.data[k], share, 1e-9);
  });
});

test('shares of neighbours agree with scikit-learn', () => {
  const { shares } = classOverlap(X, labels, { neighbours: 5 });
  insight.overlap.flat().forEach((share, k) => {
    near(shares.data[k], share, 1e-12);
  });
});

test('separation does not depend on the units of the columns', () => {
  const scale = fc.array(fc.double({ min: 0.1, max: 10, noNaN: true }), { minLength: 4, maxLength: 4 });
  const plain = classSeparation(X, labels).fisherRatio;
  fc.assert(
    fc.property(scale, (factors) => {
      const scaled = { ...X, data: X.data.map((v, k) => v * factors[k % 4]) };
      near(classSeparation(scaled, labels).fisherRatio, plain, 1e-6);
    }),
    { numRuns: 20 },
  );
});

test('silhouettes are near 1 for classes far apart, 0 for a class of one, and the rows may come in any order', () => {
  const far = silhouette(matrix([[0], [0.1], [100], [100.1], [50]]), ['a', 'a', 'b', 'b', 'c']);
  assert.ok(far.perRow[0] > 0.99 && far.perRow[3] > 0.99);
  assert.equal(far.perRow[4], 0);
  const turned = silhouette(matrix([...insight.X].reverse()), [...labels].reverse());
  near(turned.mean, insight.silhouette.mean, 1e-12);
});

test('neighbours of the same particle are not counted, since they are alike whatever the class', () => {
  // Two fields a particle at the same place; the next nearest are of the other class.
  const points = matrix([[0], [0.01], [1], [1.01], [2], [2.01], [3], [3.01]]);
  const types = ['a', 'a', 'b', 'b', 'a', 'a', 'b', 'b'];
  const groups = ['p', 'p', 'q', 'q', 'r', 'r', 's', 's'];
  assert.equal(classOverlap(points, types, { neighbours: 1 }).foreign, 0);
  assert.equal(classOverlap(points, types, { neighbours: 1, groups }).foreign, 1);
});

test('what cannot be separated is refused with a sentence', () => {
  assert.throws(
    () =>
      silhouette(
        X,
        labels.map(() => 'UV'),
      ),
    {
      message: 'labels must name at least 2 classes, but name 1',
    },
  );
  assert.throws(() => silhouette(matrix([[1], [2], [3]]), ['a', 'b', 'c']), {
    message: 'labels must name fewer classes than rows, but name 3 for 3 rows',
  });
  assert.throws(() => classSeparation(X, ['UV']), {
    message: 'labels must name each of the 36 rows, but has 1',
  });
  assert.throws(() => classOverlap(matrix([[1], [2]]), ['a', 'b'], { neighbours: 1, groups: ['p', 'p'] }), {
    message: 'neighbours must be at most 0, the rows outside of "p", but are 1',
  });
});
