import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type ShapleyOptions, shapley } from '../../src/attribution/shapley.js';
import type { Activation } from '../../src/numeric/network.js';
import { worstDifference } from '../embedding/reference.js';
import { additivityError, gaussian, networkPredict, randomNetwork } from './games.js';

const rows = gaussian(5, 6, 'rows');
const background = gaussian(37, 6, 'background'); // more than one tile, and not a multiple of it

async function agrees(
  sizes: number[],
  hidden: Activation,
  last: Activation,
  options: ShapleyOptions = {},
): Promise<void> {
  const network = randomNetwork(sizes, `${hidden} ${last}`, hidden, last);
  const byKernel = await shapley(network, rows, background, options);
  const byFunction = await shapley(networkPredict(network, options.output), rows, background, options);
  assert.ok(worstDifference(byKernel.values.data, Array.from(byFunction.values.data)) < 2e-5);
  assert.ok(worstDifference(byKernel.predictions, Array.from(byFunction.predictions)) < 1e-6);
  assert.ok(additivityError(byKernel) < 1e-12);
}

const hidden = ['linear', 'relu', 'sigmoid', 'tanh', 'elu', 'selu', 'softplus', 'swish', 'gelu'] as const;
for (const activation of hidden)
  test(`a network of ${activation} units has the values of its function, to 2e-5`, () =>
    agrees([6, 9, 5, 1], activation, 'sigmoid'));

test('so has one output of a softmax, of several sigmoids, and a network of one layer', async () => {
  await agrees([6, 8, 3], 'relu', 'softmax', { output: 2 });
  await agrees([6, 8, 3], 'tanh', 'sigmoid', { output: 1 });
  await agrees([6, 3], 'relu', 'softmax', { output: 0 });
  await agrees([6, 1], 'relu', 'sigmoid');
});

test('so has the conditional expectation, and so have sampled methods', async () => {
  await agrees([6, 8, 1], 'relu', 'sigmoid', { expectation: 'conditional', bandwidth: 0.5 });
  await agrees([6, 8, 1], 'relu', 'sigmoid', { method: 'permutation', samples: 3 });
  await agrees([6, 8, 1], 'relu', 'sigmoid', { method: 'kernel', samples: 40 });
});

test('the same seed gives the same bits for any number of threads', async () => {
  const network = randomNetwork([14, 16, 8, 1], 3);
  const [many, pool] = [gaussian(30, 14, 1), gaussian(60, 14, 2)];
  const bits = async (workers: number) =>
    (await shapley(network, many, pool, { workers, samples: 4, seed: 1 })).values.data;
  const one = await bits(0);
  for (const workers of [1, 3]) assert.deepEqual(await bits(workers), one);
});

test('a column that the network ignores gets exactly nothing', async () => {
  const [first, ...rest] = randomNetwork([6, 8, 1], 5);
  const weights = first.weights.map((w, k) => (Math.floor(k / 8) === 2 ? 0 : w));
  for (const method of ['exact', 'permutation'] as const) {
    const { values } = await shapley([{ ...first, weights }, ...rest], rows, background, { method });
    assert.ok(values.data.every((v, k) => k % 6 !== 2 || v === 0));
  }
});

test('an abort stops the threads', async () => {
  const abort = new AbortController();
  const work = shapley(randomNetwork([12, 64, 64, 1], 1), gaussian(100, 12, 1), gaussian(100, 12, 2), {
    workers: 2,
    signal: abort.signal,
    onProgress: () => abort.abort(new Error('enough')),
  });
  await assert.rejects(work, /^Error: enough$/);
});

const refuses = (message: string, sizes: number[], options: ShapleyOptions = {}) =>
  test(`it refuses: ${message}`, () =>
    assert.rejects(shapley(randomNetwork(sizes, 1), rows, background, options), {
      name: 'RangeError',
      message,
    }));

refuses("output must say which of the network's 3 outputs to explain, but is not given", [6, 3]);
refuses('output must be in 0 … 2, but is 3', [6, 3], { output: 3 });
refuses('layer "dense_0" takes 5 columns, but gets 6', [5, 1]);
refuses('network must have at least one layer, but has none', [6]);
