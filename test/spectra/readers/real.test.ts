import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { readSpectra } from '../../../src/spectra/readers/read.js';
import { dataFolder, withRealData } from '../../frames/real.js';

const folder = join(dataFolder ?? '', 'instrument-files');
const read = (path: string) => readSpectra(readFileSync(join(folder, path)), path);

/** Count of spectra; points, first and last x, least and greatest y of the first; its units and technique. */
const EXPECTED: Readonly<Record<string, readonly (string | number)[]>> = {
  'jcamp/lancashire_dupdec1.jdx': [1, 3951, 4400, 450, 0.02, 87.1, '% transmittance', 'FT-IR'],
  'jcamp/lancashire_fixdec1.jdx': [1, 3951, 4400.007, 450, -0.19226, 81.9851, '% transmittance', 'FT-IR'],
  'jcamp/lancashire_jtpolys.jdx': [
    1,
    1844,
    447.484259,
    4002.28378,
    0.342853,
    1.02282,
    'transmittance',
    'FT-IR',
  ],
  'jcamp/lancashire_pacdec1.jdx': [1, 3301, 4000, 700, 86.31, 101.89, '% transmittance', 'FT-IR'],
  'jcamp/lancashire_sqzdupd1.jdx': [1, 18669, 5000.0323, 499.95502, 0, 1.50501, 'transmittance', 'FT-IR'],
  'jcamp/lancashire_xyinc1.jdx': [1, 3601, 400, 4000, -0.0023, 0.7945, 'transmittance', 'FT-IR'],
  'jcamp/jcamp_isopropanol_ASDF.jdx': [
    1,
    9541,
    400.1963,
    5000.042,
    -0.0855258,
    0.368917,
    'absorbance',
    'FT-IR',
  ],
  'jcamp/jcamp_example_compound_file.jdx': [
    2,
    2074,
    11995.21,
    3999.691,
    0.032037,
    0.529274,
    'absorbance',
    'FT-IR',
  ],
  'jcamp/openspecy_ftir_nitrocellulose.jdx': [
    1,
    7154,
    7498.994,
    599.91952,
    0.0106236,
    0.69886,
    'reflectance',
    'FT-IR',
  ],
  'spc/spcparser_Ft-ir.spc': [1, 1776, 4000, 450, 3.30727, 100, '% transmittance', 'FT-IR'],
  'spc/spcparser_m_evenz.spc': [32, 171, 200, 800, -0.000299949, 0.129525, 'absorbance', 'UV-Vis'],
  'spc/spcparser_m_ordz.spc': [10, 857, 698.23, 4000.35, -1.29352, 4.81609, 'absorbance', 'FT-IR'],
  'spc/spcparser_nir.spc': [20, 700, 1100, 2498, 0.000200484, 4.04198, 'Kubelka-Munk', 'NIR'],
  'spc/spcparser_raman-sion.spc': [36, 1015, 2801.46, 1218.43, 1870.67, 7594.41, 'intensity', 'Raman'],
  'opus/openspecy_ftir_ps.0': [1, 2126, 4497.54, 399.224, 0.0129894, 0.611214, 'absorbance', 'FT-IR'],
  'opus/opusreader2_617262_1TP_C-1_A5.0': [
    1,
    3578,
    7497.7,
    599.739,
    0.284586,
    1.85263,
    'absorbance',
    'FT-IR',
  ],
  'opus/opusreader2_MMP_2107_Test1.001': [1, 1899, 11540, 3948, 0.0706135, 0.807212, 'absorbance', 'NIR'],
  'spa/openspecy_ftir_polyethylene_reflectance.spa': [
    1,
    1738,
    3999.81,
    649.921,
    61.511,
    102.877,
    '% reflectance',
    'FT-IR',
  ],
  'spa/spectrochempy_7_CZ0-100_Pd_102.SPA': [1, 5549, 5999.71, 649.921, 0.255884, 6, 'absorbance', 'FT-IR'],
  'csv/openspecy_ftir_ldpe_soil.asp': [
    1,
    1798,
    3999.43,
    650.42,
    0.000961721,
    0.518163,
    'absorbance',
    'FT-IR',
  ],
  'csv/openspecy_ftir_pva_without_header.csv': [
    1,
    863,
    674.992,
    3999.81,
    0.00386836,
    0.0903078,
    'absorbance',
    'FT-IR',
  ],
  'csv/openspecy_raman_hdpe.csv': [1, 964, 301.04, 3198.12, 26, 816, 'intensity', 'Raman'],
  'openspecy_testdata_zipped.zip': [3, 964, 301.04, 3198.12, 26, 816, 'intensity', 'Raman'],
};

for (const [path, [count, points, firstX, lastX, least, most, yUnit, technique]] of Object.entries(EXPECTED))
  test(`${path} has the points, range and units that its header states`, withRealData, () => {
    const readings = read(path);
    const { spectrum } = readings[0];
    assert.deepEqual([readings.length, spectrum.x.length], [count, points]);
    const found = [spectrum.x[0], spectrum.x.at(-1)!, Math.min(...spectrum.y), Math.max(...spectrum.y)];
    const expected = [firstX, lastX, least, most] as number[];
    const near = (value: number, k: number) => Math.abs(value - expected[k]) <= 1e-5 * Math.abs(expected[k]);
    assert.ok(found.every(near), `${found.join(' ')} instead of ${expected.join(' ')}`);
    assert.deepEqual([spectrum.yUnit, spectrum.technique], [yUnit, technique]);
  });

test('differences in real JCAMP files meet their checks and FIRSTY, MINY, MAXY', withRealData, () => {
  const remarks = readdirSync(join(folder, 'jcamp'))
    .filter((name) => name.endsWith('.jdx'))
    .flatMap((name) => read(`jcamp/${name}`).flatMap(({ warnings }) => warnings.map((w) => `${name}: ${w}`)));
  assert.deepEqual(remarks, [
    'jcamp_isopropanol_ASDF.jdx: FIRSTY says 0, but the points say 0.03005191 (byte 363)',
    'lancashire_sqzdupd1.jdx: y is clipped: 109 points in a row lie at its minimum, 0 (byte 501)',
  ]);
});

test('a mass spectrum in SPC and micrographs are refused', withRealData, () => {
  assert.throws(
    () => read('spc/spcparser_m_xyxy.spc'),
    /holds a mass spectrum, not an optical spectrum \(byte 28\)/,
  );
  assert.throws(
    () => read('sem-tiff/zeiss_sem_512.tif'),
    /the file is a TIFF image, not a spectrum \(byte 0\)/,
  );
});
