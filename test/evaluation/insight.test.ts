import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { dualAttribution, topTwo } from '../../src/evaluation/dual-attribution.js';
import { localisation } from '../../src/evaluation/localisation.js';
import { mapAgreement } from '../../src/evaluation/map-agreement.js';
import { novelty } from '../../src/evaluation/novelty.js';
import { fitShareBand, shareIntervals } from '../../src/evaluation/share-band.js';
import { type Matrix, matrix } from '../../src/numeric/matrix.js';
import { random } from '../../src/numeric/random.js';
import { insight } from '../reference/insight.js';
import { near } from '../reference/statistics.js';

const FEW = { replicates: 50 };
const particles = (n: number): string[] => Array.from({ length: n }, (_, i) => `particle ${i}`);

test('agreement of maps and localisation agree, row by row, with SciPy and scikit-learn', () => {
  const { a, b, spearman } = insight.agreement;
  const got = mapAgreement(matrix(a), matrix(b), particles(4), FEW);
  spearman.forEach((rho, i) => {
    near(got.perRow[i], rho, 1e-12);
  });
  near(got.spearman.value, spearman.reduce((sum, rho) => sum + rho, 0) / 4, 1e-12);
  const { marked, auc } = insight.localisation;
  const found = localisation(matrix(a), matrix(marked), particles(4), FEW);
  near(found.auc.value, auc.reduce((sum, one) => sum + one, 0) / 4, 1e-12);
});

test('a map agrees with itself wholly and with its negative not at all; a constant row does not count', () => {
  const a = matrix([
    [1, 2, 3],
    [9, 4, 5],
    [2, 2, 2],
  ]);
  const turned = { ...a, data: a.data.map((v) => -v) };
  assert.deepEqual(mapAgreement(a, a, particles(3), FEW).spearman, { value: 1, low: 1, high: 1 });
  assert.equal(mapAgreement(a, turned, particles(3), FEW).spearman.value, -1);
  assert.equal(mapAgreement(a, a, particles(3), FEW).rows, 2);
});

test('scores that are the truth point at it, and rows without both kinds of regions are left out', () => {
  const marked = matrix([
    [1, 0, 0, 0],
    [0, 0, 1, 1],
    [1, 1, 1, 1],
    [0, 0, 0, 0],
  ]);
  const found = localisation(marked, marked, particles(4), FEW);
  assert.equal(found.auc.value, 1);
  assert.equal(found.pointing.value, 1);
  assert.equal(found.pointingChance, 0.375);
  assert.equal(found.rows, 2);
});

test('random scores localise at chance, and so do constant ones exactly', () => {
  const r = random(5);
  const noise = (n: number): Matrix => ({
    rows: n,
    cols: 16,
    data: Float64Array.from({ length: 16 * n }, () => r.uniform()),
  });
  const scores = noise(400);
  const marked = { ...scores, data: noise(400).data.map((u) => Number(u < 0.25)) };
  const found = localisation(scores, marked, particles(400), FEW);
  assert.ok(Math.abs(found.auc.value - 0.5) < 0.03, `${found.auc.value}`);
  assert.ok(Math.abs(found.pointing.value - found.pointingChance) < 0.08);
  const flat = localisation({ ...scores, data: scores.data.map(() => 1) }, marked, particles(400), FEW);
  assert.equal(flat.auc.value, 0.5);
  near(flat.pointing.value, flat.pointingChance, 1e-12);
});

test('two causes of seven are guessed in 1 of 21 samples', () => {
  const r = random(9);
  const n = 4000;
  const truth = matrix(n, 7);
  const scores = matrix(
    n,
    7,
    Float64Array.from({ length: 7 * n }, () => r.uniform()),
  );
  for (let i = 0; i < n; i++) {
    const [a, b] = r.permutation(7);
    truth.data[7 * i + a] = 0.4;
    truth.data[7 * i + b] = 0.6;
  }
  const guessed = dualAttribution(scores, truth, particles(n), FEW);
  near(guessed.chance, 1 / 21, 1e-12);
  assert.ok(Math.abs(guessed.both.value - guessed.chance) < 0.012, `${guessed.both.value}`);
  const right = dualAttribution(truth, truth, particles(n), FEW);
  assert.deepEqual([right.both.value, right.either.value], [1, 1]);
});

