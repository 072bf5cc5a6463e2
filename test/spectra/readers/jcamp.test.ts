import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readSpectra } from '../../../src/spectra/readers/read.js';
import { jcampFile, Y } from './samples.js';

const read = (labels: Readonly<Record<string, string | null>> = {}) =>
  readSpectra(jcampFile(labels), 'a.jdx');
const values = (labels: Readonly<Record<string, string | null>>) => [...read(labels)[0].spectrum.y];
const close = (found: readonly number[]) => {
  assert.equal(found.length, Y.length);
  for (const [i, value] of found.entries()) assert.ok(Math.abs(value - Y[i]) < 1e-12, `${value} at ${i}`);
};

test('it reads free numbers with their factors, axis and units', () => {
  const [{ spectrum, format, warnings, blocks }] = read();
  close([...spectrum.y]);
  assert.deepEqual([...spectrum.x], [4000, 3990, 3980, 3970, 3960]);
  assert.deepEqual(
    [spectrum.title, spectrum.xUnit, spectrum.yUnit, spectrum.technique, format],
    ['PE', 'cm-1', 'absorbance', 'FT-IR', 'JCAMP-DX'],
  );
  assert.deepEqual([warnings, blocks], [[], ['INFRARED SPECTRUM']]);
});

test('packed, squeezed, difference and duplicate forms give the same ordinates', () => {
  close(values({ XYDATA: '(X++(Y..Y))\n4000+10+50+25\n3970+100+75' }));
  close(values({ XYDATA: '(X++(Y..Y))\n4000A0E0B5\n3970A00G5' }));
  close(values({ XYDATA: '(X++(Y..Y))\n4000A0M0k5\n3980B5P5k5' }));
  assert.deepEqual(values({ XYDATA: '(X++(Y..Y))\n4000A0J0V', YFACTOR: '1' }), [10, 20, 30, 40, 50]);
  assert.deepEqual(values({ XYDATA: '(X++(Y..Y))\n4000A0W', YFACTOR: '1' }), [10, 10, 10, 10, 10]);
  assert.deepEqual(values({ XYDATA: '(X++(Y..Y))\n4000@a0%jK', YFACTOR: '1' }), [0, -10, -10, -11, -9]);
});

test('exponents are exponents in a plain table and digits in a squeezed one', () => {
  close(values({ XYDATA: '(X++(Y..Y))\n4000 1.0E1 5E+1 25\n3970 1e2 75' }));
  close(values({ XYDATA: '(X++(Y..Y))\n4.0E+03A0E0B5\n3970A00G5' }));
});

test('a difference line whose check does not repeat is told with its byte', () => {
  const file = jcampFile({ XYDATA: '(X++(Y..Y))\n4000A0M0k5\n3980B6P5k5' });
  const [{ warnings }] = readSpectra(file, '');
  const at = Buffer.from(file).indexOf('B6P5');
  assert.deepEqual(warnings, [
    `1 line does not begin with the last ordinate of the line before, as differences demand (first at byte ${at})`,
  ]);
});

test('points in pairs, peak tables and a table of its own kind of list', () => {
  const [pairs] = read({ XYDATA: null, XYPOINTS: '(XY..XY)\n4000,10;3990,50\n3980 25; 3970, 100;3960,75' });
  close([...pairs.spectrum.y]);
  const [peaks] = read({ XYDATA: null, 'PEAK TABLE': '(XY..XY)\n1000,10 1100,50', NPOINTS: '2' });
  assert.match(peaks.warnings[0], /^the block is a list of peaks, no spectrum \(byte \d+\)$/);
});

test('comments, decimal commas and other spellings of labels are understood', () => {
  const file = jcampFile({
    YFACTOR: '0,01 $$ hundredths',
    XYDATA: '(X++(Y..Y)) $$ the data\n4000,0 10,0 50 25 $$ 7 8 9\n$$ a line\n3970 100 75',
  });
  close([...readSpectra(file, '')[0].spectrum.y]);
  close(values({ 'JCAMP-DX': null, JCAMP_DX: '4.24', NPOINTS: null, 'N POINTS': '5' }));
});

test('a date is told whichever way it is written', () => {
  const measured = (labels: Record<string, string>) => read(labels)[0].spectrum.metadata['measured'];
  assert.equal(measured({ LONGDATE: '2020/06/16 10:11:29' }), '2020-06-16T10:11:29');
  assert.equal(measured({ DATE: '97/01/28', TIME: '10:00:00' }), '1997-01-28T10:00:00');
  assert.equal(measured({ DATE: '28/8/2023' }), '2023-08-28');
  assert.equal(measured({ DATE: 'March 2017' }), undefined);
});

