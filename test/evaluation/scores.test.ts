import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { confusion, f1, mcc } from '../../src/evaluation/confusion.js';
import { precisionRecallCurve } from '../../src/evaluation/precision-recall.js';
import { reliabilityCurve } from '../../src/evaluation/reliability.js';
import { rocAuc, rocCurve } from '../../src/evaluation/roc.js';
import { SCORE_NAMES, type Scores, scores } from '../../src/evaluation/scores.js';
import { weightedScores } from '../../src/evaluation/weighted-scores.js';
import { quantile } from '../../src/numeric/statistics.js';
import { reference } from '../reference/read.js';

interface Case {
  labels: number[];
  probabilities: number[];
  falsePositiveRate: number[];
  truePositiveRate: number[];
  scores: Scores;
  precisionRecall: [number[], number[]];
  reliability: [number[], number[]];
  reliabilityByQuantile: [number[], number[]];
}
const known = reference<{ cases: Case[]; quantile: { values: number[]; at: Record<string, number> } }>(
  'evaluation',
);

test('the scores agree with scikit-learn to 1e-9', () => {
  for (const { labels, probabilities, scores: expected } of known.cases) {
    const got = scores(labels, probabilities);
    for (const name of SCORE_NAMES)
      assert.ok(Math.abs(got[name] - expected[name]) < 1e-9, `${name}: ${got[name]} and ${expected[name]}`);
  }
});

test('the ROC curve agrees with scikit-learn point by point', () => {
  for (const { labels, probabilities, falsePositiveRate, truePositiveRate } of known.cases) {
    const curve = rocCurve(labels, probabilities);
    assert.equal(curve.length, falsePositiveRate.length);
    curve.forEach((point, k) => {
      assert.ok(Math.abs(point.falsePositiveRate - falsePositiveRate[k]) < 1e-12);
      assert.ok(Math.abs(point.truePositiveRate - truePositiveRate[k]) < 1e-12);
    });
  }
});

test('the precision–recall curve agrees with scikit-learn point by point', () => {
  for (const { labels, probabilities, precisionRecall } of known.cases) {
    const [precisions, recalls] = precisionRecall.map((values) => values.toReversed());
    const curve = precisionRecallCurve(labels, probabilities);
    assert.equal(curve.length, precisions.length);
    curve.forEach((point, k) => {
      assert.ok(Math.abs(point.precision - precisions[k]) < 1e-12);
      assert.ok(Math.abs(point.recall - recalls[k]) < 1e-12);
    });
  }
  assert.throws(() => precisionRecallCurve([0, 0], [0, 1]), {
    message: 'labels must hold a 1 for a recall, but all 2 are 0',
  });
});

test('with publications the reliability whiskers are those of resampled publications', () => {
  const labels = Array.from({ length: 40 }, (_, i) => Number(i < 20));
  const probabilities = labels.map(() => 0.55);
  const groups = labels.map((_, i) => `${Math.floor(i / 20)}`);
  const [alone] = reliabilityCurve(labels, probabilities);
  const [grouped] = reliabilityCurve(labels, probabilities, { groups, replicates: 200 });
  assert.deepEqual([alone.observed, grouped.observed, grouped.low, grouped.high], [0.5, 0.5, 0, 1]);
  assert.ok(alone.low > 0.3);
});

test('the reliability curve agrees with scikit-learn in bins of equal width and of equal size', () => {
  for (const { labels, probabilities, reliability, reliabilityByQuantile } of known.cases) {
    const curves = [
      [reliabilityCurve(labels, probabilities), reliability] as const,
      [
        reliabilityCurve(labels, probabilities, { bins: 5, strategy: 'quantile' }),
        reliabilityByQuantile,
      ] as const,
    ];
    for (const [curve, [observed, predicted]] of curves) {
      assert.equal(curve.length, observed.length);
      curve.forEach((bin, k) => {
        assert.ok(Math.abs(bin.observed - observed[k]) < 1e-12);
        assert.ok(Math.abs(bin.predicted - predicted[k]) < 1e-12);
        assert.ok(bin.low <= bin.observed && bin.observed <= bin.high);
      });
    }
  }
});

