import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deflateRawSync } from 'node:zlib';
import { readSpectra } from '../../../src/spectra/readers/read.js';
import { csvFile } from './samples.js';

const read = (content: string | Uint8Array) =>
  readSpectra(typeof content === 'string' ? Buffer.from(content) : content, 'folder/sample 7.csv');

/** First and last point, units and title of each spectrum. */
const brief = (content: string | Uint8Array) =>
  read(content).map(({ spectrum: { x, y, xUnit, yUnit, title } }) =>
    [x[0], y[0], x.at(-1), y.at(-1), xUnit, yUnit, title].join(' | '),
  );

const shapes: [string, string, string][] = [
  [
    'names and commas',
    'Wavenumber (cm-1),Absorbance\n400,1\n401,2\n402,3\n',
    '400 | 1 | 402 | 3 | cm-1 | absorbance | sample 7',
  ],
  [
    'a preamble in German with decimal commas',
    'Probe;PE 3\r\nWellenzahl [cm-1];Transmission %\r\n4000,5;98,1\r\n3999,5;98,2\r\n3998,5;98,3\r\n',
    '4000.5 | 98.1 | 3998.5 | 98.3 | cm-1 | % transmittance | PE 3',
  ],
  [
    'tabs and decimal commas without names',
    '4000,5\t0,123\n3999,5\t0,124\n3998,5\t0,125\n',
    '4000.5 | 0.123 | 3998.5 | 0.125 | cm-1 | absorbance | sample 7',
  ],
  [
    'quoted names in one cell',
    '"Created as New Dataset"\n"cm-1,%T"\n4000.00,98.51\n3999.00,98.50\n3998.00,98.52\n',
    '4000 | 98.51 | 3998 | 98.52 | cm-1 | % transmittance | sample 7',
  ],
  [
    'blanks, exponents and remarks',
    '# Title: foo\n# X units: cm-1\n  400.1   1.2e-3\n  401.1   1.3e-3\n 402.1 1.4e-3\n',
    '400.1 | 0.0012 | 402.1 | 0.0014 | cm-1 | absorbance | foo',
  ],
  [
    'an index column',
    ',wavenumber,intensity\n0,400,10\n1,401,11\n2,402,12\n',
    '400 | 10 | 402 | 12 | cm-1 | intensity | sample 7',
  ],
  [
    'lines behind the numbers',
    'TITLE\tPE 1\nXUNITS\t1/CM\nYUNITS\tTRANSMITTANCE\nXYDATA\n4000\t99.1\n3999\t99.2\n3998\t99.3\n\n##### Extended\nUser\tfoo\n',
    '4000 | 99.1 | 3998 | 99.3 | cm-1 | % transmittance | PE 1',
  ],
  [
    'wavelengths in nm',
    'Wavelength (nm);Absorbance\n400;0.1\n401;0.2\n402;0.3\n',
    '400 | 0.1 | 402 | 0.3 | nm | absorbance | sample 7',
  ],
];
for (const [what, content, expected] of shapes)
  test(`it reads ${what}`, () => assert.deepEqual(brief(content), [expected]));

test('it reads UTF-8 and UTF-16 with their marks, and Latin letters', () => {
  const words = 'Wavenumber (cm⁻¹),Absorbance\n400,1\n401,2\n402,3\n';
  const expected = ['400 | 1 | 402 | 3 | cm-1 | absorbance | sample 7'];
  const little = Buffer.from(`\ufeff${words}`, 'utf16le');
  assert.deepEqual(brief(Buffer.from(`\ufeff${words}`)), expected);
  assert.deepEqual(brief(little), expected);
  assert.deepEqual(brief(Buffer.from(little).swap16()), expected);
  assert.deepEqual(brief(Buffer.from('Échantillon:é\ncm-1,A\n400,1\n401,2\n402,3\n', 'latin1')), expected);
});

test('several spectra beside each other, in pairs, and one a row', () => {
  assert.deepEqual(brief('cm-1\tPE\tPP\n400\t1\t4\n401\t2\t5\n402\t3\t\n'), [
    '400 | 1 | 402 | 3 | cm-1 | absorbance | PE',
    '400 | 4 | 401 | 5 | cm-1 | absorbance | PP',
  ]);
  assert.deepEqual(brief('Wavenumber,PE,Wavenumber,PP\n400,1,500,2\n401,1,501,2\n402,1,502,3\n403,1,,\n'), [
    '400 | 1 | 403 | 1 | cm-1 | absorbance | PE',
    '500 | 2 | 502 | 3 | cm-1 | absorbance | PP',
  ]);
  const axis = Array.from({ length: 25 }, (_, k) => 1000 + 10 * k);
  const wide = `label,${axis.join()}\nPE,${axis.map((x) => x / 1000).join()}\nPP,${axis.map(() => 0.5).join()}\n`;
  assert.deepEqual(brief(wide), [
    '1000 | 1 | 1240 | 1.24 | cm-1 | absorbance | PE',
    '1000 | 0.5 | 1240 | 0.5 | cm-1 | absorbance | PP',
  ]);
});

