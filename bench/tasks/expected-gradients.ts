import { expectedGradients } from '../../src/attribution/gradients.js';
import { explainTask } from '../explain.js';

export const task = explainTask(
  'expected-gradients',
  'expected gradients, 200 × 100 × 40, 200 samples a row',
  40,
  ({ network, rows, background }) => expectedGradients(network, rows, background, { samples: 200 }),
  [{ name: 'shap', script: 'explain.py', argument: 'gradients', goal: 0.07 }],
);
