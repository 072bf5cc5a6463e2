import { join } from 'node:path';
import { aggregate } from '../../src/frames/aggregate.js';
import { readCsvFile } from '../../src/frames/csv/csv.js';
import { numbers } from '../../src/frames/table.js';
import { writeMeasurements } from '../measurements.js';
import type { BenchTask } from '../task.js';

const ROWS = 1_000_000;

export const task: BenchTask = {
  name: 'groupby',
  title: '1,000,000 rows in 7 groups: mean and SD of one column, mean and maximum of another, sum of a third',
  prepare: (folder) => writeMeasurements(join(folder, 'table.csv'), ROWS),
  async ours(folder) {
    const table = await readCsvFile(join(folder, 'table.csv'), { columns: ['group', 'x1', 'x2', 'x3'] });
    const wanted = {
      a: ['mean', 'x1'],
      b: ['sd', 'x1'],
      c: ['mean', 'x2'],
      d: ['max', 'x2'],
      e: ['sum', 'x3'],
    } as const;
    aggregate(table, 'group', wanted);
    const start = performance.now();
    const groups = aggregate(table, 'group', wanted);
    const seconds = (performance.now() - start) / 1000;
    return {
      seconds,
      quality: { groups: groups.rows, sum: numbers(groups, 'b').reduce((a, b) => a + b, 0) },
    };
  },
  peers: [
    { name: 'polars', script: 'table.py', argument: 'polars-groupby', goal: 0.5 },
    { name: 'pandas', script: 'table.py', argument: 'pandas-groupby' },
  ],
};
