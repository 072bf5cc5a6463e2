import { trainingTask } from '../cnn-task.js';

export const task = trainingTask('cnn-64', 64, 0.65, 'fit');
