import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { readCsvFile } from '../../src/frames/csv/csv.js';
import { readParquet } from '../../src/frames/parquet/parquet.js';
import { numbers, texts } from '../../src/frames/table.js';
import { writeMeasurements } from '../measurements.js';
import { sumOfPresent } from '../sum.js';
import type { BenchTask } from '../task.js';

const ROWS = 1_000_000;

export const task: BenchTask = {
  name: 'parquet',
  title: 'read a Parquet file of 1,000,000 × 20, the table of task csv, snappy',
  async prepare(folder) {
    writeMeasurements(join(folder, 'table.csv'), ROWS);
    for (const name of ['head', 'table']) await convert(folder, name);
  },
  async ours(folder) {
    await readParquet(readFileSync(join(folder, 'head.parquet')));
    const start = performance.now();
    const table = await readParquet(readFileSync(join(folder, 'table.parquet')));
    const seconds = (performance.now() - start) / 1000;
    return { seconds, quality: { rows: table.rows, sum: sumOfPresent(numbers(table, 'x16')) } };
  },
  peers: [
    { name: 'polars', script: 'table.py', argument: 'polars-parquet' },
    { name: 'pandas', script: 'table.py', argument: 'pandas-parquet' },
  ],
};

/** `name.csv` becomes `name.parquet`. */
async function convert(folder: string, name: string): Promise<void> {
  const table = await readCsvFile(join(folder, `${name}.csv`));
  const columnData = [...table.columns].map(([column, { kind }]) =>
    kind === 'text'
      ? { name: column, data: texts(table, column), type: 'STRING' as const }
      : { name: column, data: numbers(table, column), type: 'DOUBLE' as const },
  );
  writeFileSync(join(folder, `${name}.parquet`), new Uint8Array(parquetWriteBuffer({ columnData })));
  rmSync(join(folder, `${name}.csv`));
}
