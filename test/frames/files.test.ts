import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { readParquet } from '../../src/frames/parquet/parquet.js';
import { readTable, tableFromBytes } from '../../src/frames/read.js';
import { columnOf, numbers, texts } from '../../src/frames/table.js';
import { readXlsx } from '../../src/frames/xlsx.js';
import { unpackedSize } from '../../src/frames/zip.js';

const folder = mkdtempSync(join(tmpdir(), 'nurdle-files-'));
after(() => rmSync(folder, { recursive: true }));

const parquet = new Uint8Array(
  parquetWriteBuffer({
    columnData: [
      {
        name: 'x',
        data: Array.from({ length: 500 }, (_, i) => (i % 9 ? i / 7 : null)),
        type: 'DOUBLE',
        nullable: true,
      },
      { name: 'n', data: Array.from({ length: 500 }, (_, i) => BigInt(i)), type: 'INT64' },
      {
        name: 'w',
        data: Array.from({ length: 500 }, (_, i) => (i % 4 ? `w${i % 5}` : null)),
        type: 'STRING',
        nullable: true,
      },
      { name: 'yes', data: Array.from({ length: 500 }, (_, i) => i % 2 === 0), type: 'BOOLEAN' },
      { name: 'd', data: Array.from({ length: 500 }, (_, i) => new Date(86_400_000 * i)), type: 'TIMESTAMP' },
    ],
    rowGroupSize: 200,
  }),
);

const workbook = (rows: unknown[][]): Uint8Array => {
  const xlsx = createRequire(import.meta.url)('@e965/xlsx') as typeof import('@e965/xlsx');
  const sheet = xlsx.utils.aoa_to_sheet(rows, { cellDates: true, UTC: true });
  return xlsx.write(xlsx.utils.book_new(sheet, 's'), { type: 'buffer', bookType: 'xlsx' }) as Uint8Array;
};

test('Parquet: numbers, missing values, 64-bit integers, texts, booleans and dates over row groups', async () => {
  const table = await readParquet(parquet);
  assert.equal(table.rows, 500);
  assert.deepEqual([...numbers(table, 'x').slice(0, 3)], [Number.NaN, 1 / 7, 2 / 7]);
  assert.equal(numbers(table, 'x')[499], 499 / 7);
  assert.equal(numbers(table, 'n')[499], 499);
  assert.deepEqual(texts(table, 'w').slice(3, 6), ['w3', null, 'w0']);
  assert.deepEqual([...numbers(table, 'yes').slice(0, 2)], [1, 0]);
  assert.equal(columnOf(table, 'd').kind, 'date');
  assert.equal(texts(table, 'd')[1], '1970-01-02T00:00:00.000Z');
  assert.deepEqual([...(await readParquet(parquet, { columns: ['n'] })).columns.keys()], ['n']);
});

test('Parquet that is cut off, has another column, or an integer beyond 2^53 is refused', async () => {
  await assert.rejects(readParquet(parquet.subarray(0, 300), { name: 'a.parquet' }), {
    name: 'RangeError',
    message: /^a\.parquet: cannot be read as Parquet: /,
  });
  await assert.rejects(readParquet(parquet, { columns: ['z'] }), {
    message: 'file: cannot be read as Parquet: no column "z"; there are "x", "n", "w", "yes", "d"',
  });
  const large = parquetWriteBuffer({ columnData: [{ name: 'n', data: [2n ** 60n], type: 'INT64' }] });
  await assert.rejects(
    readParquet(new Uint8Array(large)),
    /row 1 of column "n" holds the integer 1152921504606846976/,
  );
});

test('a damaged Parquet file gives a table or a sentence', async () => {
  const damage = fc.array(fc.tuple(fc.nat(parquet.length - 1), fc.integer({ min: 0, max: 255 })), {
    minLength: 1,
    maxLength: 6,
  });
  await fc.assert(
    fc.asyncProperty(damage, async (changes) => {
      const damaged = parquet.slice();
      for (const [at, byte] of changes) damaged[at] = byte;
      const table = await readParquet(damaged, { patience: 2 }).catch((error: Error) => error);
      return table instanceof Error ? table instanceof RangeError : [...table.columns].length > 0;
    }),
    { numRuns: 30 },
  );
});

