import { trainingTask } from '../cnn-task.js';

export const task = trainingTask('cnn-attention', 64, 0.75, 'attention');
