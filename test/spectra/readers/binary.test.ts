import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readOpus } from '../../../src/spectra/readers/opus/opus.js';
import { readSpectra } from '../../../src/spectra/readers/read.js';
import { aspFile, oldSpcFile, omnicFile, opusFile, pairedSpcFile, spcFile, spFile, Y } from './samples.js';

const AXIS = [4000, 3990, 3980, 3970, 3960];

function check(bytes: Uint8Array, format: string, tolerance: number, y: readonly number[] = Y): void {
  const [reading] = readSpectra(bytes, 'file.bin');
  assert.equal(reading.format, format);
  assert.deepEqual([...reading.spectrum.x], AXIS);
  for (const [i, value] of reading.spectrum.y.entries())
    assert.ok(Math.abs(value - y[i]) <= tolerance, `${value} at ${i}`);
  assert.equal(reading.spectrum.yUnit, 'absorbance');
}

test('SPC: integers of 32 and 16 bits and floats, in both byte orders', () => {
  check(spcFile(), 'Galactic SPC', 1e-9);
  check(spcFile({ big: true }), 'Galactic SPC', 1e-9);
  check(spcFile({ short: true }), 'Galactic SPC', 1e-4);
  check(spcFile({ big: true, short: true }), 'Galactic SPC', 1e-4);
  check(spcFile({ floats: true }), 'Galactic SPC', 1e-7);
  check(oldSpcFile(), 'Galactic SPC', 1e-9);
});

test('SPC: header, axis labels and log become title, units and metadata', () => {
  const [{ spectrum }] = readSpectra(spcFile({ log: 'SCANS = 16\r\nDET=MCT\r\n' }), '');
  assert.equal(spectrum.title, 'PE film');
  assert.deepEqual(spectrum.metadata, {
    ...{ measured: '1995-04-18T09:20:00', resolution: '4 cm-1', SCANS: '16', DET: 'MCT' },
  });
  const labelled = readSpectra(spcFile({ labels: 'Raman Shift (cm-1)\0Counts\0', experiment: 11 }), '')[0]
    .spectrum;
  assert.deepEqual([labelled.xUnit, labelled.yUnit, labelled.technique], ['cm-1', 'intensity', 'Raman']);
});

test('SPC: uneven x, several subfiles, and subfiles with x of their own', () => {
  const x = [400, 410, 430, 460, 500];
  assert.deepEqual([...readSpectra(spcFile({ explicitX: x }), '')[0].spectrum.x], x);
  const many = readSpectra(spcFile({ subfiles: 3 }), '');
  assert.deepEqual(
    many.map(({ spectrum }) => Number(spectrum.y[0].toFixed(6))),
    [0.1, 1.1, 2.1],
  );
  const paired = readSpectra(pairedSpcFile(), '');
  assert.deepEqual(
    paired.map(({ spectrum }) => [[...spectrum.x], [...spectrum.y]]),
    [
      [
        [500, 501, 504],
        [3, 4, 5],
      ],
      [
        [500, 501, 504, 509],
        [4, 5, 6, 7],
      ],
    ],
  );
});

test('SPC: mass, NMR and interferograms are refused, wavelengths and times remarked', () => {
  const refused = (options: object, words: RegExp) =>
    assert.throws(() => readSpectra(spcFile(options), ''), words);
  refused(
    { xType: 9 },
    /^FileError: the SPC file holds a mass spectrum, not an optical spectrum \(byte 28\)$/,
  );
  refused({ experiment: 10 }, /holds an NMR spectrum/);
  refused({ yType: 1 }, /holds an interferogram/);
  assert.match(
    readSpectra(spcFile({ xType: 3 }), '')[0].warnings[0],
    /^x is a wavelength in nm, not a wavenumber; toWavenumber\(\) converts it \(byte 544\)$/,
  );
  assert.match(readSpectra(spcFile({ xType: 5 }), '')[0].warnings[0], /^x is in "min", which is no axis/);
});

test('OPUS: absorbance is chosen, every block listed, the parameters kept', () => {
  check(
    opusFile(['ScSm', 'AB']),
    'Bruker OPUS',
    1e-6,
    Y.map((value) => value + 1),
  );
  const [{ spectrum, blocks }] = readSpectra(opusFile(['IgSm', 'ScSm', 'AB']), '');
  assert.deepEqual(blocks, ['IgSm', 'ScSm', 'AB']);
  assert.equal(spectrum.title, 'PE pellet');
  assert.equal(readOpus(opusFile(['IgSm', 'ScSm', 'AB']), { all: true }).length, 2);
});

test('OPUS: without absorbance the next best; an interferogram alone is refused', () => {
  const kind = (kinds: Parameters<typeof opusFile>[0]) => {
    const { yUnit, technique } = readSpectra(opusFile(kinds), '')[0].spectrum;
    return [yUnit, technique];
  };
  assert.deepEqual(kind(['ScSm']), ['single beam', 'FT-IR']);
  assert.deepEqual(
    kind(['ScSm', 'TR']),
    ['% transmittance', 'FT-IR'].map((w) => w.replace('% ', '')),
  );
  assert.deepEqual(kind(['ScSm', 'RAM']), ['intensity', 'Raman']);
  assert.throws(
    () => readSpectra(opusFile(['IgSm']), ''),
    /the OPUS file holds no spectrum, only IgSm \(byte 24\)/,
  );
});

test('OMNIC: a single spectrum and a group', () => {
  check(omnicFile(), 'Thermo SPA', 1e-7);
  const group = readSpectra(omnicFile(['one', 'two']), '');
  assert.deepEqual(
    group.map(({ spectrum, format }) => [format, spectrum.title, spectrum.y[3]]),
    [
      ['Thermo SPG', 'one', 1],
      ['Thermo SPG', 'two', 2],
    ],
  );
});

test('PerkinElmer: SP and ASP', () => {
  check(spFile(), 'PerkinElmer SP', 0);
  check(aspFile(), 'PerkinElmer ASP', 0);
});

const cuts: [string, Uint8Array][] = [
  ['SPC', spcFile()],
  ['old SPC', oldSpcFile()],
  ['OPUS', opusFile()],
  ['OMNIC', omnicFile()],
  ['SP', spFile()],
];
for (const [name, bytes] of cuts)
  test(`a cut-off ${name} file is refused with the byte, wherever the cut is`, () => {
    for (let end = 64; end < bytes.length - 3; end++) {
      assert.throws(
        () => readSpectra(bytes.slice(0, end), ''),
        (error: Error & { offset: number }) => error.name === 'FileError' && error.offset <= bytes.length,
        `${end} of ${bytes.length} bytes`,
      );
    }
  });

test('a cut-off ASP file is refused by its count', () => {
  const bytes = aspFile();
  assert.throws(
    () => readSpectra(bytes.subarray(0, bytes.length - 12), ''),
    /the first line announces 5 points, but 3 follow; the file is cut off or lies about its length \(byte 37\)/,
  );
});

test('counts that the file cannot hold are refused before anything is allocated', () => {
  const spc = spcFile();
  new DataView(spc.buffer).setUint32(4, 0xffffffff, true);
  assert.throws(
    () => readSpectra(spc, ''),
    /the file ends after \d+ bytes, but 1 subfiles of 4294967295 points would take/,
  );
  const spa = omnicFile();
  new DataView(spa.buffer).setUint32(304 + 48 + 4, 1e9, true);
  assert.throws(() => readSpectra(spa, ''), /announces 1000000000 points, but the intensities take 20 bytes/);
});
