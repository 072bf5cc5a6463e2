import { classMahalanobis } from '../../src/embedding/mahalanobis.js';
import { readMixture, writeMixture } from '../mixture.js';
import type { BenchTask } from '../task.js';

const DESCRIPTORS = 128;

export const task: BenchTask = {
  name: 'mahalanobis',
  title: 'distances of 10,000 × 128 from 7 classes, pooled covariance, one thread',
  prepare: (folder) => writeMixture(folder, 10_000, DESCRIPTORS, 7),
  peers: [
    { name: 'numpy Cholesky', script: 'mahalanobis.py', argument: 'numpy', goal: 0.5 },
    { name: 'scikit-learn', script: 'mahalanobis.py', argument: 'sklearn' },
  ],
  ours(folder) {
    const { X, labels } = readMixture(folder, DESCRIPTORS);
    const times: number[] = [];
    let mean = 0;
    for (let turn = 0; turn < 12; turn++) {
      const start = performance.now();
      const { distances } = classMahalanobis(X, labels, X, { shrinkage: 'none' });
      times.push((performance.now() - start) / 1000);
      mean = distances.data.reduce((a, b) => a + b, 0) / distances.data.length;
    }
    const warm = times.slice(2).sort((a, b) => a - b);
    return { seconds: (warm[4] + warm[5]) / 2, quality: { meanDistance: mean } };
  },
};