test('quantiles agree with NumPy', () => {
  for (const [p, expected] of Object.entries(known.quantile.at))
    assert.ok(Math.abs(quantile(known.quantile.values, Number(p)) - expected) < 1e-12);
});

const table = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 1 }), fc.integer({ min: 0, max: 9 })), {
    minLength: 2,
    maxLength: 60,
  })
  .filter((rows) => rows.some(([y]) => y === 0) && rows.some(([y]) => y === 1));

test('ROC-AUC counts every pair of a positive and a negative, ties half', () => {
  fc.assert(
    fc.property(table, (rows) => {
      const positive = rows.filter(([y]) => y === 1);
      const negative = rows.filter(([y]) => y === 0);
      let wins = 0;
      for (const [, p] of positive) for (const [, q] of negative) wins += p > q ? 1 : p === q ? 0.5 : 0;
      const area = rocAuc(
        rows.map(([y]) => y),
        rows.map(([, s]) => s),
      );
      return Math.abs(area - wins / (positive.length * negative.length)) < 1e-12;
    }),
  );
});

test('ROC-AUC does not change under a monotone change of the scores, and turns over with their sign', () => {
  fc.assert(
    fc.property(table, (rows) => {
      const y = rows.map(([label]) => label);
      const area = rocAuc(
        y,
        rows.map(([, s]) => s),
      );
      return (
        area ===
          rocAuc(
            y,
            rows.map(([, s]) => s ** 3 + s),
          ) &&
        Math.abs(
          1 -
            area -
            rocAuc(
              y,
              rows.map(([, s]) => -s),
            ),
        ) < 1e-12
      );
    }),
  );
});

test('a row that weighs two scores as the row twice', () => {
  fc.assert(
    fc.property(table, (rows) => {
      const y = rows.map(([label]) => label);
      const p = rows.map(([, s]) => s / 9);
      const weights = rows.map((_, i) => i % 3);
      const repeated = (values: number[]) => values.flatMap((v, i) => new Array<number>(weights[i]).fill(v));
      const kept = repeated(y);
      fc.pre(kept.length > 0);
      const weighted = weightedScores(
        y,
        p,
        Int32Array.from(rows, (_, i) => i),
      )(weights);
      const plain = scores(kept, repeated(p));
      return SCORE_NAMES.every(
        (name) => Object.is(weighted[name], plain[name]) || Math.abs(weighted[name] - plain[name]) < 1e-12,
      );
    }),
  );
});

test('scores agree with the areas and counts that are computed one by one', () => {
  fc.assert(
    fc.property(table, fc.integer({ min: 0, max: 10 }), (rows, cut) => {
      const y = rows.map(([label]) => label);
      const p = rows.map(([, s]) => s / 9);
      const all = scores(y, p, { threshold: cut / 10 });
      const counts = confusion(y, p, cut / 10);
      return all.rocAuc === rocAuc(y, p) && all.mcc === mcc(counts) && all.f1 === f1(counts);
    }),
  );
});

test('one class only: the area is undefined, and nothing else breaks', () => {
  assert.ok(Number.isNaN(rocAuc([1, 1], [0.2, 0.9])));
  assert.equal(scores([0, 0], [0.2, 0.1]).mcc, 0);
  assert.equal(scores([0, 0], [0.2, 0.1]).precision, 0);
});

test('labels and scores that do not fit are refused', () => {
  assert.throws(() => rocAuc([0, 1], [0.5]), {
    name: 'RangeError',
    message: 'labels and scores must be equally many, but are 2 and 1',
  });
  assert.throws(() => rocAuc([], []), { message: 'labels must hold at least one row, but are empty' });
  assert.throws(() => rocAuc([0, 2], [0, 1]), { message: 'labels must be 0 or 1, but row 1 is 2' });
  assert.throws(() => rocAuc([0, 1], [0, Number.NaN]), {
    message: 'scores must be finite, but row 1 is NaN',
  });
  assert.throws(() => scores([0, 1], [0, 1], { threshold: Number.NaN }), {
    message: 'threshold must be a number, but is NaN',
  });
  assert.throws(() => scores([0, 1], [0.2, 1.4]), {
    message:
      'probabilities must lie in 0 … 1, but row 1 is 1.4; turn decision values into probabilities first',
  });
});
