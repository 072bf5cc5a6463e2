import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { readCsv, readCsvFile, scanCsv } from '../../../src/frames/csv/csv.js';
import type { CsvOptions } from '../../../src/frames/csv/reading.js';
import { numbers, type Table, texts } from '../../../src/frames/table.js';

const folder = mkdtempSync(join(tmpdir(), 'nurdle-csv-'));
after(() => rmSync(folder, { recursive: true }));

const read = (text: string, options?: CsvOptions): Table => readCsv(Buffer.from(text), options);

/** Every column as plain values, `null` where missing. */
const plain = (table: Table): Record<string, (number | string | null)[]> =>
  Object.fromEntries(
    [...table.columns].map(([name, column]) => [
      name,
      column.kind === 'number'
        ? Array.from(column.values, (value) => (Number.isNaN(value) ? null : value))
        : texts(table, name),
    ]),
  );

test('it reads numbers and texts', () => {
  assert.deepEqual(plain(read('a,b\n1,x\n2.5,y\n')), { a: [1, 2.5], b: ['x', 'y'] });
});

test('it reads quotes, doubled quotes, delimiters and line breaks inside quotes', () => {
  assert.deepEqual(plain(read('a,b\n"x, y","say ""hi"""\n"two\nlines","two\r\nlines"\n"""",""\n')), {
    a: ['x, y', 'two\nlines', '"'],
    b: ['say "hi"', 'two\r\nlines', null],
  });
});

test('it reads a byte order mark, CRLF, a last line without an end, blank lines, quoted numbers', () => {
  const expected = { a: [1, 2, 3], b: [4, 5, 6] };
  assert.deepEqual(plain(read('\ufeffa,b\r\n1,4\r\n\r\n"2","5"\r\n3,6')), expected);
  assert.deepEqual(plain(read('a,b\n\n1,4\n2,5\n3,6\r\n\n')), expected);
});

test('it reads lines that end in carriage returns alone, from bytes, a file, gz and in batches', async () => {
  const text = 'a;b;c\r1,5;x;\r-2;"two\rlines";4\r\r3;x;5';
  const expected = { a: [1.5, -2, 3], b: ['x', 'two\nlines', 'x'], c: [null, 4, 5] };
  assert.deepEqual(plain(read(text)), expected);
  assert.deepEqual(plain(readCsv(gzipSync(text))), expected);
  const path = join(folder, 'returns.csv');
  writeFileSync(path, text);
  assert.deepEqual(plain(await readCsvFile(path)), expected);
  for await (const batch of scanCsv(path)) assert.deepEqual(plain(batch), expected);
  const late = `a\r${'1\r'.repeat(600)}x\r`;
  assert.equal(plain(read(late))['a'].at(-1), 'x');
});

test('it finds semicolons, tabs, bars and decimal commas by itself', () => {
  const expected = { a: [1.5, -2], b: ['x', 'y'] };
  assert.deepEqual(plain(read('a;b\n1,5;x\n-2;y\n')), expected);
  assert.deepEqual(plain(read('a\tb\n1.5\tx\n-2\ty\n')), expected);
  assert.deepEqual(plain(read('a|b\n1.5|x\n-2|y\n')), expected);
  assert.deepEqual(plain(read('a;b\n1.5;x\n-2;y\n')), expected);
  assert.deepEqual(plain(read('a:b\n1,5:x\n-2:y\n', { delimiter: ':', decimal: ',' })), expected);
});

test('it reads numbers as JavaScript does, however they are written', () => {
  const written = [
    '0',
    '-0',
    '+5',
    '007',
    '.5',
    '5.',
    '1e3',
    '1E-3',
    ' 7 ',
    '1e400',
    '-1e400',
    '4.9e-324',
    '2e-324',
  ];
  const long = [
    '123456789012345678901234567890',
    '0.1234567890123456789',
    '9007199254740993',
    '1'.repeat(400),
  ];
  const all = [...written, ...long, '0'.repeat(400) + '1', `0.${'0'.repeat(300)}12345678901234567890`];
  const column = numbers(read(`a,b\n${all.map((text) => `${text},1`).join('\n')}\n`), 'a');
  all.forEach((text, i) => {
    assert.ok(Object.is(column[i], Number(text)), `${text} became ${column[i]}`);
  });
});

