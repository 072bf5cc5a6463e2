import { join } from 'node:path';
import { readCsvFile } from '../../src/frames/csv/csv.js';
import { numbers } from '../../src/frames/table.js';
import { writeMeasurements } from '../measurements.js';
import { sumOfPresent } from '../sum.js';
import type { BenchTask } from '../task.js';

const ROWS = 1_000_000;

export const task: BenchTask = {
  name: 'csv',
  title: 'read a CSV file of 1,000,000 × 20: 17 measured columns (1 % missing), a number, two of text',
  prepare: (folder) => writeMeasurements(join(folder, 'table.csv'), ROWS),
  async ours(folder) {
    const path = join(folder, 'table.csv');
    await readCsvFile(join(folder, 'head.csv'));
    const start = performance.now();
    const table = await readCsvFile(path);
    const seconds = (performance.now() - start) / 1000;
    return { seconds, quality: { rows: table.rows, sum: sumOfPresent(numbers(table, 'x16')) } };
  },
  peers: [
    { name: 'polars', script: 'table.py', argument: 'polars-csv', goal: 1.5 },
    { name: 'pandas', script: 'table.py', argument: 'pandas-csv', goal: 0.3 },
  ],
};
