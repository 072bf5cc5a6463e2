import { shapley } from '../../src/attribution/shapley.js';
import { explainTask } from '../explain.js';

export const task = explainTask(
  'shapley-kernel',
  'kernel Shapley values, 200 × 100 × 40, 2,128 coalitions, two threads',
  40,
  ({ network, rows, background }) =>
    shapley(network, rows, background, { method: 'kernel', samples: 2128, workers: 2 }),
  [{ name: 'shap (l1_reg=0)', script: 'explain.py', argument: 'kernel', goal: 0.15 }],
);
