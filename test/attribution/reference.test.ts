import assert from 'node:assert/strict';
import { test } from 'node:test';
import { expectedGradients } from '../../src/attribution/gradients.js';
import { shapleyInteractions } from '../../src/attribution/interactions.js';
import { shapley } from '../../src/attribution/shapley.js';
import { matrix } from '../../src/numeric/matrix.js';
import type { DenseNetwork } from '../../src/numeric/network.js';
import { reference, worstDifference } from '../embedding/reference.js';

const values = reference('attribution');
const rows = matrix(values.rows);
const background = matrix(values.background);
const network: DenseNetwork = values.weights.map((W: number[][], l: number) => ({
  name: `dense_${l}`,
  inputs: W.length,
  outputs: W[0].length,
  weights: Float32Array.from(W.flat()),
  bias: Float32Array.from(values.biases[l]),
  activation: l === 2 ? 'sigmoid' : 'relu',
}));

test('exact values agree with shap’s ExactExplainer, to 2e-6', async () => {
  const a = await shapley(network, rows, background);
  assert.equal(a.method, 'exact');
  assert.ok(worstDifference(a.values.data, values.exact) < 2e-6);
  assert.ok(worstDifference(a.predictions, values.predictions) < 1e-6);
  assert.ok(Math.abs(a.base - values.base) < 1e-6);
});

test('interactions agree with their definition in NumPy, to 2e-6', async () => {
  const a = await shapleyInteractions(network, rows, background);
  for (const i of [0, 1]) assert.ok(worstDifference(a.values[i].data, values.interactions[i]) < 2e-6);
});

test('kernel with room for every coalition agrees with shap’s KernelExplainer (l1_reg=0), to 2e-6', async () => {
  const a = await shapley(network, rows, background, { method: 'kernel', samples: 300 });
  assert.ok(worstDifference(a.values.data, values.kernel) < 2e-6);
});

test('sampled kernel and permutation values lie within their own errors of shap’s exact ones', async () => {
  for (const [method, samples] of [
    ['kernel', 120],
    ['permutation', 20],
  ] as const) {
    const a = await shapley(network, rows, background, { method, samples, seed: 1 });
    const exact: number[] = values.exact.flat();
    const z = exact.map((v, k) => Math.abs(a.values.data[k] - v) / (a.standardErrors!.data[k] + 1e-7));
    assert.ok(Math.max(...z) < 4.5, `${method}: ${Math.max(...z)} standard errors`);
  }
});

test('expected gradients lie within their own errors of shap’s GradientExplainer’s', async () => {
  const a = await expectedGradients(network, rows, background, { samples: 20000, seed: 1 });
  const theirs: number[] = values.expectedGradients.flat();
  // both are samples of the same size, so their difference is √2 as wide
  const z = theirs.map((v, k) => Math.abs(a.values.data[k] - v) / (Math.SQRT2 * a.standardErrors!.data[k]));
  assert.ok(Math.max(...z) < 4.5, `${Math.max(...z)} standard errors`);
});
