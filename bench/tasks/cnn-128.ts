import { trainingTask } from '../cnn-task.js';

export const task = trainingTask('cnn-128', 128, 0.75, 'fit');
