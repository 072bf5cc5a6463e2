import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { shapley } from '../../src/attribution/shapley.js';
import { tsne } from '../../src/embedding/tsne.js';
import { gaussian, randomNetwork } from '../attribution/games.js';

setFlagsFromString('--expose-gc');
const collect: () => void = runInNewContext('gc');

/** Resident memory in MB once garbage is gone; what a WebAssembly memory held goes a turn later. */
async function resident(): Promise<number> {
  for (let turn = 0; turn < 3; turn++) {
    collect();
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return process.memoryUsage().rss / 2 ** 20;
}

async function growth(runs: number, work: () => Promise<unknown>): Promise<number> {
  for (let run = 0; run < 2; run++) await work();
  const before = await resident();
  for (let run = 0; run < runs; run++) await work();
  return (await resident()) - before;
}

test('memory returns to where it was: eight maps of 6 MB each leave less than four behind', async () => {
  const X = gaussian(1000, 200, 1);
  const left = await growth(8, () => tsne(X, { iterations: 3, workers: 0 }));
  assert.ok(left < 24, `${left} MB`);
});

test('so it does after an abort', async () => {
  const X = gaussian(1000, 200, 1);
  const left = await growth(8, () => {
    const abort = new AbortController();
    const onIteration = () => abort.abort(new Error('enough'));
    const work = tsne(X, { every: 1, iterations: 500, workers: 0, signal: abort.signal, onIteration });
    return assert.rejects(work, /enough/);
  });
  assert.ok(left < 24, `${left} MB`);
});

test('so it does after explanations in threads', async () => {
  const network = randomNetwork([40, 64, 32, 1], 1);
  const [rows, background] = [gaussian(20, 40, 1), gaussian(50, 40, 2)];
  const left = await growth(6, () => shapley(network, rows, background, { workers: 2, samples: 2 }));
  assert.ok(left < 24, `${left} MB`);
});
