import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { calibrate, calibrateOutOfFold, fitCalibrator } from '../../src/evaluation/calibration.js';
import { fitIsotonic, interpolate } from '../../src/evaluation/isotonic.js';
import { scores } from '../../src/evaluation/scores.js';
import { fitLogistic } from '../../src/numeric/logistic.js';
import { matrix } from '../../src/numeric/matrix.js';
import { fitPlattLine } from '../../src/numeric/platt.js';
import { random } from '../../src/numeric/random.js';
import { near, statistics } from '../reference/statistics.js';

const known = statistics.calibration;

test('Platt and temperature agree with SciPy, isotonic regression with scikit-learn', () => {
  const platt = fitCalibrator(known.labels, known.probabilities);
  assert.ok(platt.kind === 'platt');
  near(platt.slope, known.slope, 1e-6);
  near(platt.intercept, known.intercept, 1e-6);
  const temperature = fitCalibrator(known.labels, known.probabilities, { kind: 'temperature' });
  assert.ok(temperature.kind === 'temperature');
  near(temperature.temperature, known.temperature, 1e-9);
  const isotonic = fitCalibrator(known.labels, known.probabilities, { kind: 'isotonic' });
  calibrate(isotonic, known.grid).forEach((p, k) => {
    near(p, known.isotonic[k], 1e-9, `at ${known.grid[k]}`);
  });
});

test('logistic regression agrees with statsmodels', () => {
  const { X, y, coefficients } = statistics.logistic;
  fitLogistic(matrix(X), y).coefficients.forEach((b, j) => {
    near(b, coefficients[j], 1e-9);
  });
  assert.throws(
    () =>
      fitLogistic(
        matrix([
          [1, 2],
          [2, 4],
          [3, 6],
        ]),
        [0, 1, 0],
      ),
    {
      message:
        'logistic regression on 3 × 2 values has no unique solution; drop collinear columns, or the classes are separated',
    },
  );
});

test('temperature keeps every decision, and calibration never reorders rows', () => {
  const odds = fc.array(
    fc.tuple(fc.integer({ min: 0, max: 1 }), fc.double({ min: 0, max: 1, noNaN: true })),
    { minLength: 4, maxLength: 40 },
  );
  fc.assert(
    fc.property(odds, (rows) => {
      const y = rows.map(([label]) => label);
      fc.pre(y.includes(0) && y.includes(1));
      const p = rows.map(([, value]) => value);
      const warm = calibrate(fitCalibrator(y, p, { kind: 'temperature' }), p);
      const stepped = calibrate(fitCalibrator(y, p, { kind: 'isotonic' }), p);
      const rising = (q: Float64Array) => p.every((a, i) => p.every((b, j) => a > b || q[i] <= q[j] + 1e-12));
      return (
        p.every((v, i) => v > 0.5 === warm[i] > 0.5 || Math.abs(v - 0.5) < 1e-9) &&
        rising(warm) &&
        rising(stepped)
      );
    }),
    { numRuns: 50 },
  );
});

test('an isotonic fit of rising values is the values, of falling ones their mean', () => {
  const rising = fitIsotonic([1, 2, 3], [0.1, 0.5, 0.9]);
  assert.deepEqual(rising, { from: [1, 2, 3], to: [0.1, 0.5, 0.9] });
  assert.equal(interpolate(rising, 2.5), 0.7);
  assert.deepEqual([interpolate(rising, 0), interpolate(rising, 9)], [0.1, 0.9]);
  assert.deepEqual(fitIsotonic([1, 2, 3], [3, 2, 1]), { from: [1, 3], to: [2, 2] });
});

const r = random(5);
const truth = Array.from({ length: 900 }, () => r.uniform());
const labels = truth.map((p) => Number(r.uniform() < p));
const overconfident = truth.map((p) => 1 / (1 + Math.exp(-3 * Math.log(p / (1 - p)))));
const groups = truth.map((_, i) => `${i % 30}`);
const folds = truth.map((_, i) => (i % 30) % 5);

test('each kind mends an overconfident model out of fold', () => {
  const before = scores(labels, overconfident);
  for (const kind of ['platt', 'temperature', 'isotonic'] as const) {
    const after = scores(labels, calibrateOutOfFold(labels, overconfident, folds, { kind, groups }));
    assert.ok(after.ece < before.ece / 2 && after.logLoss < before.logLoss, kind);
  }
});

test("a fold's own labels do not move its calibrated probabilities", () => {
  const others = labels.map((y, i) => (folds[i] === 2 ? 1 - y : y));
  const [a, b] = [labels, others].map((y) => calibrateOutOfFold(y, overconfident, folds));
  folds.forEach((fold, i) => {
    if (fold === 2) assert.equal(a[i], b[i]);
  });
});

test("Platt's line follows the unit and the origin of the scores", () => {
  const scores = truth.map((p) => 3 * p - 1);
  const [own, other] = [scores, scores.map((f) => 1e6 * f + 5e6)].map((f) => fitPlattLine(f, labels));
  near(other.slope, own.slope / 1e6, 1e-9);
  near(other.intercept, own.intercept - 5 * own.slope, 1e-6);
});

test('one class only, and publications in two folds, are refused; a model that says one thing is not', () => {
  assert.throws(() => fitCalibrator([1, 1], [0.2, 0.3]), {
    message: 'labels must hold both classes, but 2 of 2 are 1',
  });
  assert.throws(
    () =>
      calibrateOutOfFold([0, 1, 0, 1], [0, 0.5, 0.2, 0.9], [0, 0, 1, 1], { groups: ['a', 'b', 'b', 'c'] }),
    {
      message: 'groups must lie in one fold each, but "b" is in folds 0 and 1; calibrate on grouped folds',
    },
  );
  const flat = fitCalibrator([0, 0, 0, 1], [0.9, 0.9, 0.9, 0.9]);
  const [p] = calibrate(flat, [0.1]);
  assert.ok(p > 0.2 && p < 0.4);
});
