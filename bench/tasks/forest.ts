import { classicalTask } from '../classical.js';

export const task = classicalTask('forest', 'random forest of 100 trees on 2,320 rows × 40 columns');