test('a Parquet page that claims endless work is given up', async () => {
  const endless = parquet.slice();
  endless[809] = 194;
  endless[3552] = 41;
  await assert.rejects(readParquet(endless, { name: 'a.parquet', patience: 2 }), {
    name: 'RangeError',
    message: 'a.parquet: cannot be read as Parquet: not done after 2 s; is it damaged?',
  });
});

test('XLSX: numbers, texts, missing words, dates, empty rows and columns', () => {
  const day = new Date(Date.UTC(2024, 1, 29));
  const table = readXlsx(workbook([['a', null, 'b', 'd'], [1, null, 'x', day], [], ['NA', null, 'y', day]]));
  assert.deepEqual([...table.columns.keys()], ['a', 'b', 'd']);
  assert.deepEqual([...numbers(table, 'a')], [1, Number.NaN]);
  assert.deepEqual(texts(table, 'b'), ['x', 'y']);
  assert.deepEqual(texts(table, 'd')[0], '2024-02-29T00:00:00.000Z');
});

test('XLSX: a date is the same day in every time zone', () => {
  const path = join(folder, 'dates.xlsx');
  writeFileSync(path, workbook([['d'], [new Date(Date.UTC(2024, 6, 1))]]));
  const module = fileURLToPath(new URL('../../src/frames/read.js', import.meta.url));
  const program = `const { readTable } = await import(${JSON.stringify(module)});
    console.log((await readTable(${JSON.stringify(path)})).columns.get('d').values[0])`;
  for (const TZ of ['UTC', 'America/New_York', 'Asia/Tokyo']) {
    const out = execFileSync(process.execPath, ['--input-type=module', '-e', program], {
      env: { ...process.env, TZ },
    });
    assert.equal(Number(out), Date.UTC(2024, 6, 1), TZ);
  }
});

test('XLSX that is cut off, empty, or too large unpacked is refused', () => {
  const whole = workbook([['a'], [1]]);
  assert.throws(() => readXlsx(whole.subarray(0, 400), { name: 'a.xlsx' }), {
    name: 'RangeError',
    message: 'a.xlsx: not a whole XLSX file; it is cut off or of another kind',
  });
  assert.throws(() => readXlsx(workbook([]), { name: 'a.xlsx' }), {
    message: 'a.xlsx: the sheet has no filled cell',
  });
  const bomb = Buffer.from(whole);
  bomb.writeUInt32LE(0xffffffff, bomb.indexOf(Buffer.from('PK\x01\x02')) + 24);
  assert.ok(unpackedSize(bomb)! > 0xffffffff - 1);
  assert.throws(
    () => readXlsx(bomb, { name: 'a.xlsx' }),
    /^RangeError: a\.xlsx: -?\d+ MiB when unpacked; save it as CSV/,
  );
});

test('a damaged workbook gives a table or a sentence', () => {
  const whole = workbook([['a', 'b'], ...Array.from({ length: 30 }, (_, i) => [i, `w${i}`])]);
  const damage = fc.array(fc.tuple(fc.nat(whole.length - 1), fc.integer({ min: 0, max: 255 })), {
    minLength: 1,
    maxLength: 6,
  });
  fc.assert(
    fc.property(damage, (changes) => {
      const damaged = Uint8Array.from(whole);
      for (const [at, byte] of changes) damaged[at] = byte;
      try {
        return readXlsx(damaged).rows >= 0;
      } catch (error) {
        return error instanceof RangeError;
      }
    }),
    { numRuns: 200 },
  );
});

test('a file is read by what it holds, not by its name', async () => {
  const path = join(folder, 'odd.txt');
  writeFileSync(path, parquet);
  assert.equal((await readTable(path)).rows, 500);
  writeFileSync(path, workbook([['a'], [1]]));
  assert.equal((await readTable(path)).rows, 1);
  writeFileSync(path, 'a;b\n1;2\n');
  assert.equal((await readTable(path)).columns.size, 2);
  assert.deepEqual(await tableFromBytes(readFileSync(path)), await readTable(path));
});
