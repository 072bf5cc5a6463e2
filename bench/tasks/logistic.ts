import { classicalTask } from '../classical.js';

export const task = classicalTask('logistic', 'L2 logistic regression on 2,320 rows × 40 columns');
