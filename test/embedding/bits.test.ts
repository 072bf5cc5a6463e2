import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { expectedGradients } from '../../src/attribution/gradients.js';
import { shapley } from '../../src/attribution/shapley.js';
import { classMahalanobis } from '../../src/embedding/mahalanobis.js';
import { pca } from '../../src/embedding/pca.js';
import { tsne } from '../../src/embedding/tsne.js';
import { gaussian, randomNetwork } from '../attribution/games.js';

// Made on Node 20.20 (x64); Node 22 and 24 and other machines must give the same.
const hashes = {
  tree: '0891f1e459722de3',
  grid: '60682a6aca2d006d',
  pca: 'a7890230b47bb336',
  mahalanobis: 'e162fa1efc618aeb',
  permutation: '869ccf101548939e',
  kernel: 'bd681b4729d9b184',
  gradients: '5937a95e80205ef6',
};

const hash = (data: Float64Array): string =>
  createHash('sha256')
    .update(new Uint8Array(data.buffer, data.byteOffset, data.byteLength))
    .digest('hex')
    .slice(0, 16);

const X = gaussian(120, 9, 'bits');
const network = randomNetwork([9, 12, 6, 1], 'bits', 'gelu', 'sigmoid');
const [rows, background] = [gaussian(4, 9, 'rows'), gaussian(11, 9, 'background')];

const work: Record<keyof typeof hashes, () => Float64Array | Promise<Float64Array>> = {
  tree: async () => (await tsne(X, { iterations: 300 })).embedding.data,
  grid: async () => (await tsne(X, { iterations: 300, method: 'interpolation' })).embedding.data,
  pca: () => pca(X, { components: 4, standardise: true }).scores.data,
  mahalanobis: () =>
    classMahalanobis(
      X,
      Array.from({ length: 120 }, (_, i) => `${i % 3}`),
      X,
    ).distances.data,
  permutation: async () => (await shapley(network, rows, background, { method: 'permutation' })).values.data,
  kernel: async () =>
    (await shapley(network, rows, background, { method: 'kernel', samples: 90 })).standardErrors!.data,
  gradients: async () => (await expectedGradients(network, rows, background)).values.data,
};

for (const [name, run] of Object.entries(work))
  test(`${name}: the bits are those of every machine and version`, async () => {
    assert.equal(hash(await run()), hashes[name as keyof typeof hashes]);
  });
