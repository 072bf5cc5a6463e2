import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { fitHill, hillAt } from '../../src/numeric/hill.js';
import { near, statistics } from '../reference/statistics.js';

test('EC50 and slope agree with SciPy', () => {
  const { dose, viability, ec50, slope } = statistics.hill;
  const fitted = fitHill(dose, viability);
  near(fitted.ec50, ec50, 1e-6);
  near(fitted.slope, slope, 1e-6);
  assert.equal(fitted.extrapolated, false);
});

test('a curve without noise is found again', () => {
  const dose = [0.5, 1, 5, 20, 80, 300, 1000];
  fc.assert(
    fc.property(
      fc.double({ min: 1, max: 400, noNaN: true }),
      fc.double({ min: 0.4, max: 4, noNaN: true }),
      (ec50, slope) => {
        const fitted = fitHill(
          dose,
          dose.map((d) => hillAt({ ec50, slope }, d)),
        );
        return Math.abs(fitted.ec50 / ec50 - 1) < 1e-5 && Math.abs(fitted.slope / slope - 1) < 1e-5;
      },
    ),
    { numRuns: 50 },
  );
});

test('a weight of two is a row twice, and an EC50 beyond the doses is called so', () => {
  const [dose, viability] = [
    [1, 10, 100, 1000],
    [98, 80, 40, 12],
  ];
  const weighted = fitHill(dose, viability, [1, 2, 1, 0]);
  const repeated = fitHill([1, 10, 10, 100], [98, 80, 80, 40]);
  near(weighted.ec50, repeated.ec50, 1e-9);
  assert.ok(fitHill([1, 10, 100], [100, 101, 102]).extrapolated);
  assert.ok(fitHill([1, 10, 100], [99, 95, 70]).extrapolated);
});

test('too few rows or doses are refused', () => {
  assert.throws(() => fitHill([1, 2], [50, 40]), {
    message: 'dose must hold at least 3 rows of at least 2 positive doses, but holds 2',
  });
  assert.throws(() => fitHill([0, 1, 2], [50, 40, 30]), /at least 2 positive doses/);
});
