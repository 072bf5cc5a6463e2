import { shapley } from '../../src/attribution/shapley.js';
import { explainTask } from '../explain.js';

export const task = explainTask(
  'shapley-permutation',
  'permutation Shapley values, 200 × 100 × 40, 10 pairs of walks, two threads',
  40,
  ({ network, rows, background }) =>
    shapley(network, rows, background, { method: 'permutation', samples: 10, workers: 2 }),
  [{ name: 'shap', script: 'explain.py', argument: 'permutation', goal: 0.15 }],
);
