import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { expectedGradients, integratedGradients } from '../../src/attribution/gradients.js';
import { networkGradient } from '../../src/attribution/network-gradient.js';
import { type Matrix, matrix } from '../../src/numeric/matrix.js';
import { columnMeans } from '../../src/numeric/statistics.js';
import { worstDifference } from '../embedding/reference.js';
import { additivityError, gaussian, networkPredict, randomNetwork } from './games.js';

const rows = gaussian(4, 6, 'rows');
const background = gaussian(9, 6, 'background');
const smooth = randomNetwork([6, 9, 5, 1], 1, 'tanh', 'sigmoid');

for (const last of ['sigmoid', 'linear', 'softmax'] as const)
  for (const hidden of ['relu', 'tanh', 'softplus', 'gelu'] as const)
    test(`gradients of ${hidden} units with a ${last} output agree with finite differences, to 1e-5`, async () => {
      const output = last === 'softmax' ? 1 : 0;
      const network = randomNetwork([6, 9, 5, last === 'softmax' ? 3 : 1], 2, hidden, last);
      const { data } = await networkGradient(network, output).gradient(rows);
      const predict = networkPredict(network, output);
      const h = 1e-5;
      const differences = Array.from(data, (_, k) => {
        const moved = (by: number): Matrix => ({
          ...rows,
          data: rows.data.map((x, o) => (o === k ? x + by : x)),
        });
        const i = Math.floor(k / 6);
        return (predict(moved(h))[i] - predict(moved(-h))[i]) / (2 * h);
      });
      assert.ok(worstDifference(data, differences) < 1e-5, `${worstDifference(data, differences)}`);
    });

test('rows beyond one batch have the gradients that they have alone', async () => {
  const many = gaussian(11, 6, 3);
  const [whole, parts] = await Promise.all(
    [networkGradient(smooth), networkGradient(smooth, 0, 4)].map((m) => m.gradient(many)),
  );
  assert.deepEqual(whole.data, parts.data);
});

test('integrated gradients add up to the prediction, to 1e-4', async () => {
  assert.ok(additivityError(await integratedGradients(smooth, rows, background)) < 1e-4);
});

test('expected gradients add up to the prediction within their standard errors', async () => {
  const a = await expectedGradients(smooth, rows, background, { samples: 4000, seed: 2 });
  for (let i = 0; i < 4; i++) {
    const [sum, variance] = [a.values, a.standardErrors!].map((M, square) =>
      M.data.subarray(i * 6, i * 6 + 6).reduce((s, v) => s + (square ? v * v : v), 0),
    );
    assert.ok(Math.abs(a.base + sum - a.predictions[i]) < 6 * Math.sqrt(variance));
  }
});

test('for a linear model they equal w · (x − mean), and both follow a model that is not ours', async () => {
  const linear = (w: Float64Array) => ({
    predict: (X: Matrix) =>
      Float64Array.from({ length: X.rows }, (_, i) => w.reduce((s, v, j) => s + v * X.data[i * 6 + j], 1)),
    gradient: (X: Matrix) => ({ ...X, data: X.data.map((_, k) => w[k % 6]) }),
  });
  const mean = columnMeans(background);
  await fc.assert(
    fc.asyncProperty(fc.integer(), async (seed) => {
      const w = gaussian(1, 6, seed).data;
      const truth = Array.from(rows.data, (x, k) => w[k % 6] * (x - mean[k % 6]));
      const even = await integratedGradients(linear(w), rows, background, { steps: 1 });
      const drawn = await expectedGradients(linear(w), rows, background, { samples: 500, seed });
      return (
        worstDifference(even.values.data, truth) < 1e-12 &&
        truth.every((t, k) => Math.abs(drawn.values.data[k] - t) < 6 * drawn.standardErrors!.data[k])
      );
    }),
    { numRuns: 20 },
  );
});

test('grouped values are sums of single ones, an ignored column has exactly nothing', async () => {
  const single = await expectedGradients(smooth, rows, background, { seed: 3 });
  const grouped = await expectedGradients(smooth, rows, background, { seed: 3, groups: [...'abcabc'] });
  assert.deepEqual(grouped.groups, ['a', 'b', 'c']);
  const sums = Array.from(
    grouped.values.data,
    (_, k) => single.values.data[2 * k - (k % 3)] + single.values.data[2 * k - (k % 3) + 3],
  );
  assert.ok(worstDifference(grouped.values.data, sums) < 1e-12);
  const [first, ...rest] = smooth;
  const ignoring = [{ ...first, weights: first.weights.map((w, k) => (k < 9 ? 0 : w)) }, ...rest];
  const { values } = await expectedGradients(ignoring, rows, background);
  assert.ok(values.data.every((v, k) => k % 6 !== 0 || v === 0));
});

test('the same seed gives the same bits, another seed others', async () => {
  const bits = async (seed: number) =>
    (await expectedGradients(smooth, rows, background, { seed })).values.data;
  assert.deepEqual(await bits(1), await bits(1));
  assert.notDeepEqual(await bits(1), await bits(2));
});

test('an abort in the middle rejects with its reason', async () => {
  const abort = new AbortController();
  const work = expectedGradients(smooth, gaussian(200, 6, 1), background, {
    signal: abort.signal,
    onProgress: () => abort.abort(new Error('enough')),
  });
  await assert.rejects(work, /^Error: enough$/);
});

const refuses = (message: string, f: () => Promise<unknown>) =>
  test(`it refuses: ${message}`, () => assert.rejects(f, { name: 'RangeError', message }));

refuses('samples must be a whole number at least 2, but is 1', async () =>
  expectedGradients(smooth, rows, background, { samples: 1 }),
);
refuses('rows must have 6 columns, but has 1', async () =>
  integratedGradients(smooth, matrix([[1]]), background),
);
refuses('background must have at least 1 row, but has 0', async () =>
  integratedGradients(smooth, rows, { rows: 0, cols: 6, data: new Float64Array(0) }),
);
