import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { harmonise } from '../../src/frames/harmonise.js';
import { materialNamed, materials } from '../../src/frames/materials.js';
import { parseQuantity } from '../../src/frames/quantity.js';
import { reportLines } from '../../src/frames/report.js';
import { numbers, table, texts } from '../../src/frames/table.js';

const raw = table({ Core: ['PS', 'PS ', ' pe'], d: ['50', '60 ± 3', '25000–75000'], alive: [90, 70, 85] });
const mapping = { material: 'Core', viability_pct: 'alive' };

test('a quantity is read as people write it', () => {
  const read = (text: string) => Object.values(parseQuantity(text) ?? {});
  assert.deepEqual(read('50'), [50, 'plain', '']);
  assert.deepEqual(read(' - 60.4 ± 1.6 '), [-60.4, 'spread', '']);
  assert.deepEqual(read('172.43 (± 9.79)'), [172.43, 'spread', '']);
  assert.deepEqual(read('−35.0+/-1.2'), [-35, 'spread', '']);
  assert.deepEqual(read('25000–75000'), [50000, 'range', '']);
  assert.deepEqual(read('-27.87 (± 1.70)(eV)'), [-27.87, 'spread', 'eV']);
  assert.deepEqual(read('6.5 (µg/cm2）'), [6.5, 'plain', 'µg/cm2']);
  assert.deepEqual(read('1.5e-3'), [0.0015, 'plain', '']);
  for (const text of ['', 'abc', '5 or 6', '1,5', '415(DMEM) x', '--5', '0x10'])
    assert.equal(parseQuantity(text), null, text);
});

test('every finite number reads back from its own text', () => {
  fc.assert(
    fc.property(
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      (x) => parseQuantity(String(x))?.value === x,
    ),
  );
});

test('no text makes the reader hang or throw', () => {
  const pieces = fc.constantFrom('1', '.', '-', '±', '(', ')', ' ', 'e', '+', '–', '9');
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 60 }), (parts) => {
      const found = parseQuantity(parts.join(''));
      return found === null || !Number.isNaN(found.value);
    }),
  );
});

test('a dose in µmol of particles per litre is weighed as spheres', () => {
  const doses = table({ m: ['Au', 'Au', 'unknown'], d: [20, 20, 20], c: [1e-3, 2e-3, 1], v: [90, 10, 90] });
  const { table: out, report } = harmonise(doses, {
    mapping: {
      material: 'm',
      size_nm: 'd',
      dose_ug_mL: { column: 'c', unit: 'µmol particles/L' },
      viability_pct: 'v',
    },
  });
  const dose = numbers(out, 'dose_ug_mL');
  const expected = 1e-3 * 1e-6 * 6.02214076e23 * 19.3 * (Math.PI / 6) * 20e-7 ** 3 * 1000;
  assert.ok(Math.abs(dose[0] / expected - 1) < 1e-14);
  assert.ok(Math.abs(dose[1] / dose[0] - 2) < 1e-14);
  assert.ok(Number.isNaN(dose[2]));
  assert.deepEqual(report.changes, [
    'dose_ug_mL: 1 in µmol particles/L cannot be converted and were left empty',
  ]);
});

test('spreads, ranges and spellings are counted in the report', () => {
  const { table: out, report } = harmonise(raw, {
    mapping: { ...mapping, size_nm: { column: 'd', quantities: true } },
  });
  assert.deepEqual([...numbers(out, 'size_nm')], [50, 60, 50000]);
  assert.deepEqual(texts(out, 'material'), ['PS', 'PS', 'PE']);
  assert.deepEqual(reportLines(report).slice(0, 4), [
    'table: 3 rows read, 3 kept, 1 toxic (viability < 80 %)',
    'material: "PS " → "PS" (1), " pe" → "PE" (1)',
    'size_nm: 1 written with a spread (a ± b) became their value a',
    'size_nm: 1 written as a range became its middle',
  ]);
});

test('a missing column is refused, with the nearest one', () => {
  assert.throws(() => harmonise(raw, { mapping: { ...mapping, viability_pct: 'alife' }, name: 'my.csv' }), {
    name: 'RangeError',
    message:
      'my.csv has no column "alife" for viability_pct; did you mean "alive"?; it has "Core", "d", "alive"',
  });
});

test('text in a number column is refused, with row and column', () => {
  assert.throws(() => harmonise(raw, { mapping: { ...mapping, size_nm: 'd' } }), {
    name: 'TypeError',
    message:
      'row 2 of column "d" holds "60 ± 3", but size_nm must be a number; mend the file, or set quantities: true to read values such as "50 ± 3"',
  });
});

test('a unit that is not known is refused, with the nearest one', () => {
  const dose = { column: 'alive', unit: 'ug/m' };
  assert.throws(() => harmonise(raw, { mapping: { ...mapping, dose_ug_mL: dose } }), {
    name: 'RangeError',
    message: /^unit "ug\/m" of dose_ug_mL is not known; did you mean "µg\/ml"\?; known are µg\/ml, mg\/l, /,
  });
});

test('an empty table is refused', () => {
  assert.throws(
    () => harmonise(table({ alive: [] }), { mapping: { viability_pct: 'alive' }, name: 'my.csv' }),
    {
      name: 'RangeError',
      message: 'my.csv is empty: it has a header but no rows',
    },
  );
});

test('one class only is refused, unless labels are optional', () => {
  const well = table({ alive: [90, 95] });
  const options = { mapping: { viability_pct: 'alive' }, name: 'my.csv' } as const;
  assert.throws(() => harmonise(well, options), {
    name: 'RangeError',
    message:
      "my.csv has one class only: all 2 rows are not toxic at viability < 80 %; choose another toxicBelow, or load it with labels: 'optional'",
  });
  assert.equal(harmonise(well, { ...options, labels: 'optional' }).table.rows, 2);
});

test('a table without a label column is refused, unless labels are optional', () => {
  assert.throws(() => harmonise(raw, { mapping: { material: 'Core' }, name: 'my.csv' }), {
    message: 'my.csv has no column for viability_pct or toxic; map one of "Core", "d", "alive" to either',
  });
  assert.equal(harmonise(raw, { mapping: { material: 'Core' }, labels: 'optional' }).table.rows, 3);
});

test('a label that is neither yes nor no is refused, with row and column', () => {
  const odd = table({ effect: ['Y', 'maybe'] });
  assert.throws(() => harmonise(odd, { mapping: { toxic: 'effect' } }), {
    name: 'TypeError',
    message: 'row 2 of column "effect" holds "maybe", but toxic must be 1 or 0, Y or N',
  });
});

test('every material has a class and a density that matter can have', () => {
  for (const { name, class: kind, density } of materials())
    assert.ok(kind && density > 0.5 && density < 23, name);
  assert.equal(materialNamed('zinc OXIDE')?.name, 'ZnO');
  assert.equal(materialNamed('constructor'), null);
});
