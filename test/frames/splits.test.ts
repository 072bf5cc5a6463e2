import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { groupFolds, randomSplit, type Split, stratifiedFolds } from '../../src/frames/splits.js';

/** Whether the test sides of the folds cover every row once and each train side is the rest. */
function isPartition(folds: readonly Split[], rows: number): boolean {
  const seen = new Uint8Array(rows);
  for (const { train, test: held } of folds) {
    for (const i of held) seen[i]++;
    if (new Set([...train, ...held]).size !== rows || train.length + held.length !== rows) return false;
  }
  return seen.every((count) => count === 1);
}

const manyGroups = fc
  .array(fc.integer({ min: 0, max: 30 }), { minLength: 40, maxLength: 200 })
  .map((ids) => [...['a', 'b', 'c', 'd', 'e'], ...ids.map((id) => `study ${id}`)]);

test('a group is never on both sides', () => {
  fc.assert(
    fc.property(manyGroups, fc.integer({ min: 2, max: 5 }), fc.integer(), (groups, k, seed) => {
      const folds = groupFolds(groups, { k, seed });
      const apart = folds.every(({ train, test: held }) => {
        const known = new Set(Array.from(train, (i) => groups[i]));
        return held.every((i) => !known.has(groups[i])) && held.length > 0;
      });
      return apart && isPartition(folds, groups.length);
    }),
  );
});

test('group folds even out rows and labels: twenty equal studies, half of them toxic', () => {
  const groups = Array.from({ length: 200 }, (_, i) => `s${i % 20}`);
  const labels = groups.map((_, i) => Number(i % 20 < 10));
  for (const { test: held } of groupFolds(groups, { k: 5, labels, seed: 3 })) {
    assert.equal(held.length, 40);
    assert.equal(
      held.reduce((sum, i) => sum + labels[i], 0),
      20,
    );
  }
});

test('stratified folds differ by at most one row per label', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 1 }), { minLength: 30 }), fc.integer(), (drawn, seed) => {
      const labels = [0, 0, 0, 0, 1, 1, 1, 1, ...drawn];
      const folds = stratifiedFolds(labels, { k: 4, seed });
      const ones = folds.map(({ test: held }) => held.reduce((sum, i) => sum + labels[i], 0));
      return isPartition(folds, labels.length) && Math.max(...ones) - Math.min(...ones) <= 1;
    }),
  );
});

test('a random split has its share and keeps the labels', () => {
  const labels = Array.from({ length: 100 }, (_, i) => Number(i < 30));
  const { train, test: held } = randomSplit(100, { testShare: 0.2, labels, seed: 5 });
  assert.equal(held.length, 20);
  assert.equal(
    held.reduce((sum, i) => sum + labels[i], 0),
    6,
  );
  assert.ok(
    isPartition(
      [
        { train, test: held },
        { train: held, test: train },
      ],
      100,
    ),
  );
});

test('the same seed gives the same split, another seed another', () => {
  const groups = Array.from({ length: 60 }, (_, i) => `s${i % 12}`);
  assert.deepEqual(groupFolds(groups, { seed: 1 }), groupFolds(groups, { seed: 1 }));
  assert.notDeepEqual(groupFolds(groups, { seed: 1 }), groupFolds(groups, { seed: 2 }));
  assert.notDeepEqual(randomSplit(60, { seed: 1 }), randomSplit(60, { seed: 2 }));
});

test('splits that cannot be made are refused', () => {
  assert.throws(() => groupFolds(['a', 'b', 'a'], { k: 3 }), {
    message: '3 folds need at least 3 groups, but there are 2',
  });
  assert.throws(() => groupFolds(['a', null]), {
    message: 'row 2 has no group; map a group column, or use stratifiedFolds',
  });
  assert.throws(() => stratifiedFolds([0, 0, 0, 1], { k: 2 }), {
    message: 'label 1 has 1 rows, too few for 2 folds; lower k',
  });
  assert.throws(() => stratifiedFolds([0, 1], { k: 1 }), {
    message: 'k must be a whole number of at least 2, but is 1',
  });
  assert.throws(() => randomSplit(10, { testShare: 1 }), {
    message: 'testShare must be between 0 and 1, but is 1',
  });
});
