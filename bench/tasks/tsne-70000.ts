import { mapTask } from '../map.js';

export const task = mapTask(70000, 50, 15, 1);
