import { mapTask } from '../map.js';

export const task = mapTask(10000, 50, 12, 5);
