import assert from 'node:assert/strict';
import { test } from 'node:test';
import { continuity, trustworthiness } from '../../src/embedding/quality.js';
import { type TsneOptions, tsne } from '../../src/embedding/tsne.js';
import { type Matrix, matrix } from '../../src/numeric/matrix.js';
import { gaussian } from '../attribution/games.js';
import { reference } from './reference.js';

const values = reference('tsne');
const X = matrix(values.X);
const perplexity: number = values.perplexity;

test('its divergence and trustworthiness are those of scikit-learn, within 6 % (how far its local optima lie apart) and 0.01', async () => {
  const map = await tsne(X, { perplexity, workers: 0 });
  assert.ok(Math.abs(map.klDivergence / values.klDivergence - 1) < 0.06, `${map.klDivergence}`);
  const trust = trustworthiness(X, map.embedding);
  assert.ok(trust > values.trustworthiness - 0.01, `${trust}`);
  assert.ok(continuity(X, map.embedding) > 0.94);
});

test('the same seed gives the same bits for any number of threads, another seed others', async () => {
  const bits = async (workers: number, seed: number) =>
    (await tsne(X, { perplexity, iterations: 60, workers, seed })).embedding.data;
  const one = await bits(0, 1);
  for (const workers of [1, 3]) assert.deepEqual(await bits(workers, 1), one);
  assert.notDeepEqual(await bits(0, 2), one);
});

test('interpolation has the divergence of the tree, within 6 %, and the same bits for any number of threads', async () => {
  const draw = (workers: number, iterations: number, method: TsneOptions['method']) =>
    tsne(X, { perplexity, workers, iterations, method });
  const [tree, grid] = await Promise.all([draw(0, 1000, 'barnes-hut'), draw(0, 1000, 'interpolation')]);
  assert.ok(Math.abs(grid.klDivergence / tree.klDivergence - 1) < 0.06);
  const [alone, together] = await Promise.all([draw(0, 40, 'interpolation'), draw(2, 40, 'interpolation')]);
  assert.deepEqual(alone.embedding.data, together.embedding.data);
});

test('it shows maps on the way, and the divergence falls once the exaggeration ends', async () => {
  const seen: { iteration: number; klDivergence: number }[] = [];
  const done = await tsne(X, {
    perplexity,
    iterations: 400,
    workers: 1,
    every: 100,
    onIteration: ({ iteration, klDivergence, embedding }) => {
      assert.equal(embedding.rows, 180);
      seen.push({ iteration, klDivergence });
    },
  });
  assert.deepEqual(
    seen.map((s) => s.iteration),
    [100, 200, 300],
  );
  assert.ok(done.klDivergence < seen[2].klDivergence && seen[2].klDivergence < seen[1].klDivergence);
});

test('it starts where it is told', async () => {
  const start = gaussian(180, 2, 1);
  const { embedding } = await tsne(X, { start, perplexity, iterations: 1, learningRate: 1e-9, workers: 0 });
  const mean = [0, 1].map(
    (axis) => start.data.reduce((sum, v, k) => sum + (k % 2 === axis ? v : 0), 0) / 180,
  );
  assert.ok(embedding.data.every((y, k) => Math.abs(y + mean[k % 2] - start.data[k]) < 1e-5));
});

test('the map does not depend on where the data lie or in which units they are', async () => {
  const moved: Matrix = { ...X, data: X.data.map((x) => 1e12 * x + 3e13) };
  const quality = await Promise.all([X, moved].map((M) => tsne(M, { perplexity, workers: 0 })));
  assert.ok(Math.abs(quality[0].klDivergence / quality[1].klDivergence - 1) < 0.06);
});

const degenerate: [string, Matrix, TsneOptions][] = [
  ['rows that are all alike', matrix(20, 3, new Array(60).fill(2)), {}],
  [
    'more duplicates than the perplexity',
    matrix(
      40,
      2,
      Array.from({ length: 80 }, (_, k) => (k < 50 ? 1 : k)),
    ),
    {},
  ],
  [
    'a constant column',
    matrix(
      12,
      2,
      Array.from({ length: 24 }, (_, k) => (k % 2 ? 5 : k)),
    ),
    {},
  ],
  [
    'one column',
    matrix(
      10,
      1,
      Array.from({ length: 10 }, (_, k) => k * k),
    ),
    {},
  ],
  ['four rows', matrix([[1], [2], [3], [9]]), {}],
  ['more columns than rows', gaussian(6, 50, 1), {}],
  ['a random start', gaussian(30, 3, 1), { start: 'random' }],
];
for (const [what, data, options] of degenerate)
  test(`it maps ${what} to finite places`, async () => {
    const { embedding, klDivergence } = await tsne(data, { iterations: 300, ...options });
    assert.ok(embedding.data.every(Number.isFinite));
    assert.ok(Number.isFinite(klDivergence));
  });

test('an abort in the middle rejects with its reason, in threads and without', async () => {
  for (const workers of [0, 2]) {
    const abort = new AbortController();
    const work = tsne(gaussian(600, 5, 1), {
      iterations: 1_000_000,
      workers,
      signal: abort.signal,
      onIteration: () => abort.abort(new Error('enough')),
    });
    await assert.rejects(work, /^Error: enough$/);
  }
});

const refuses = (message: string, data: Matrix, options: TsneOptions = {}) =>
  test(`it refuses: ${message}`, () => assert.rejects(tsne(data, options), { name: 'RangeError', message }));

test('it refuses a method that it does not know', () =>
  assert.rejects(tsne(gaussian(9, 2, 1), { method: 'umap' as never }), {
    name: 'TypeError',
    message: 'method must be auto, barnes-hut or interpolation, but is umap',
  }));

refuses(
  'X must hold numbers whose squares can be added up, but holds larger ones; scale it first',
  matrix(
    9,
    2,
    Array.from({ length: 18 }, (_, k) => 1e200 * Math.sin(k)),
  ),
);
refuses('X must have at least 4 rows, but has 3', gaussian(3, 2, 1));
refuses(
  'perplexity must be in 1 … (n − 1) / 3 = 3 for 10 rows, but is 30; it is the number of neighbours that count',
  gaussian(10, 2, 1),
  { perplexity: 30 },
);
refuses('iterations must be a whole number at least 1, but is 0', gaussian(10, 2, 1), { iterations: 0 });
refuses('start must be 10 × 2, but is 9 × 2', gaussian(10, 2, 1), { start: gaussian(9, 2, 1) });
refuses('learningRate must be a positive number, but is -1', gaussian(10, 2, 1), { learningRate: -1 });
refuses(
  'X must hold finite numbers, but row 2, column 1 is NaN; impute or drop it first',
  matrix([
    [1, 2],
    [1, 2],
    [1, Number.NaN],
    [3, 4],
  ]),
);
