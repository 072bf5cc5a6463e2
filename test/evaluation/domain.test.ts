import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applicabilityDomain } from '../../src/evaluation/domain.js';
import { leverages } from '../../src/evaluation/leverage.js';
import { pearsonResiduals } from '../../src/evaluation/residuals.js';
import { scoresBy } from '../../src/evaluation/scores-by.js';
import { type Matrix, matrix } from '../../src/numeric/matrix.js';
import { random } from '../../src/numeric/random.js';
import { near, statistics } from '../reference/statistics.js';

const known = statistics.leverage;

test('leverages agree with the hat matrix of statsmodels, for new rows too', () => {
  const { training, query, limit, parameters } = leverages(matrix(known.X), matrix(known.query));
  training.forEach((h, i) => {
    near(h, known.leverage[i], 1e-9);
  });
  query.forEach((h, i) => {
    near(h, known.queryLeverage[i], 1e-9);
  });
  near(
    training.reduce((sum, h) => sum + h, 0),
    parameters,
    1e-9,
  );
  near(limit, 15 / 40);
});

test('collinear and constant columns change no leverage', () => {
  const padded = known.collinear.map((row) => [...row, 7]);
  const { training, parameters } = leverages(matrix(padded), matrix(padded));
  assert.equal(parameters, 5);
  training.forEach((h, i) => {
    near(h, known.leverage[i], 1e-9);
  });
});

const r = random(4);
const cloud = (rows: number, shift = 0): Matrix =>
  matrix(Array.from({ length: rows }, () => Array.from({ length: 3 }, () => shift + r.normal())));

test('rows like the training rows are inside, far ones outside, and the criteria say why', () => {
  const X = cloud(200);
  const domain = applicabilityDomain(X, cloud(100), { names: ['a', 'b', 'c'] });
  const inside = domain.verdicts.filter((verdict) => verdict === 'inside').length;
  assert.ok(inside > 80, `${inside}`);
  for (const measure of [domain.distance, domain.mahalanobis]) {
    const within = measure.training.filter((d) => d <= measure.limit).length;
    assert.equal(within, 190);
  }
  const far = applicabilityDomain(X, matrix([[9, 0, 0]]), { names: ['a', 'b', 'c'] });
  assert.deepEqual([far.verdicts, [...far.broken], far.outOfRange], [['outside'], [4], [['a']]]);
});

test('a descriptor that training does not vary counts for the ranges only', () => {
  const X = matrix(Array.from({ length: 30 }, () => [r.normal(), 5]));
  const domain = applicabilityDomain(X, matrix([[0, 6]]), { names: ['a', 'constant'] });
  assert.deepEqual([domain.outOfRange, domain.verdicts], [[['constant']], ['borderline']]);
});

test('the nearest training row of a training row is itself', () => {
  const X = cloud(20);
  const { neighbours } = applicabilityDomain(X, X, { neighbours: 2 });
  for (let i = 0; i < 20; i++)
    assert.deepEqual([neighbours.indices[2 * i], neighbours.distances[2 * i]], [i, 0]);
});

test('scores inside and outside are those of the rows there', () => {
  const labels = [0, 1, 0, 1, 1, 1];
  const p = [0.1, 0.9, 0.2, 0.8, 0.3, 0.6];
  const parts = ['inside', 'inside', 'inside', 'inside', 'outside', 'outside'];
  const [inside, outside] = scoresBy(parts, labels, p, ['a', 'a', 'b', 'b', 'c', 'd'], { replicates: 20 });
  assert.deepEqual(
    [inside.part, inside.rows, inside.positive, inside.scores.rocAuc.value],
    ['inside', 4, 2, 1],
  );
  assert.deepEqual([outside.scores.accuracy.value, outside.scores.rocAuc.value], [0.5, Number.NaN]);
  assert.throws(() => scoresBy([], labels, p, parts), {
    message: 'parts must name 6 rows like labels, but name 0',
  });
});

test('a Pearson residual counts standard deviations, and is bounded', () => {
  const [a, b, c] = pearsonResiduals([1, 0, 1], [0.5, 0.2, 0]);
  assert.deepEqual([a, b.toFixed(2)], [1, '-0.50']);
  assert.ok(c > 31 && c < 32);
});

test('shapes and names that do not fit are refused', () => {
  assert.throws(() => applicabilityDomain(cloud(2), cloud(1)), {
    message: 'X must have at least 3 rows, but has 2',
  });
  assert.throws(() => applicabilityDomain(cloud(5), matrix([[1]])), {
    message: 'query must have 3 columns, but has 1',
  });
  assert.throws(() => applicabilityDomain(cloud(5), cloud(1), { names: ['a'] }), {
    message: 'names must be 3, one for each column, but are 1',
  });
  assert.throws(() => applicabilityDomain(matrix([[1], [1], [1]]), matrix([[1]])), {
    message: 'X must vary in at least one column, but all are constant',
  });
});
