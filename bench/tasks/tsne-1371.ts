import { mapTask } from '../map.js';

export const task = mapTask(1371, 64, 7, 5);