test('a map, one spectrum below the other, is taken apart', () => {
  const rows = [0, 1, 2].flatMap((px) =>
    [900, 910, 920, 930, 940, 950].map((x) => `${px}\t0\t${x}\t${x + px}`),
  );
  assert.deepEqual(brief(`#X\t#Y\t#Wave\t#Intensity\n${rows.join('\n')}\n`), [
    '900 | 900 | 950 | 950 | cm-1 | intensity | 1',
    '900 | 901 | 950 | 951 | cm-1 | intensity | 2',
    '900 | 902 | 950 | 952 | cm-1 | intensity | 3',
  ]);
});

test('a text that ends within a row is remarked', () => {
  const rows = '401.00,0.123\n402.00,0.124\n403.00,0.125\n404.00,0.126\n405.00,0.1';
  const cut = read(`cm-1,A\n${rows}`)[0].warnings;
  assert.deepEqual(cut, [
    'the last row is shorter than those before and does not end; the file may be cut off (byte 59)',
  ]);
  assert.deepEqual(read(`cm-1,A\n${rows}27`)[0].warnings, []);
});

test('what the file does not say is guessed and remarked with the byte', () => {
  assert.deepEqual(read('400,1\n401,2\n402,3\n')[0].warnings, [
    'the file names no unit of x; by its values taken as cm-1 (byte 0)',
    'the file names no unit of y; by its values taken as absorbance (byte 0)',
  ]);
});

test('missing, unsorted, repeated and clipped points are remarked', () => {
  const warnings = (rows: string) => read(`cm-1,A\n${rows}`)[0].warnings;
  assert.deepEqual(warnings('400,1\n401,NaN\n402,3\n'), ['1 of 3 values are missing (byte 7)']);
  assert.deepEqual(warnings('400,1\n402,2\n401,3\n402,4\n'), [
    'x turns back or repeats; the 4 points are sorted into 3 (byte 7)',
  ]);
  const clipped = Array.from({ length: 30 }, (_, k) => `${400 + k},${Math.min(k, 9) / 10}`).join('\n');
  assert.deepEqual(warnings(clipped), ['y is clipped: 21 points in a row lie at its maximum, 0.9 (byte 7)']);
});

test('a file without two columns of numbers, an image and an empty file are refused with their sentences', () => {
  const refused = (content: string | Uint8Array, message: string) =>
    assert.throws(() => read(content), { name: 'FileError', message });
  refused(
    'a,b\nc,d\n',
    'the text holds no table of at least three rows with two numbers; a spectrum has x and y side by side (byte 0)',
  );
  refused(Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), 'the file is a PNG image, not a spectrum (byte 0)');
  refused('', 'the file is empty (byte 0)');
  refused(
    'made by X\nm/z,intensity\n41,3\n43,100\n57,80\n',
    'the table is a mass spectrum (column "m/z"), not an optical spectrum (byte 10)',
  );
});

/** A zip archive with one member. */
function zip(name: string, content: Uint8Array, unpacked = content.length): Uint8Array {
  const packed = deflateRawSync(content);
  const local = Buffer.alloc(30);
  local.writeUInt32LE(0x04034b50, 0);
  local.writeUInt16LE(name.length, 26);
  const entry = Buffer.alloc(46);
  entry.writeUInt32LE(0x02014b50, 0);
  entry.writeUInt16LE(8, 10);
  entry.writeUInt32LE(packed.length, 20);
  entry.writeUInt32LE(unpacked, 24);
  entry.writeUInt16LE(name.length, 28);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(30 + name.length + packed.length, 16);
  return Buffer.concat([local, Buffer.from(name), packed, entry, Buffer.from(name), end]);
}

test('a zip archive is read, one that is cut off or asks for too much memory is refused', () => {
  const [reading] = read(zip('PE.csv', csvFile()));
  assert.deepEqual([reading.file, reading.spectrum.title], ['folder/sample 7.csv/PE.csv', 'PE']);
  assert.throws(
    () => read(zip('PE.csv', csvFile()).subarray(0, -20)),
    /the zip archive has no directory; it is cut off/,
  );
  assert.throws(
    () => read(zip('a', csvFile(), 4e9)),
    /member "a" would unpack to 4000000000 bytes, more than 4000000/,
  );
  assert.throws(() => read(zip('a', Buffer.alloc(5_000_000, 48), 10)), /member "a" does not unpack/);
});