test('it takes the usual words for missing, and others when told', () => {
  assert.deepEqual(plain(read('a,b\nNA,n/a\n1,x\nNaN,NULL\n -- , \n')), {
    a: [null, 1, null, null],
    b: [null, 'x', null, null],
  });
  assert.deepEqual(plain(read('a,b\n-999,none\n1,NA\n', { missing: ['-999', 'None'] })), {
    a: [null, 1],
    b: [null, 'NA'],
  });
});

test('it reads ISO dates, and leaves a column with one other word as text', () => {
  const table = read('d,e\n2024-02-29,2024-02-30\n2024-02-29T12:30:15.5+02:00,x\n,\n');
  assert.deepEqual(table.columns.get('d'), {
    kind: 'date',
    values: Float64Array.of(Date.UTC(2024, 1, 29), Date.UTC(2024, 1, 29, 10, 30, 15, 500), Number.NaN),
  });
  assert.deepEqual(texts(table, 'e'), ['2024-02-30', 'x', null]);
  assert.equal(read('d\n2024-02-29\n', { dates: false }).columns.get('d')!.kind, 'text');
});

test('a column that turns out to be text after ten thousand numbers is text from its first row', () => {
  const rows = Array.from({ length: 10_000 }, (_, i) => `${i},1`);
  const table = read(`a,b\n${rows.join('\n')}\nx,2\n`);
  assert.equal(texts(table, 'a')[9_999], '9999');
  assert.equal(texts(table, 'a')[10_000], 'x');
  assert.equal(numbers(table, 'b')[10_000], 2);
});

test('a column may be said to be text, and columns may be left out', () => {
  assert.deepEqual(plain(read('id,v,w\n007,1,2\n', { types: { id: 'text' }, columns: ['id', 'w'] })), {
    id: ['007'],
    w: [2],
  });
});

test('headers are made unique and never empty', () => {
  assert.deepEqual([...read('a,a,, a \n1,2,3,4\n').columns.keys()], ['a', 'a (2)', 'column 3', 'a (3)']);
  assert.deepEqual([...read('1,2\n', { header: false }).columns.keys()], ['column 1', 'column 2']);
});

test('old Western encodings are read, UTF-8 is preferred', () => {
  assert.deepEqual(texts(readCsv(Buffer.from('a\nµg\n', 'latin1')), 'a'), ['µg']);
  assert.deepEqual(texts(read('a\nµg\n'), 'a'), ['µg']);
});

test('a file, a gz file and bytes give the same table, across many windows', async () => {
  const rows = Array.from(
    { length: 60_000 },
    (_, i) => `${i / 7},"word ${i % 300}",${i % 11 ? `t${i}` : ''}`,
  );
  const bytes = Buffer.from(`a,b,c\r\n${rows.join('\r\n')}\r\n`);
  writeFileSync(join(folder, 'big.csv'), bytes);
  writeFileSync(join(folder, 'big.csv.gz'), gzipSync(bytes));
  const table = readCsv(bytes);
  assert.equal(table.rows, 60_000);
  assert.equal(numbers(table, 'a')[59_999], 59_999 / 7);
  assert.equal(texts(table, 'b')[59_999], 'word 299');
  assert.equal(texts(table, 'c')[59_999], 't59999');
  assert.deepEqual(await readCsvFile(join(folder, 'big.csv')), table);
  assert.deepEqual(plain(await readCsvFile(join(folder, 'big.csv.gz'))), plain(table));
  assert.deepEqual(plain(readCsv(gzipSync(bytes))), plain(table));
});

test('a record longer than a window is read', () => {
  const word = 'x'.repeat(3_000_000);
  assert.deepEqual(texts(read(`a,b\n1,${word}\n2,"${word}"\n`), 'b'), [word, word]);
});

test('a table of 3,000 columns is read', () => {
  const names = Array.from({ length: 3000 }, (_, j) => `c${j}`);
  const row = (i: number): string => names.map((_, j) => (j % 2 ? i + j : `w${j}`)).join(',');
  const table = read(`${names.join(',')}\n${Array.from({ length: 200 }, (_, i) => row(i)).join('\n')}\n`);
  assert.deepEqual([table.rows, table.columns.size], [200, 3000]);
  assert.equal(numbers(table, 'c2999')[199], 199 + 2999);
  assert.equal(texts(table, 'c2998')[199], 'w2998');
});

