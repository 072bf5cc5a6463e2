import { classicalTask } from '../classical.js';

export const task = classicalTask(
  'boosted',
  'gradient boosting, 100 trees of 31 leaves, on 2,320 rows × 40 columns',
);
