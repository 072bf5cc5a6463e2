import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { correctedT } from '../../src/evaluation/corrected-t.js';
import { delong, delongTest } from '../../src/evaluation/delong.js';
import { foldDifferences } from '../../src/evaluation/fold-differences.js';
import { holm } from '../../src/evaluation/holm.js';
import { scoreIntervals } from '../../src/evaluation/intervals.js';
import { compareModels, pairedDifferences } from '../../src/evaluation/paired.js';
import { permutationTest } from '../../src/evaluation/permutation-test.js';
import { proportionIntervals } from '../../src/evaluation/proportions.js';
import { rocAuc } from '../../src/evaluation/roc.js';
import { scores } from '../../src/evaluation/scores.js';
import { wilson } from '../../src/evaluation/wilson.js';
import { random } from '../../src/numeric/random.js';
import { near, statistics } from '../reference/statistics.js';

test('Wilson intervals agree with statsmodels', () => {
  for (const [successes, trials, low, high] of statistics.wilson) {
    const interval = wilson(successes, trials);
    near(interval.low, low, 1e-12);
    near(interval.high, high, 1e-12);
  }
  assert.deepEqual(wilson(0, 0), { value: Number.NaN, low: 0, high: 1 });
  assert.throws(() => wilson(1, 2, { level: 1 }), { message: 'level must be between 0 and 1, but is 1' });
  assert.throws(() => wilson(3, 2), { message: 'successes must be in 0 … 2 trials, but are 3' });
});

test('each proportion of a confusion matrix has the interval of its own counts', () => {
  const c = { truePositives: 14, falseNegatives: 6, falsePositives: 1, trueNegatives: 19 };
  const { accuracy, recall, specificity, precision } = proportionIntervals(c);
  assert.deepEqual([accuracy, recall], [wilson(33, 40), wilson(14, 20)]);
  assert.deepEqual([specificity, precision], [wilson(19, 20), wilson(14, 15)]);
});

test("DeLong's variance and test agree with the definition over all pairs", () => {
  for (const { labels, first, second, ...expected } of statistics.delong) {
    const { value, variance } = delong(labels, first);
    near(value, expected.area, 1e-12);
    near(variance, expected.variance, 1e-12);
    const test = delongTest(labels, first, second);
    near(test.z, expected.z, 1e-9);
    near(test.pValue, expected.pValue, 1e-9);
  }
});

test('a model does not differ from itself, and a test needs two rows of a class', () => {
  const [labels, p] = [
    [0, 0, 1, 1],
    [0.1, 0.6, 0.5, 0.9],
  ];
  const { value, z, pValue } = delongTest(labels, p, p);
  assert.deepEqual([value, z, pValue], [0, 0, 1]);
  assert.equal(delongTest(labels, [0, 0.1, 0.8, 0.9], [0.5, 0.5, 0.5, 0.5]).pValue, 0);
  assert.throws(() => delong([0, 0, 1], [0, 1, 2]), {
    message: 'labels must hold at least two rows of each class, but hold 1 of 1 and 2 of 0',
  });
});

test('Holm agrees with statsmodels, in whatever order the values come', () => {
  holm(statistics.holm.p).forEach((p, k) => {
    near(p, statistics.holm.adjusted[k], 1e-12);
  });
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true })), (p) => {
      const adjusted = holm(p);
      return (
        adjusted.every((a, k) => a >= p[k] && a <= 1) &&
        p.every((v, i) => p.every((w, j) => v > w || adjusted[i] <= adjusted[j]))
      );
    }),
  );
  assert.throws(() => holm([0.1, 2]), { message: 'pValues must lie in 0 … 1, but number 1 is 2' });
});

test("Nadeau and Bengio's t agrees with its formula in SciPy", () => {
  const { differences, testShare, ...expected } = statistics.correctedT;
  const got = correctedT(differences, { testShare });
  for (const name of ['t', 'pValue', 'low', 'high'] as const) near(got[name], expected[name], 1e-9, name);
  assert.deepEqual(correctedT([0, 0, 0], { testShare: 0.25 }).pValue, 1);
  assert.deepEqual(correctedT([0.1, 0.1], { testShare: 0.25 }).pValue, 0);
  assert.throws(() => correctedT([1], { testShare: 0.25 }), {
    message: 'differences must be at least 2, but are 1',
  });
});

