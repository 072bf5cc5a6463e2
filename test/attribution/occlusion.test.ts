import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Predict } from '../../src/attribution/attribution.js';
import { deletionCurves, randomOrder } from '../../src/attribution/deletion.js';
import { chordFill, flatFill, meanFill } from '../../src/attribution/fill.js';
import { occlusion } from '../../src/attribution/occlusion.js';
import { bandRegions, patchRegions, perRegion, type Region } from '../../src/attribution/regions.js';
import { unmix } from '../../src/attribution/unmix.js';
import { type Matrix, matrix, row } from '../../src/numeric/matrix.js';
import { random } from '../../src/numeric/random.js';
import { insight } from '../reference/insight.js';
import { near } from '../reference/statistics.js';

const linear =
  (weights: ArrayLike<number>): Predict =>
  (X: Matrix) =>
    Float64Array.from({ length: X.rows }, (_, i) => row(X, i).reduce((sum, x, j) => sum + x * weights[j], 0));

const region = (name: string, ...columns: number[]): Region => ({ name, columns: Int32Array.from(columns) });
const REGIONS = [region('a', 0, 1, 2), region('b', 3, 4), region('c', 5, 6, 7)];

test('occlusion of a straight line is w · (x − fill), as NumPy has it', async () => {
  const { weights, rows, falls } = insight.occlusion;
  const X = matrix(rows);
  const got = await occlusion(linear(weights), X, REGIONS, { fill: meanFill(X) });
  falls.flat().forEach((fall, k) => {
    near(got.data[k], fall, 1e-12);
  });
});

test('occlusion gives a region that the model ignores exactly nothing, and asks the model once a region', async () => {
  let asked = 0;
  const predict: Predict = (X) => {
    asked++;
    return linear([1, -2, 3, 0, 0, 1, 1, 1])(X);
  };
  const rows = matrix([
    [1, 2, 3, 4, 5, 6, 7, 9],
    [0, 1, 0, 1, 0, 1, 0, 2],
  ]);
  const before = rows.data.slice();
  const falls = await occlusion(predict, rows, REGIONS, { fill: flatFill });
  assert.deepEqual([falls.data[1], falls.data[4]], [0, 0]);
  assert.equal(asked, 4);
  assert.deepEqual(rows.data, before, 'rows are left alone');
});

test('a band on a straight baseline vanishes under the chord, whatever the baseline', () => {
  fc.assert(
    fc.property(
      fc.double({ min: -5, max: 5, noNaN: true }),
      fc.double({ min: -5, max: 5, noNaN: true }),
      (a, b) => {
        const line = Float64Array.from({ length: 12 }, (_, j) => a + b * j);
        const bumped = line.slice();
        for (const j of [4, 5, 6]) bumped[j] += 3;
        const filled = chordFill(bumped, Int32Array.of(4, 5, 6));
        [4, 5, 6].forEach((j, k) => {
          near(filled[k], line[j], 1e-12);
        });
      },
    ),
  );
});

test('bands and patches are columns of a row, and patches cover a picture once', () => {
  const bands = bandRegions([400, 500, 600, 700], [{ name: 'C=O', range: [650, 500] }], 10);
  assert.deepEqual(bands, [{ name: 'C=O', columns: Int32Array.of(11, 12) }]);
  const patches = patchRegions(5, 4, 2, 7);
  assert.equal(patches.length, 6);
  assert.deepEqual(
    patches.flatMap(({ columns }) => [...columns]).sort((a, b) => a - b),
    Array.from({ length: 20 }, (_, k) => k + 7),
  );
  assert.deepEqual([...perRegion([1, 2, 3, 4], [region('x', 0, 3), region('y', 1)])], [2.5, 2]);
  assert.deepEqual([...perRegion([1, 2, 3, 4], [region('x', 0, 3)], 'sum')], [5]);
});

