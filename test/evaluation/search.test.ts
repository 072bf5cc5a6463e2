import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { randomSearch, successiveHalving } from '../../src/evaluation/search.js';
import { drawSettings, type SearchSpace, type Settings } from '../../src/evaluation/search-space.js';
import { groupFolds } from '../../src/frames/splits.js';

const space: SearchSpace = {
  depth: { kind: 'whole', from: 1, to: 8 },
  penalty: { kind: 'logarithmic', from: 1e-4, to: 1e2 },
  share: { kind: 'number', from: 0.2, to: 1 },
  kernel: { kind: 'one of', values: ['rbf', 'linear'] },
};
const folds = groupFolds(['a', 'a', 'b', 'b', 'c', 'c'], { k: 3, seed: 1 });

/** Best at depth 5 and share 0.6. */
const hill = ({ depth, share }: Settings): number =>
  -Math.abs(Number(depth) - 5) - Math.abs(Number(share) - 0.6);

test('settings lie in their space, and the first ones do not change when more are drawn', () => {
  fc.assert(
    fc.property(fc.integer(), (seed) => {
      const drawn = drawSettings(space, 30, seed);
      assert.deepEqual(drawSettings(space, 10, seed), drawn.slice(0, 10));
      return drawn.every(
        ({ depth, penalty, share, kernel }) =>
          Number.isInteger(depth) &&
          Number(depth) >= 1 &&
          Number(depth) <= 8 &&
          Number(penalty) >= 1e-4 &&
          Number(penalty) <= 1e2 &&
          Number(share) >= 0.2 &&
          Number(share) < 1 &&
          ['rbf', 'linear'].includes(String(kernel)),
      );
    }),
    { numRuns: 20 },
  );
});

test('a logarithmic choice has as many draws below its geometric middle as above', () => {
  const below = drawSettings(space, 2000, 7).filter(({ penalty }) => Number(penalty) < 0.1).length;
  assert.ok(below > 920 && below < 1080, `${below} of 2000`);
});

test('random search finds the best of its trials, judged on every fold with the same budget', async () => {
  const seen: number[] = [];
  const result = await randomSearch(space, hill, {
    ...{ folds, seed: 3, trials: 40, budget: 2 },
    onTrial: (_, done) => seen.push(done),
  });
  assert.equal(result.trail.length, 40);
  assert.equal(result.best.score, Math.max(...result.trail.map(({ score }) => score)));
  assert.deepEqual([result.best.scores.length, result.spent], [3, 40 * 3 * 2]);
  assert.equal(seen.at(-1), 40);
  assert.deepEqual(await randomSearch(space, hill, { folds, seed: 3, trials: 40, budget: 2 }), result);
});

test('settings to start from are tried first, and win a tie', async () => {
  const start = [{ depth: 5, share: 0.6 }];
  const { best, trail } = await randomSearch(space, () => 1, { folds, seed: 1, trials: 5, start });
  assert.equal(trail.length, 6);
  assert.deepEqual(best.settings, start[0]);
});

test('halving spends more on fewer: 27 trials, then 9, 3 and 1', async () => {
  const { trail, best, spent } = await successiveHalving(space, hill, {
    ...{ folds, seed: 5, trials: 27, budget: { from: 10, to: 270 } },
  });
  const counts = [10, 30, 90, 270].map((budget) => trail.filter((trial) => trial.budget === budget).length);
  assert.deepEqual(counts, [27, 9, 3, 1]);
  assert.equal(best.budget, 270);
  assert.equal(best.score, Math.max(...trail.map(({ score }) => score)));
  assert.equal(spent, 3 * (27 * 10 + 9 * 30 + 3 * 90 + 270));
});

test('the largest budget is not passed, and what goes on are the best of the round', async () => {
  const { trail } = await successiveHalving(space, hill, {
    ...{ folds, seed: 5, trials: 8, budget: { from: 4, to: 10 }, factor: 2 },
  });
  assert.deepEqual(
    trail.map(({ budget }) => budget),
    [...Array(8).fill(4), ...Array(4).fill(8), ...Array(2).fill(10)],
  );
  const first = trail.slice(0, 8).sort((a, b) => b.score - a.score);
  assert.deepEqual(
    trail.slice(8, 12).map(({ settings }) => settings),
    first.slice(0, 4).map(({ settings }) => settings),
  );
});

test('a score that is not a number is the worst', async () => {
  const { best } = await randomSearch(space, (s) => (s['kernel'] === 'rbf' ? Number.NaN : 0), {
    ...{ folds, seed: 1, trials: 12 },
  });
  assert.equal(best.settings['kernel'], 'linear');
});

test('an empty space of values, ends the wrong way round, no folds and no budget are refused', async () => {
  const options = { folds, seed: 1, trials: 2 };
  const refuses = (own: SearchSpace, message: string) =>
    assert.rejects(randomSearch(own, hill, options), { name: 'RangeError', message });
  await refuses({ a: { kind: 'one of', values: [] } }, 'a must have at least one value to choose from');
  await refuses(
    { a: { kind: 'number', from: 2, to: 1 } },
    'a must go from a number to one as large or larger, but goes from 2 to 1',
  );
  await refuses(
    { a: { kind: 'logarithmic', from: 0, to: 1 } },
    'a is logarithmic and must start above 0, but starts at 0',
  );
  await refuses(
    { a: { kind: 'whole', from: 0.5, to: 1 } },
    'a must go from one whole number to another, but goes from 0.5 to 1',
  );
  await assert.rejects(randomSearch(space, hill, { ...options, folds: [] }), {
    message: 'folds must hold at least one inner fold, but is empty',
  });
  await assert.rejects(successiveHalving(space, hill, { ...options, budget: { from: 0, to: 1 } }), {
    message: 'budget must go from a number above 0 to one as large or larger, but goes from 0 to 1',
  });
});

test('an abort stops the search with its reason', async () => {
  const abort = new AbortController();
  const running = randomSearch(space, hill, {
    ...{ folds, seed: 1, signal: abort.signal },
    onTrial: () => abort.abort(),
  });
  await assert.rejects(running, { name: 'AbortError' });
});
