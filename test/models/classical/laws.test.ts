import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  CLASSICAL_KINDS,
  type ClassicalKind,
  classProbabilities,
  fitClassical,
  predictClassical,
} from '../../../src/models/classical/classical.js';
import { fitForest, predictForest } from '../../../src/models/classical/forest.js';
import { fitForestOnThreads } from '../../../src/models/classical/forest-threads.js';
import { fitSvm } from '../../../src/models/classical/svm.js';
import { type Matrix, matrix, takeRows } from '../../../src/numeric/matrix.js';
import { random } from '../../../src/numeric/random.js';

/** Rows with a bent border between the classes, and columns of few and of many values. */
function moons(n: number, seed: number, classes = 2): { X: Matrix; y: Int32Array } {
  const draw = random(seed);
  const X = matrix(n, 5);
  const y = new Int32Array(n);
  for (let i = 0; i < n; i++) {
    const row = Array.from({ length: 5 }, () => draw.normal());
    row[3] = Math.round(row[3]);
    row[4] = Number(row[4] > 0);
    X.data.set(row, 5 * i);
    const height = row[1] + row[0] * row[0] - 1 + row[4] + 0.2 * draw.normal();
    y[i] = classes === 2 ? Number(height > 0) : Math.min(classes - 1, Math.max(0, Math.floor(height + 1)));
  }
  return { X, y };
}

const { X, y } = moons(160, 1);
const held = moons(60, 2);
const three = moons(200, 3, 3);

const each = (title: string, law: (kind: ClassicalKind) => void): void => {
  for (const kind of CLASSICAL_KINDS) test(`${kind} ${title}`, () => law(kind));
};

each('learns a border that it can represent', (kind) => {
  const p = predictClassical(fitClassical(kind, X, y, { seed: 1 }), held.X);
  const right = p.filter((value, i) => value > 0.5 === (held.y[i] === 1)).length / p.length;
  assert.ok(right > (kind === 'logistic' ? 0.6 : 0.75), `${right}`);
});

each('gives the same bits for the same seed, and after JSON', (kind) => {
  const model = fitClassical(kind, X, y, { seed: 7 });
  assert.deepEqual(fitClassical(kind, X, y, { seed: 7 }), model);
  const kept = JSON.parse(JSON.stringify(model)) as typeof model;
  assert.deepEqual(predictClassical(kept, held.X), predictClassical(model, held.X));
});

each('answers with probabilities that sum to one, the second that of class 1', (kind) => {
  const model = fitClassical(kind, X, y, { seed: 1 });
  const p = classProbabilities(model, held.X);
  assert.deepEqual([p.rows, p.cols], [60, 2]);
  predictClassical(model, held.X).forEach((value, i) => {
    assert.ok(value >= 0 && value <= 1);
    assert.equal(p.data[2 * i + 1], value);
    assert.ok(Math.abs(p.data[2 * i] + value - 1) < 1e-12);
  });
});

each('predicts rows one by one as together, and none as none', (kind) => {
  const model = fitClassical(kind, X, y, { seed: 1 });
  const together = predictClassical(model, held.X);
  const apart = Array.from({ length: 5 }, (_, i) => predictClassical(model, takeRows(held.X, [i]))[0]);
  assert.deepEqual(apart, [...together.slice(0, 5)]);
  assert.equal(predictClassical(model, matrix(0, 5)).length, 0);
});

each('leans towards the class that counts more', (kind) => {
  const mean = (weights: [number, number]) => {
    const model = fitClassical(kind, X, y, {
      seed: 1,
      classWeights: weights,
      ...(kind === 'knn' ? { k: 15 } : {}),
    });
    return predictClassical(model, held.X).reduce((a, b) => a + b, 0);
  };
  // Probabilities of a support vector machine are calibrated to the labels whatever the weights.
  if (kind !== 'svm') assert.ok(mean([1, 10]) > mean([10, 1]));
});

