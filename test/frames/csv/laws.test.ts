import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { readCsv } from '../../../src/frames/csv/csv.js';
import { writeCsv } from '../../../src/frames/csv/write.js';
import { numbers, type Table, table, texts } from '../../../src/frames/table.js';

const delimiters = fc.constantFrom(',', ';', '\t');

/** Tables of a number column and a text column whose words only quoting can save. */
const tables = fc
  .array(
    fc.tuple(
      fc.double({ noDefaultInfinity: true }),
      fc.option(
        fc.string({
          unit: fc.constantFrom('a', 'é', '"', ',', ';', '\n', '\r', '\t', ' ', '5', '€'),
          minLength: 1,
        }),
      ),
    ),
  )
  .map((rows) =>
    table({
      x: Float64Array.from(rows, ([x]) => x),
      w: ['word', ...rows.map(([, w]) => w)].slice(1) as string[],
    }),
  );

test('what is written reads back the same', () => {
  fc.assert(
    fc.property(tables, delimiters, (made, delimiter) => {
      const types = { w: 'text', x: 'number' } as const;
      const back = readCsv(Buffer.from(writeCsv(made, { delimiter })), {
        delimiter,
        decimal: '.',
        types,
        missing: [],
      });
      return same(numbers(made, 'x'), numbers(back, 'x')) && sameWords(made, back);
    }),
    { numRuns: 500 },
  );
});

const same = (a: Float64Array, b: Float64Array): boolean =>
  a.length === b.length && a.every((x, i) => Object.is(x, b[i]));

/** Texts of blanks alone are missing on the way back. */
function sameWords(made: Table, back: Table): boolean {
  if (made.rows === 0) return back.rows === 0;
  const expected = texts(made, 'w').map((word) => (word?.trim() ? word : null));
  return JSON.stringify(texts(back, 'w')) === JSON.stringify(expected);
}

test('every decimal is rounded as JavaScript rounds it', () => {
  const digits = fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: 1, maxLength: 25 });
  const decimal = fc
    .tuple(
      fc.constantFrom('', '-', '+'),
      digits,
      fc.option(digits),
      fc.option(fc.integer({ min: -350, max: 330 })),
    )
    .map(
      ([sign, whole, part, power]) =>
        `${sign}${whole}${part === null ? '' : `.${part}`}${power === null ? '' : `e${power}`}`,
    );
  fc.assert(
    fc.property(fc.array(decimal, { minLength: 1, maxLength: 50 }), (written) => {
      const column = numbers(
        readCsv(Buffer.from(`a\n${written.join('\n')}\n`), { types: { a: 'number' } }),
        'a',
      );
      return written.every((text, i) => Object.is(column[i], Number(text)));
    }),
    { numRuns: 1000 },
  );
});

test('the hardest decimals, half way between two doubles, are rounded as JavaScript rounds them', () => {
  const bits = fc.bigInt({ min: 1n, max: 0x7fefffffffffffffn });
  fc.assert(
    fc.property(bits, (pattern) => {
      const x = new Float64Array(BigUint64Array.of(pattern).buffer)[0];
      const written = [String(x), x.toPrecision(17), x.toPrecision(18), x.toPrecision(19), x.toPrecision(30)];
      const column = numbers(readCsv(Buffer.from(`a\n${written.join('\n')}\n`)), 'a');
      return written.every((text, i) => Object.is(column[i], Number(text)));
    }),
    { numRuns: 3000 },
  );
});

test('no bytes make it crash, hang or read past the end: a table or a sentence', () => {
  const hostile = fc.array(
    fc.oneof(
      fc.constantFrom(
        ...[
          '"',
          '""',
          ',',
          ';',
          '\n',
          '\r',
          '\r\n',
          '\0',
          '1e',
          '-',
          '.',
          '9'.repeat(40),
          'NaN',
          '\ufeff',
        ].map((s) => Buffer.from(s)),
      ),
      fc.uint8Array({ maxLength: 12 }).map((bytes) => Buffer.from(bytes)),
    ),
    { maxLength: 80 },
  );
  fc.assert(
    fc.property(hostile, fc.boolean(), (parts, fill) => {
      try {
        const { rows, columns } = readCsv(Buffer.concat(parts), { fill });
        return [...columns.values()].every((c) =>
          c.kind === 'text'
            ? c.codes.length === rows && c.codes.every((k) => k < c.words.length)
            : c.values.length === rows,
        );
      } catch (error) {
        return error instanceof RangeError && /^table: [a-z]/.test(error.message);
      }
    }),
    { numRuns: 3000 },
  );
});

test('where the windows fall makes no difference', () => {
  const rows = Array.from(
    { length: 40_000 },
    (_, i) => `"a ""${i % 17}""\n",${i * 1.25},${i % 5 ? `w${i % 400}` : ''}`,
  );
  const text = `k,x,w\n${rows.join('\r\n')}`;
  const whole = readCsv(Buffer.from(text));
  for (const shift of [1, 2, 3, 5, 11]) {
    const shifted = readCsv(Buffer.from(`${'h'.repeat(shift)}${text}`));
    assert.deepEqual([...shifted.columns.values()], [...whole.columns.values()]);
  }
});
