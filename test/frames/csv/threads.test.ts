import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { readCsvFile } from '../../../src/frames/csv/csv.js';
import type { CsvOptions } from '../../../src/frames/csv/reading.js';

const folder = mkdtempSync(join(tmpdir(), 'nurdle-csv-threads-'));
const path = join(folder, 'large.csv');
after(() => rmSync(folder, { recursive: true }));

const ROWS = 900_000; // some 25 MB: enough for three threads

/** Writes rows made by `row` below a header. */
function write(header: string, row: (i: number) => string): void {
  writeFileSync(path, `${header}\n${Array.from({ length: ROWS }, (_, i) => row(i)).join('\n')}\n`);
}

/** The same table from one thread and from three. */
async function readBoth(options: CsvOptions = {}) {
  const alone = await readCsvFile(path, { ...options, workers: 1 });
  const together = await readCsvFile(path, { ...options, workers: 3 });
  assert.deepEqual(together, alone);
  return together;
}

test('threads read what one thread reads: numbers, words, dates, missing cells', async () => {
  write(
    'i,word,day,x',
    (i) => `${i},w${(i * 7919) % 1013},2024-0${1 + (i % 9)}-11,${i % 50 === 0 ? '' : i / 7}`,
  );
  const { rows, columns } = await readBoth();
  assert.equal(rows, ROWS);
  assert.deepEqual(
    [...columns.values()].map((column) => column.kind),
    ['number', 'text', 'date', 'number'],
  );
});

test('line breaks inside quotes, where a part would begin, change nothing', async () => {
  write('i,note', (i) => (i % 2 === 0 ? `${i},"${'\n'.repeat(40)}"` : `${i},x`));
  await readBoth();
});

test('text that first appears near the end makes the column text', async () => {
  write('i,x,padding', (i) => `${i},${i === ROWS - 5 ? 'high' : i},${'z'.repeat(12)}`);
  const { columns } = await readBoth();
  assert.equal(columns.get('x')!.kind, 'text');
});

test('a bad row is named by its place in the whole file', async () => {
  write('i,x,padding', (i) => `${i},${i === ROWS - 5 ? '1,2' : i},${'z'.repeat(12)}`);
  const message = `large.csv: row ${ROWS - 4} has more than 3 fields, but there are 3 columns; quote a field that holds the delimiter`;
  for (const workers of [1, 3])
    await assert.rejects(readCsvFile(path, { workers }), { name: 'RangeError', message });
  write('i,x,padding', (i) => `${i},${i === ROWS - 5 ? 'high' : i},${'z'.repeat(12)}`);
  for (const workers of [1, 3])
    await assert.rejects(readCsvFile(path, { workers, types: { x: 'number' } }), {
      name: 'TypeError',
      message: `large.csv: row ${ROWS - 4} of column "x" holds "high", but the column must be numbers`,
    });
});