test('dual attribution does not depend on the scale of the scores', () => {
  const cell = fc.double({ min: 0, max: 1, noNaN: true });
  fc.assert(
    fc.property(
      fc.array(cell, { minLength: 5, maxLength: 5 }),
      fc.double({ min: 0.5, max: 9, noNaN: true }),
      (p, k) => {
        assert.deepEqual(
          topTwo(Float64Array.from(p)),
          topTwo(Float64Array.from(p, (v) => v * 2 ** Math.round(k))),
        );
      },
    ),
  );
});

test('a share alpha of known rows is withheld at most, and what is far away always', () => {
  const r = random(11);
  const draw = (n: number) => Float64Array.from({ length: n }, () => Math.abs(r.normal()));
  const known = draw(500);
  const same = novelty(known, draw(4000), { alpha: 0.1 });
  const withheld = same.abstain.reduce((sum, one) => sum + one, 0) / 4000;
  assert.ok(withheld < 0.13 && withheld > 0.06, `${withheld}`);
  assert.deepEqual([...novelty(known, [50, 0], { alpha: 0.1 }).abstain], [1, 0]);
  assert.deepEqual([...novelty([1, 2, 3], [2.5], {}).pValues], [0.5]);
});

test('particles count once, however many rows they have', () => {
  const plain = novelty([1, 5], [3], {});
  const repeated = novelty([1, 5, 5, 5], [3], { groups: ['a', 'b', 'b', 'b'] });
  assert.deepEqual(repeated.pValues, plain.pValues);
});

test('intervals of shares hold the truth as often as they promise', () => {
  const r = random(13);
  const draw = (n: number): { truth: Matrix; predicted: Matrix } => {
    const truth = matrix(n, 2);
    const predicted = matrix(n, 2);
    for (let i = 0; i < n; i++) {
      const share = 0.3 + 0.4 * r.uniform();
      const off = 0.08 * r.normal();
      truth.data.set([share, 1 - share], 2 * i);
      predicted.data.set([share + off, 1 - share - off], 2 * i);
    }
    return { truth, predicted };
  };
  const known = draw(400);
  const band = fitShareBand(known.truth, known.predicted, { alpha: 0.2 });
  const fresh = draw(3000);
  const { low, high } = shareIntervals(band, fresh.predicted);
  const held = fresh.truth.data.filter((t, k) => low.data[k] <= t && t <= high.data[k]).length / 6000;
  assert.ok(Math.abs(held - 0.8) < 0.05, `${held}`);
  assert.deepEqual(fitShareBand(matrix([[1, 0]]), matrix([[0.5, 0.5]]), { alpha: 0.2 }).halfWidths, [1, 1]);
});

test('what cannot be scored is refused with a sentence', () => {
  const one = matrix([[1, 2]]);
  assert.throws(() => mapAgreement(one, matrix([[1, 2, 3]]), ['a']), {
    message: 'b must have 2 columns, but has 3',
  });
  assert.throws(() => mapAgreement(matrix([[1, 1]]), one, ['a']), {
    message: 'a and b must vary over the regions of at least one row, but one of them is constant in all',
  });
  assert.throws(() => localisation(one, matrix([[1, 1]]), ['a']), {
    message: 'marked must hold marked and unmarked regions in at least one row, but no row has both',
  });
  assert.throws(() => dualAttribution(one, matrix([[1, 0]]), ['a']), {
    message: 'truth must name two causes in each row, but row 0 has 1',
  });
  assert.throws(() => novelty([], [1]), { message: 'known must hold at least one distance, but is empty' });
  assert.throws(() => novelty([1], [1], { alpha: 1 }), {
    message: 'alpha must be between 0 and 1, but is 1',
  });
  assert.throws(
    () =>
      fitShareBand(
        one,
        matrix([
          [1, 2],
          [3, 4],
        ]),
      ),
    {
      message: 'predicted must have 1 rows like truth, but has 2',
    },
  );
});
