import { fitLayers } from '../../src/models/fit-layers.js';
import { foldLayers } from '../../src/models/fold.js';
import { predict } from '../../src/models/network.js';
import { mlp, readRows, writeRows } from '../mlp.js';
import type { BenchTask } from '../task.js';

export const task: BenchTask = {
  name: 'mlp',
  title:
    'MLP 40-64-32-1 on 2,900 rows, batch 32, dropout 0.2, Adam, 100 epochs after 20 to warm up, one thread',
  prepare: writeRows,
  peers: [
    { name: 'scikit-learn', script: 'mlp.py', argument: 'sklearn', goal: 0.1 },
    { name: 'PyTorch', script: 'mlp.py', argument: 'torch', goal: 0.05 },
    { name: 'Keras', script: 'mlp.py', argument: 'keras' },
  ],
  async ours(folder) {
    const { X, y } = readRows(folder);
    const cold = performance.now();
    // Two trainings and not one: JavaScript engines compile what is called once anew when it is called again.
    for (const seed of [1, 2]) await fitLayers(mlp(seed), X, y, { seed, epochs: 10 });
    const warm_up_s = (performance.now() - cold) / 1000; // holds the engine's compilation of our code
    const start = performance.now();
    const { layers } = await fitLayers(mlp(0), X, y, { seed: 0, epochs: 100 });
    const seconds = (performance.now() - start) / 1000;
    const p = predict(foldLayers(layers), X).data;
    const right = p.reduce((count, value, i) => count + Number(value > 0.5 === (y[i] === 1)), 0);
    return { seconds, quality: { accuracy: right / X.rows, warm_up_s } };
  },
};
