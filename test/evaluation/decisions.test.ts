import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  balancedAccuracy,
  confusion,
  precision,
  recall,
  specificity,
} from '../../src/evaluation/confusion.js';
import { learningCurve, learningPlan } from '../../src/evaluation/learning-curve.js';
import { precisionAt, prevalenceShift } from '../../src/evaluation/prevalence.js';
import { chooseThreshold, type ThresholdGoal, thresholdOutOfFold } from '../../src/evaluation/threshold.js';
import { groupFolds } from '../../src/frames/splits.js';
import { near } from '../reference/statistics.js';

const table = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 1 }), fc.integer({ min: 0, max: 20 })), {
    minLength: 2,
    maxLength: 60,
  })
  .filter((rows) => rows.some(([y]) => y === 0) && rows.some(([y]) => y === 1));

test('the chosen threshold is the best there is, and its decisions are those of the confusion matrix', () => {
  fc.assert(
    fc.property(table, (rows) => {
      const y = rows.map(([label]) => label);
      const p = rows.map(([, s]) => s / 20);
      const chosen = chooseThreshold(y, p);
      assert.deepEqual(confusion(y, p, chosen.threshold), chosen.confusion);
      const best = Math.max(...p.map((t) => balancedAccuracy(confusion(y, p, t))), 0.5);
      return Math.abs(balancedAccuracy(chosen.confusion) - best) < 1e-12;
    }),
  );
});

test('a bound is kept, or refused where no threshold keeps it', () => {
  const y = [0, 0, 0, 1, 0, 1, 1, 1];
  const p = [0.1, 0.2, 0.3, 0.35, 0.6, 0.7, 0.8, 1];
  const at = (goal: ThresholdGoal) => chooseThreshold(y, p, { goal }).confusion;
  assert.equal(recall(at({ leastRecall: 1 })), 1);
  assert.equal(specificity(at({ leastRecall: 1 })), 0.75);
  assert.equal(specificity(at({ leastSpecificity: 1 })), 1);
  assert.equal(precision(at({ leastPrecision: 0.95 })), 1);
  near(chooseThreshold(y, p, { goal: 'mcc' }).threshold, 0.65);
  assert.throws(() => chooseThreshold([1, 0, 0], [0.1, 0.2, 0.3], { goal: { leastPrecision: 0.9 } }), {
    message: 'no threshold keeps {"leastPrecision":0.9} on these rows; ask for less',
  });
  assert.throws(() => chooseThreshold([1, 1], [0.1, 0.2]), {
    message: 'labels must hold both classes, but 2 of 2 are 1',
  });
});

test('a threshold out of fold does not see the rows that it decides', () => {
  const y = [0, 1, 0, 1, 0, 1, 0, 1];
  const p = [0.2, 0.4, 0.3, 0.5, 0.1, 0.35, 0.6, 0.9];
  const folds = [0, 0, 0, 0, 1, 1, 1, 1];
  const { thresholds, confusion: counts } = thresholdOutOfFold(y, p, folds);
  const ofFold = (rows: number[]) =>
    chooseThreshold(
      rows.map((i) => y[i]),
      rows.map((i) => p[i]),
    ).threshold;
  assert.deepEqual([thresholds[0], thresholds[7]], [ofFold([4, 5, 6, 7]), ofFold([0, 1, 2, 3])]);
  const called = p.filter((v, i) => v >= thresholds[i]).length;
  assert.equal(counts.truePositives + counts.falsePositives, called);
});

test('precision falls with prevalence: .93 at one half is .61 at one tenth for the published rates', () => {
  assert.equal(precisionAt(0.5, 0.7, 0.95).toFixed(2), '0.93');
  assert.equal(precisionAt(0.1, 0.7, 0.95).toFixed(2), '0.61');
  assert.throws(() => precisionAt(1, 0.7, 0.9), { message: 'prevalence must be between 0 and 1, but is 1' });
});

test("at the table's own prevalence the shifted precision is the plain one", () => {
  const y = [0, 0, 0, 1, 0, 1, 1, 1, 0, 1];
  const p = [0.1, 0.2, 0.3, 0.35, 0.6, 0.7, 0.8, 1, 0.9, 0.4];
  const groups = y.map((_, i) => `${i >> 1}`);
  const [row] = prevalenceShift(y, p, groups, { prevalences: [0.5], replicates: 100 });
  near(row.precision.value, precision(confusion(y, p)), 1e-12);
  assert.ok(row.precision.low <= row.precision.value && row.precision.value <= row.precision.high);
  const { trueNegatives, falseNegatives } = confusion(y, p);
  near(row.negativePredictiveValue.value, trueNegatives / (trueNegatives + falseNegatives), 1e-12);
});

const groups = Array.from({ length: 120 }, (_, i) => `study ${Math.floor(i / 5)}`);
const labels = groups.map((_, i) => i % 2);
const folds = groupFolds(groups, { k: 4, labels });

test('a learning curve grows nested subsets of publications, and never touches the test side', () => {
  const plan = learningPlan(labels, groups, folds, { shares: [0.25, 0.5, 1], repeats: 2, seed: 3 });
  assert.equal(plan.length, 4 * 2 * 3);
  for (const { fold, repeat, train, test, publications } of plan) {
    assert.equal(new Set(Array.from(train, (i) => groups[i])).size, publications);
    assert.deepEqual(test, folds[fold].test);
    const larger = plan.filter(
      (s) => s.fold === fold && s.repeat === repeat && s.publications > publications,
    );
    for (const step of larger) assert.ok(train.every((i) => step.train.includes(i)));
    assert.ok(test.every((i) => !train.includes(i)));
  }
  assert.deepEqual(
    plan,
    learningPlan(labels, groups, folds, { shares: [0.25, 0.5, 1], repeats: 2, seed: 3 }),
  );
  assert.throws(() => learningPlan(labels, groups, folds, { shares: [0] }), {
    message: 'shares must be above 0 and at most 1, but one is 0',
  });
});

test('points of a learning curve are means with intervals, over the trainings that were defined', () => {
  const plan = learningPlan(labels, groups, folds, { shares: [0.5, 1] });
  const curve = learningCurve(
    plan,
    plan.map((step, k) => (k === 0 ? Number.NaN : step.publications / 100)),
  );
  assert.deepEqual(
    curve.map((point) => [point.publications, point.trainings, point.value.toFixed(2)]),
    [
      [9, 3, '0.09'],
      [18, 4, '0.18'],
    ],
  );
  assert.throws(() => learningCurve(plan, []), {
    message: 'values must be one for each of 8 steps, but are 0',
  });
});
