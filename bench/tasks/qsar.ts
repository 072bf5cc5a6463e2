import { qsarTask } from '../qsar.js';

export const task = qsarTask('qsar', 'by publication');