test('Raman and UV/Vis are told apart, percentages from shares', () => {
  const kind = (labels: Record<string, string>) => {
    const { technique, xUnit, yUnit } = read(labels)[0].spectrum;
    return [technique, xUnit, yUnit];
  };
  assert.deepEqual(kind({ 'DATA TYPE': 'RAMAN SPECTRUM', YUNITS: 'COUNTS' }), ['Raman', 'cm-1', 'intensity']);
  assert.deepEqual(kind({ 'DATA TYPE': 'UV/VIS SPECTRUM', XUNITS: 'NANOMETERS' }), [
    'UV-Vis',
    'nm',
    'absorbance',
  ]);
  assert.deepEqual(kind({ YUNITS: 'TRANSMITTANCE', YFACTOR: '1' }), ['FT-IR', 'cm-1', '% transmittance']);
  assert.deepEqual(kind({ YUNITS: 'TRANSMITTANCE' }), ['FT-IR', 'cm-1', 'transmittance']);
});

test('a file of linked blocks gives its spectra and leaves the rest out with a warning', () => {
  const nmr = jcampFile({ TITLE: 'H', 'DATA TYPE': 'NMR SPECTRUM' });
  const link = Buffer.concat([
    Buffer.from('##TITLE=both\n##JCAMP-DX=4.24\n##DATA TYPE=LINK\n##BLOCKS=3\n'),
    ...[jcampFile(), jcampFile({ TITLE: 'PP' }), nmr],
    Buffer.from('##END=\n'),
  ]);
  const readings = readSpectra(link, '');
  assert.deepEqual(
    readings.map(({ spectrum }) => spectrum.title),
    ['PE', 'PP'],
  );
  assert.equal(readings[0].blocks.length, 3);
  assert.match(
    readings[0].warnings[0],
    /^left out: block "H" is an NMR measurement \(NMR SPECTRUM\); .* \(byte \d+\)$/,
  );
});

const refusals: [string, Readonly<Record<string, string | null>>, string][] = [
  [
    'NMR',
    { 'DATA TYPE': 'NMR SPECTRUM' },
    'block "PE" is an NMR measurement (NMR SPECTRUM); infrared, Raman and UV/Vis spectra are read (byte 0)',
  ],
  [
    'mass spectra',
    { 'DATA TYPE': 'MASS SPECTRUM' },
    'block "PE" is a mass spectrum (MASS SPECTRUM); infrared, Raman and UV/Vis spectra are read (byte 0)',
  ],
  [
    'mass by its axis',
    { XUNITS: 'M/Z' },
    'block "PE" has x in M/Z: NMR or mass; infrared, Raman and UV/Vis spectra are read (byte 0)',
  ],
  [
    'n-tuples',
    { NTUPLES: 'INFRARED' },
    'block "PE" is an n-tuple of several variables (NTUPLES); infrared, Raman and UV/Vis spectra are read (byte 0)',
  ],
  [
    'a wrong count',
    { NPOINTS: '9' },
    'NPOINTS announces 9 points, but the table holds 5; the file lies about its length (byte 145)',
  ],
  [
    'words among the numbers',
    { XYDATA: '(X++(Y..Y))\n4000 10 x50' },
    'the table must hold numbers, but has "x50',
  ],
  [
    'lines that do not fit the axis',
    { XYDATA: '(X++(Y..Y))\n4000 10 50 25\n1970 100 75\n3950 1', NPOINTS: '6' },
    'the x values that begin the lines do not fit an even axis',
  ],
];

for (const [what, labels, sentence] of refusals)
  test(`it refuses ${what}`, () => {
    assert.throws(
      () => readSpectra(jcampFile(labels), ''),
      (error: Error & { offset: number }) =>
        error.name === 'FileError' && error.message.startsWith(sentence) && Number.isInteger(error.offset),
    );
  });

test('a count that is wrong by one is remarked in a long table', () => {
  const rows = Array.from({ length: 20 }, (_, k) => `${4000 - k} ${10 + k}`).join('\n');
  const long = (points: string) =>
    read({ XYDATA: `(X++(Y..Y))\n${rows}`, NPOINTS: points, LASTX: '3981' })[0];
  assert.deepEqual(long('20').warnings, []);
  assert.deepEqual(long('21').warnings, ['NPOINTS announces 21 points, but the table holds 20 (byte 145)']);
});

test('it refuses a file that is cut off within its table, wherever the cut is', () => {
  const file = jcampFile();
  const from = Buffer.from(file).indexOf('4000 10');
  for (let end = from + 3; end < file.length - 18; end++)
    assert.throws(
      () => readSpectra(file.subarray(0, end), ''),
      /cut off|must hold numbers|holds? no points|table/,
    );
});

test('a few bytes cannot ask for any number of points', () => {
  assert.throws(
    () => readSpectra(jcampFile({ XYDATA: '(X++(Y..Y))\n4000A0s99999999', NPOINTS: '999999999' }), ''),
    /the table asks for more than 100000 points/,
  );
});
