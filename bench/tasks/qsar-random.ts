import { qsarTask } from '../qsar.js';

export const task = qsarTask('qsar-random', 'random');