each('refuses what it cannot learn from or predict', (kind) => {
  const fit = (rows: Matrix, labels: ArrayLike<number>) => () =>
    fitClassical(kind, rows, labels, { seed: 1 });
  const hole = matrix(160, 5, X.data);
  hole.data[7] = Number.NaN;
  const refuses = (work: () => unknown, message: string) =>
    assert.throws(work, { name: 'RangeError', message });
  refuses(fit(hole, y), 'X must hold finite numbers, but row 1, column 2 is NaN; impute or drop it first');
  refuses(fit(X, y.slice(1)), 'y must have 160 labels, one per row of X, but has 159');
  refuses(fit(X, new Int32Array(160)), 'y must hold at least two classes, but all 160 rows are class 0');
  refuses(
    fit(
      X,
      Array.from(y, (label) => label - 0.5),
    ),
    'y must hold class numbers in 0 … 1, but row 0 is 0.5',
  );
  const model = fitClassical(kind, X, y, { seed: 1 });
  refuses(() => predictClassical(model, matrix(2, 4)), 'X must have 5 columns, but has 4');
  assert.throws(() => predictClassical(model, matrix([[0, 0, 0, 0, Number.NaN]])), {
    name: 'RangeError',
    message: /must hold finite numbers, but row 0, column 4 is NaN; impute or drop it first$/,
  });
});

for (const kind of ['forest', 'boosted', 'logistic', 'knn'] as const)
  test(`${kind} tells three classes apart; the probability of class 1 alone is refused`, () => {
    const model = fitClassical(kind, three.X, three.y, { seed: 1 });
    const p = classProbabilities(model, three.X);
    assert.equal(p.cols, 3);
    const right = [...three.y].filter((label, i) => {
      const row = p.data.subarray(3 * i, 3 * i + 3);
      assert.ok(Math.abs(row[0] + row[1] + row[2] - 1) < 1e-12);
      return row.indexOf(Math.max(...row)) === label;
    });
    assert.ok(right.length / 200 > 0.6, `${right.length}`);
    assert.throws(() => predictClassical(model, three.X), {
      name: 'RangeError',
      message: 'the model must have 2 classes, but has 3; use classProbabilities',
    });
  });

for (const [kind, options] of [
  ['forest', { bootstrap: false }],
  ['boosted', {}],
] as const)
  test(`${kind}: a rising transform of a feature changes no prediction of a training row`, () => {
    const bent = matrix(X.rows, X.cols, X.data);
    for (let i = 0; i < X.rows; i++) bent.data[5 * i] = Math.exp(3 * X.data[5 * i]) - 7;
    const before = fitClassical(kind, X, y, { seed: 4, ...options });
    const after = fitClassical(kind, bent, y, { seed: 4, ...options });
    assert.deepEqual(predictClassical(after, bent), predictClassical(before, X));
  });

for (const [kind, options] of [
  ['forest', { bootstrap: false }],
  ['logistic', {}],
  ['boosted', {}],
] as const)
  test(`${kind}: the order of the rows does not matter`, () => {
    const order = random(9).permutation(X.rows);
    const model = fitClassical(kind, X, y, { seed: 4, ...options });
    const other = fitClassical(
      kind,
      takeRows(X, order),
      order.map((i) => y[i]),
      { seed: 4, ...options },
    );
    const [p, q] = [predictClassical(model, held.X), predictClassical(other, held.X)];
    p.forEach((value, i) => {
      assert.ok(Math.abs(value - q[i]) < 1e-7, `${value} and ${q[i]}`);
    });
  });

test('a forest on any number of threads has the bits of one grown here', async () => {
  const alone = fitForest(X, y, { seed: 5, trees: 20 });
  for (const workers of [0, 1, 3])
    assert.deepEqual(await fitForestOnThreads(X, y, { seed: 5, trees: 20, workers }), alone);
});

test('a tree without a bootstrap that looks at all features knows its training rows by heart', () => {
  const model = fitForest(X, y, { seed: 1, trees: 1, bootstrap: false, features: 5 });
  assert.deepEqual([...predictForest(model, X)], Array.from(y));
});