test('scanning gives the same rows in batches, and its memory does not grow with the file', async () => {
  const path = join(folder, 'scan.csv');
  const rows = Array.from({ length: 300_000 }, (_, i) => `${i},unique word ${i},${i / 3}`);
  writeFileSync(path, `i,w,x\n${rows.join('\n')}\n`);
  let seen = 0;
  const memory: number[] = [];
  for await (const batch of scanCsv(path, { batchRows: 20_000 })) {
    assert.equal(numbers(batch, 'i')[0], seen);
    assert.equal(texts(batch, 'w')[batch.rows - 1], `unique word ${seen + batch.rows - 1}`);
    seen += batch.rows;
    memory.push(process.memoryUsage().arrayBuffers);
  }
  assert.equal(seen, 300_000);
  assert.ok(memory.length > 5);
  assert.ok(memory.at(-1)! < 64e6, `${memory.at(-1)} bytes of arrays after the last batch`);
});

test('scanning refuses text in a number column', async () => {
  const path = join(folder, 'late.csv');
  writeFileSync(path, `a\n${'1\n'.repeat(70_000)}x\n`);
  await assert.rejects(
    async () => {
      for await (const batch of scanCsv(path, { batchRows: 10_000 })) assert.ok(batch.rows > 0);
    },
    {
      name: 'TypeError',
      message: 'late.csv: row 70001 of column "a" holds "x", but the column must be numbers',
    },
  );
});

const refusals: [string, string, CsvOptions, string][] = [
  ['an empty file', '', {}, 'my.csv: the file is empty, without even a header'],
  [
    'a short row',
    'a,b\n1,2\n3\n',
    {},
    'my.csv: row 2 has 1 field, but there are 2 columns; mend it, or set fill: true to leave the rest empty',
  ],
  [
    'a long row',
    'a,b\n1,2,3\n',
    {},
    'my.csv: row 1 has more than 2 fields, but there are 2 columns; quote a field that holds the delimiter',
  ],
  ['an open quote', 'a,b\n1,"2\n', {}, 'my.csv: row 1 opens a quote in column "b" that is never closed'],
  [
    'text behind a quote',
    'a,b\n1,"2"x\n',
    {},
    'my.csv: row 1 has text behind the closing quote of column "b"; double the quotes inside a quoted field',
  ],
  [
    'text in a number column',
    'a\n1\nx\n',
    { types: { a: 'number' } },
    'my.csv: row 2 of column "a" holds "x", but the column must be numbers',
  ],
  ['a column that is not there', 'a\n1\n', { columns: ['b'] }, 'my.csv: no column "b"; there are "a"'],
  ['UTF-16', '\u00ff\u00fea', {}, 'my.csv: the file is in UTF-16; save it as UTF-8'],
  [
    'a delimiter of two characters',
    'a\n',
    { delimiter: '::' },
    'my.csv: delimiter must be one plain character, but is "::"',
  ],
  [
    'a decimal that is the delimiter',
    'a,b\n',
    { decimal: ',' },
    'my.csv: decimal must be . or , and not the delimiter, but is ","',
  ],
];
for (const [title, text, options, message] of refusals)
  test(`it refuses ${title}`, () => {
    const bytes = Buffer.from(text, title === 'UTF-16' ? 'latin1' : 'utf8');
    assert.throws(() => readCsv(bytes, { ...options, name: 'my.csv' }), { message });
  });

test('a short row is filled when asked for', () => {
  assert.deepEqual(plain(read('a,b,c\n1,x,2\n3\n', { fill: true })), {
    a: [1, 3],
    b: ['x', null],
    c: [2, null],
  });
});

const openFiles = '/proc/self/fd';
test('every file is closed again: read, refused, or scanned in part', {
  skip: !existsSync(openFiles),
}, async () => {
  const path = join(folder, 'closed.csv');
  writeFileSync(path, `a,b\n${'1,x\n'.repeat(50_000)}`);
  const before = readdirSync(openFiles).length;
  for (let k = 0; k < 5; k++) {
    await readCsvFile(path);
    await assert.rejects(readCsvFile(path, { types: { b: 'number' } }));
    await assert.rejects(readCsvFile(path, { columns: ['c'] }));
    for await (const batch of scanCsv(path, { batchRows: 1000 })) if (batch.rows > 0) break;
  }
  assert.equal(readdirSync(openFiles).length, before);
});

test('a cut-off gz file is refused', async () => {
  const path = join(folder, 'cut.csv.gz');
  writeFileSync(path, gzipSync(Buffer.from('a\n1\n2\n')).subarray(0, 20));
  await assert.rejects(readCsvFile(path), /^RangeError: cut\.csv\.gz: the file cannot be unpacked as gz: /);
});
