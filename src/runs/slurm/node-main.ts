// What an array task runs on a node of the cluster: `node node-main.js FOLDER FIRST-BATCH`.
import { setMaxListeners } from 'node:events';
import { workBatch } from './node.js';

setMaxListeners(0);
const [folder, first] = process.argv.slice(2);
const index = Number(first) + Number(process.env['SLURM_ARRAY_TASK_ID'] ?? 0);
console.log(
  `batch ${index} on ${process.env['SLURMD_NODENAME'] ?? 'this machine'}, ${new Date().toISOString()}`,
);
process.exitCode = await workBatch(folder, index);