test('differences by fold are those of the scores there, and a fold with one class is left out', () => {
  const labels = [0, 1, 0, 1, 1, 1];
  const [first, second] = [
    [0.1, 0.9, 0.2, 0.8, 0.5, 0.6],
    [0.9, 0.1, 0.2, 0.8, 0.5, 0.6],
  ];
  const folds = [0, 0, 1, 1, 2, 2];
  assert.deepEqual(foldDifferences(labels, first, second, folds), [1, 0]);
  assert.deepEqual(foldDifferences(labels, first, second, folds, { score: 'accuracy' }), [1, 0, 0]);
});

const r = random(8);
const n = 240;
const groups = Array.from({ length: n }, (_, i) => `study ${Math.floor(i / 8)}`);
const study = Array.from({ length: n / 8 }, () => r.normal());
const labels = groups.map((_, i) => Number(study[Math.floor(i / 8)] + r.normal() > 0.4));
const sharp = labels.map((y) => 1 / (1 + Math.exp(-(2 * y - 1 + r.normal()))));
const dull = sharp.map((p) => 0.5 * p + 0.5 * r.uniform());

test('a paired interval is that of the difference, and narrower than the two models suggest', () => {
  const paired = pairedDifferences(labels, sharp, dull, groups, { replicates: 500 });
  const [a, b] = [sharp, dull].map((p) => scoreIntervals(labels, p, groups, { replicates: 500 }));
  for (const name of ['rocAuc', 'brier', 'mcc'] as const) {
    near(paired[name].value, scores(labels, sharp)[name] - scores(labels, dull)[name], 1e-12);
    const width = (i: { low: number; high: number }) => i.high - i.low;
    assert.ok(width(paired[name]) < width(a[name]) + width(b[name]));
  }
  assert.ok(paired.rocAuc.low > 0 && paired.rocAuc.pValue < 0.05);
  const same = pairedDifferences(labels, sharp, sharp, groups, { replicates: 50 });
  assert.deepEqual(same.rocAuc, { value: 0, low: 0, high: 0, pValue: 1 });
});

test('many models are compared with one, corrected for their number', () => {
  const compared = compareModels(labels, { sharp, dull, same: dull }, 'dull', groups, { replicates: 300 });
  assert.deepEqual(
    compared.map((row) => row.model),
    ['sharp', 'same'],
  );
  assert.ok(compared[0].adjustedPValue >= compared[0].pValue);
  assert.equal(compared[1].adjustedPValue, 1);
  assert.throws(() => compareModels(labels, { sharp }, 'dull', groups), {
    message: 'reference must be one of sharp, but is "dull"',
  });
});

test('permutation of labels tells a model that knows from one that guesses', () => {
  const guess = labels.map(() => r.uniform());
  const options = { permutations: 400, groups };
  for (const exchange of ['rows', 'within groups', 'between groups'] as const) {
    const knows = permutationTest(labels, sharp, { ...options, exchange });
    assert.equal(knows.observed, rocAuc(labels, sharp));
    assert.ok(knows.pValue < 0.05, `${exchange} ${knows.pValue}`);
    assert.ok(permutationTest(labels, guess, { ...options, exchange }).pValue > 0.05, exchange);
  }
});

test('a score that only knows the publication is chance within publications, and not between them', () => {
  const publication = groups.map((_, i) => study[Math.floor(i / 8)]);
  const p = (exchange: 'within groups' | 'between groups') =>
    permutationTest(labels, publication, { exchange, groups, permutations: 400 }).pValue;
  assert.equal(p('within groups'), 1);
  assert.ok(p('between groups') < 0.05);
  assert.throws(() => permutationTest([0, 1], [0, 1], { exchange: 'within groups' }), {
    message: 'groups must be given to exchange labels within groups',
  });
  assert.throws(() => permutationTest([1, 1], [0, 1]), {
    message: 'labels must hold both classes for a permutation test, but the statistic is undefined',
  });
});