test('depth and leaf size are kept', () => {
  const stump = fitForest(X, y, { seed: 1, trees: 5, maximumDepth: 1 });
  assert.ok(stump.trees.every((tree) => tree.feature.length === 3));
  const broad = fitForest(X, y, { seed: 1, trees: 5, minimumLeaf: 70, bootstrap: false });
  assert.ok(broad.trees.every((tree) => tree.feature.length <= 3));
});

test('identical rows with different labels end in a shared leaf', () => {
  const same = matrix([[1], [1], [1], [1]]);
  const model = fitForest(same, [0, 1, 1, 1], { seed: 1, trees: 3, bootstrap: false });
  assert.deepEqual([...predictForest(model, same)], [0.75, 0.75, 0.75, 0.75]);
});

test('probabilities of a support vector machine come from grouped folds where groups are given', () => {
  const groups = Array.from(y, (_, i) => `study ${i % 7}`);
  const grouped = fitSvm(X, y, { seed: 1, groups });
  const plain = fitSvm(X, y, { seed: 1 });
  assert.deepEqual(grouped.coefficients, plain.coefficients);
  assert.notDeepEqual(grouped.sigmoid, plain.sigmoid);
  assert.throws(() => fitSvm(X, y, { seed: 1, groups: groups.slice(1) }), {
    name: 'RangeError',
    message: 'groups must have 160 names, one per row, but has 159',
  });
});

test('a support vector machine copes with a class of one row and with a solver that is stopped early', () => {
  const lone = fitSvm(takeRows(X, [0, 1, 2, 3]), [1, 0, 0, 0], { seed: 1 });
  assert.ok(predictClassical(lone, held.X).every((p) => p > 0 && p < 1));
  assert.equal(fitSvm(X, y, { seed: 1, maximumSteps: 3 }).converged, false);
});

test('options that cannot be meant are refused', () => {
  const refuses = (work: () => unknown, message: string) =>
    assert.throws(work, { name: 'RangeError', message });
  refuses(
    () => fitClassical('forest', X, y, { seed: 1, trees: 0 }),
    'trees must be a whole number at least 1, but is 0',
  );
  refuses(
    () => fitClassical('forest', X, y, { seed: 1, features: 6 }),
    'features must be a whole number in 1 … 5, but is 6',
  );
  refuses(
    () => fitClassical('boosted', X, y, { seed: 1, rowShare: 0 }),
    'rowShare must be above 0 and at most 1, but is 0',
  );
  refuses(
    () => fitClassical('logistic', X, y, { seed: 1, penalty: -1 }),
    'penalty must be a number from 0 on, but is -1',
  );
  refuses(() => fitClassical('svm', X, y, { seed: 1, C: 0 }), 'C must be a number above 0, but is 0');
  refuses(
    () => fitClassical('knn', X, y, { seed: 1, k: 161 }),
    'k must be a whole number in 1 … 160, but is 161',
  );
  refuses(
    () => fitClassical('forest', X, y, { seed: 1, classWeights: [1] }),
    'classWeights must have 2 weights, one per class, but has 1',
  );
  refuses(
    () => fitClassical('tree' as 'forest', X, y, { seed: 1 }),
    'kind must be one of forest, boosted, logistic, svm, knn, but is tree',
  );
});

test('without a penalty separable classes have no single answer, which is said', () => {
  const rows = matrix([[0], [0], [1], [1]]);
  const twice = matrix([
    [0, 0],
    [1, 1],
    [2, 2],
    [3, 3],
  ]);
  assert.throws(() => fitClassical('logistic', twice, [0, 1, 0, 1], { seed: 1, penalty: 0 }), {
    name: 'RangeError',
    message: /^the loss has no single minimum at penalty 0: /,
  });
  assert.ok(predictClassical(fitClassical('logistic', rows, [0, 0, 1, 1], { seed: 1 }), rows)[3] > 0.5);
});
