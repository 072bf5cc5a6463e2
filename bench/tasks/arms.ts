import { fitMany } from '../../src/models/fit-many.js';
import { foldLayers } from '../../src/models/fold.js';
import { predict } from '../../src/models/network.js';
import { takeRows } from '../../src/numeric/matrix.js';
import { mlp, readRows, writeRows } from '../mlp.js';
import type { BenchTask } from '../task.js';

const ARMS = 10;
const FOLDS = 5;

export const task: BenchTask = {
  name: 'arms',
  title: 'the MLP of task mlp, 10 arms × 5 folds (2,320 rows each), 100 epochs, two workers',
  prepare: writeRows,
  peers: [{ name: 'PyTorch, two processes', script: 'arms.py', goal: 0.05 }],
  repeats: 1,
  async ours(folder) {
    const { X, y } = readRows(folder);
    const all = Array.from({ length: X.rows }, (_, i) => i);
    const jobs = Array.from({ length: ARMS * FOLDS }, (_, k) => ({
      ...{ layers: mlp(Math.floor(k / FOLDS)), X, y, options: { seed: k, epochs: 100 } },
      rows: all.filter((i) => i % FOLDS !== k % FOLDS),
    }));
    const start = performance.now();
    const trained = await fitMany(jobs, { workers: 2 });
    const seconds = (performance.now() - start) / 1000;
    const accuracies = trained.map(({ layers }, k) => {
      const held = all.filter((i) => i % FOLDS === k % FOLDS);
      const p = predict(foldLayers(layers), takeRows(X, held)).data;
      return p.filter((value, i) => value > 0.5 === (y[held[i]] === 1)).length / held.length;
    });
    return { seconds, quality: { accuracy: accuracies.reduce((a, b) => a + b) / accuracies.length } };
  },
};