test('deletion in the order of the weights falls faster than in a random order, and ends at the same value', async () => {
  const r = random(3);
  const weights = Float64Array.from({ length: 20 }, (_, j) => (j < 4 ? 3 : 0.1));
  const regions = Array.from({ length: 20 }, (_, j) => region(`${j}`, j));
  const rows = matrix(
    Array.from({ length: 15 }, () => Array.from({ length: 20 }, () => 1 + 0.2 * r.normal())),
  );
  const options = { fill: () => [0], steps: 10 };
  const known = { rows: 15, cols: 20, data: Float64Array.from({ length: 300 }, (_, k) => weights[k % 20]) };
  const best = await deletionCurves(linear(weights), rows, regions, known, options);
  const chance = await deletionCurves(linear(weights), rows, regions, randomOrder(15, 20, 5), options);
  assert.deepEqual([...best.shares], [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1]);
  for (let i = 0; i < 15; i++) {
    assert.ok(best.areas[i] < chance.areas[i]);
    assert.equal(best.values.data[i * 11 + 10], 0);
    near(best.values.data[i * 11], chance.values.data[i * 11], 1e-12);
  }
});

test('the area under a deletion curve of equal regions is that of a straight line', async () => {
  const regions = [0, 1, 2, 3].map((j) => region(`${j}`, j));
  const { areas, values } = await deletionCurves(
    linear([1, 1, 1, 1]),
    matrix([[1, 1, 1, 1]]),
    regions,
    matrix([[4, 3, 2, 1]]),
    { fill: () => [0] },
  );
  assert.deepEqual([...values.data], [4, 3, 2, 1, 0]);
  near(areas[0], 2, 1e-12);
});

test('unmixing agrees with SciPy', () => {
  const known = insight.unmix;
  const { shares, residuals } = unmix(matrix(known.members), matrix(known.rows));
  known.shares.flat().forEach((share, k) => {
    near(shares.data[k], share, 1e-9);
  });
  known.residuals.forEach((residual, i) => {
    near(residuals[i], residual, 1e-9);
  });
});

test('unmixing gives back the shares of exact mixtures, whatever their amount', () => {
  const members = matrix([
    [1, 0, 0.2, 0],
    [0, 1, 0.2, 0.1],
    [0.3, 0, 1, 0.5],
  ]);
  const share = fc.double({ min: 0.01, max: 1, noNaN: true });
  fc.assert(
    fc.property(share, share, share, fc.double({ min: 0.1, max: 50, noNaN: true }), (a, b, c, scale) => {
      const amounts = [a, b, c].map((one) => (one * scale) / (a + b + c));
      const mixed = Array.from({ length: 4 }, (_, j) =>
        amounts.reduce((sum, amount, k) => sum + amount * members.data[4 * k + j], 0),
      );
      const { shares, residuals } = unmix(members, matrix([mixed]));
      amounts.forEach((amount, k) => {
        near(shares.data[k], amount / scale, 1e-7);
      });
      assert.ok(residuals[0] < 1e-6);
    }),
    { numRuns: 50 },
  );
  assert.deepEqual([...unmix(members, matrix([[-1, -1, -1, -1]])).shares.data], [1 / 3, 1 / 3, 1 / 3]);
});

test('what cannot be occluded is refused with a sentence', async () => {
  const rows = matrix([[1, 2]]);
  await assert.rejects(occlusion(linear([1, 1]), rows, [region('C=O', 1, 2)]), {
    message: 'region "C=O" must lie in columns 0 … 1, but holds 2',
  });
  await assert.rejects(occlusion(linear([1, 1]), rows, []), {
    message: 'regions must hold at least one region, but are empty',
  });
  await assert.rejects(
    occlusion(() => [Number.NaN], rows, [region('a', 0)]),
    { message: 'predict must give finite numbers, but gave NaN for row 0' },
  );
  await assert.rejects(
    occlusion(() => [1, 2], rows, [region('a', 0)]),
    { message: 'predict must give 1 numbers, one a row, but gave 2' },
  );
  await assert.rejects(deletionCurves(linear([1, 1]), rows, [region('a', 0)], matrix([[1, 2]])), {
    message: 'scores must have 1 columns, but has 2',
  });
  assert.throws(() => bandRegions([400, 500], [{ name: 'O–H', range: [3200, 3550] }]), {
    message: 'band "O–H" (3200–3550) must hold a point of the axis, which runs from 400 to 500',
  });
  assert.throws(() => patchRegions(4, 4, 5), { message: 'size must be a whole number in 1 … 4, but is 5' });
});
