import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rankAgreement, spearman } from '../../src/evaluation/agreement.js';
import { clusterRobustLogistic } from '../../src/evaluation/cluster-regression.js';
import { matrix } from '../../src/numeric/matrix.js';
import { random } from '../../src/numeric/random.js';
import { near, statistics } from '../reference/statistics.js';

test("Kendall's W, Friedman's test and Spearman's correlation agree with SciPy, ties included", () => {
  const known = statistics.agreement;
  const got = rankAgreement(matrix(known.ratings), { replicates: 100 });
  near(got.kendallW.value, known.w, 1e-12);
  near(got.chiSquared, known.chiSquared, 1e-9);
  near(got.pValue, known.pValue, 1e-9);
  near(got.spearman.value, known.meanSpearman, 1e-12);
  near(spearman(known.ratings[0], known.ratings[1]), known.spearman01, 1e-12);
});

test('the same order throughout is full agreement, and noise is none', () => {
  const same = rankAgreement(matrix(Array.from({ length: 5 }, () => [3, 9, 1, 4])), { replicates: 50 });
  assert.deepEqual(same.kendallW, { value: 1, low: 1, high: 1 });
  assert.deepEqual(
    same.ranks.map((rank) => rank.value),
    [3, 1, 4, 2],
  );
  const r = random(2);
  const noise = rankAgreement(
    matrix(Array.from({ length: 30 }, () => Array.from({ length: 6 }, () => r.normal()))),
  );
  assert.ok(noise.kendallW.value < 0.15 && noise.pValue > 0.01);
  assert.ok(noise.kendallW.low <= noise.kendallW.value && noise.kendallW.value <= noise.kendallW.high);
});

test('one ranking agrees with nothing', () => {
  assert.throws(() => rankAgreement(matrix([[1, 2, 3]])), {
    message: 'values must rank at least 2 things at least twice, but are 1 × 3',
  });
  assert.throws(() => spearman([1, 2], [1]), { message: 'both sides must be equally many, but are 2 and 1' });
});

test('coefficients and their errors under clusters agree with statsmodels', () => {
  const known = statistics.logistic;
  const rows = known.X.map((row) => row.slice(1));
  const groups = known.groups.map(String);
  const fitted = clusterRobustLogistic(matrix(rows), known.y, groups, ['a', 'b', 'c']);
  fitted.forEach((coefficient, j) => {
    near(coefficient.value, known.coefficients[j], 1e-9);
    near(coefficient.standardError, known.clusterErrors[j], 1e-9);
  });
  assert.deepEqual(
    fitted.map((c) => c.name),
    ['intercept', 'a', 'b', 'c'],
  );
  assert.throws(() => clusterRobustLogistic(matrix([[1], [2]]), [0, 1], ['x', 'x'], ['a']), {
    message: 'groups must be at least 2, but are 1',
  });
});
