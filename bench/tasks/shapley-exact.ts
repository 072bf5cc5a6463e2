import { shapley } from '../../src/attribution/shapley.js';
import { explainTask } from '../explain.js';

export const task = explainTask(
  'shapley-exact',
  'exact Shapley values, 200 × 100 × 12, 4,096 coalitions, two threads',
  12,
  ({ network, rows, background }) => shapley(network, rows, background, { method: 'exact', workers: 2 }),
  [{ name: 'shap', script: 'explain.py', argument: 'exact', goal: 0.1 }],
);
