import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { generateAgeing } from '../../data/synthetic-ageing/generate.js';
import { checkParticles } from '../../src/ageing/check-particles.js';
import { ageingTable, readAgeingData } from '../../src/ageing/data.js';
import { type AgeingFolderOptions, readAgeingFolder } from '../../src/ageing/folder.js';
import { syntheticSamples } from '../../src/ageing/synthetic.js';
import { writeAgeingFolder } from '../../src/ageing/write-folder.js';
import { greyPng } from '../../src/images/grey-png.js';

const folder = mkdtempSync(join(tmpdir(), 'nurdle-pairs-'));
after(() => rmSync(folder, { recursive: true, force: true }));
const set = await generateAgeing({ samples: 12, size: 64, seed: 3, workers: 0 });
const made = syntheticSamples(set);
const whole = await writeAgeingFolder(set, folder);

let tables = 0;
/** Reads a table with these rows below the three columns and `type`. */
async function read(rows: readonly string[], options: AgeingFolderOptions = {}) {
  const path = join(folder, `table ${++tables}.csv`);
  writeFileSync(path, `${['particle_id,spectrum_file,image_file,type', ...rows].join('\n')}\n`);
  return readAgeingFolder(path, options);
}
const PAIR = 'A,spectra/1.csv,images/1.png,UV';

test('a synthetic set written as files comes back as the same samples', async () => {
  const { samples, problems } = await readAgeingFolder(whole, { wavenumbers: made.spectra.wavenumbers });
  assert.deepEqual(problems, []);
  assert.equal(samples.synthetic, true);
  assert.deepEqual(samples.particles, made.particles);
  assert.deepEqual(samples.polymers, made.polymers);
  assert.deepEqual(samples.images.values, made.images.values);
  assert.deepEqual(
    [...samples.images.micronsPerPixel].map((x) => x.toFixed(9)),
    [...made.images.micronsPerPixel].map((x) => x.toFixed(9)),
  );
  const gap = samples.spectra.values.reduce(
    (most, y, k) => Math.max(most, Math.abs(y - made.spectra.values[k])),
    0,
  );
  assert.ok(gap < 1e-5, `absorbances differ by ${gap}, six digits were written`);
  assert.deepEqual(
    Array.from(samples.types, (type) => samples.classes[type]),
    Array.from(made.types, (type) => made.classes[type]),
  );
});

test('a pair with a missing file keeps its other side, and nothing else is lost', async () => {
  const { samples, problems, rows } = await read([
    PAIR,
    'B,spectra/2.csv,images/none.png,UV',
    'C,,gone.png,UV',
  ]);
  assert.deepEqual(rows, [1, 2]);
  assert.deepEqual([...samples.images.present], [1, 0]);
  assert.deepEqual([...samples.spectra.present], [1, 1]);
  assert.deepEqual(problems, [
    {
      row: 2,
      column: 'image_file',
      reason: '"images/none.png" cannot be used: there is no such file',
    },
    { row: 3, column: 'image_file', reason: '"gone.png" cannot be used: there is no such file' },
    { row: 3, column: 'particle_id', reason: 'neither side can be used; the row is left out' },
  ]);
});

test('spectra of different ranges meet on what they share', async () => {
  writeFileSync(join(folder, 'short.csv'), text(600, 3000));
  const { samples } = await read([PAIR, 'B,short.csv,,UV']);
  const { wavenumbers, present } = samples.spectra;
  assert.deepEqual([wavenumbers[0], wavenumbers.at(-1)], [600, 3000]);
  assert.deepEqual([...present], [1, 1]);
});

test('spectra that share too little are refused by name', async () => {
  writeFileSync(join(folder, 'low.csv'), text(400, 1500));
  writeFileSync(join(folder, 'high.csv'), text(1400, 3900));
  await assert.rejects(read(['A,low.csv,,UV', 'B,high.csv,,UV']), {
    name: 'RangeError',
    message:
      'spectra must share at least 400 cm⁻¹, but "high.csv" begins at 1400 and "low.csv" ends at 1500; leave one of them out',
  });
});

test('a spectrum that does not reach over a given axis is left out of its pair', async () => {
  const { samples, problems } = await read(['A,short.csv,images/1.png,UV'], {
    wavenumbers: made.spectra.wavenumbers,
  });
  assert.deepEqual([...samples.spectra.present], [0]);
  assert.equal(
    problems[0].reason,
    '"short.csv" runs from 600 to 3000 cm⁻¹, but 400 to 3998 are needed; it is left out',
  );
});

test('a picture of one pixel is refused, its spectrum is kept', async () => {
  writeFileSync(join(folder, 'dot.png'), greyPng(1, 1, new Uint8Array([7])));
  const { samples, problems } = await read(['A,spectra/1.csv,dot.png,UV']);
  assert.deepEqual([...samples.images.present, ...samples.spectra.present], [0, 1]);
  assert.equal(
    problems[0].reason,
    '"dot.png" is 1 × 1 pixels without its info bar; at least 32 × 32 are needed',
  );
});

test('a file outside the folder is not opened', async () => {
  const { problems } = await read([
    PAIR,
    'B,../../etc/passwd,images/2.png,UV',
    'C,/etc/passwd,images/2.png,UV',
  ]);
  assert.deepEqual(
    problems.map(({ reason }) => reason),
    [
      '"../../etc/passwd" lies outside the table\'s folder; put the file into it',
      '"/etc/passwd" lies outside the table\'s folder; put the file into it',
    ],
  );
});

test('a type that the model does not know is taken as unknown, and said', async () => {
  const { samples, problems } = await read([PAIR, 'B,spectra/2.csv,,moonlight'], {
    classes: ['UV', 'thermal'],
  });
  assert.deepEqual([...samples.types], [0, -1]);
  assert.equal(problems[0].reason, '"moonlight" is none of UV, thermal; the type is taken as unknown');
});

const REFUSALS: [title: string, table: string, message: RegExp][] = [
  [
    'a table without a column',
    'particle_id,image_file\nA,b.png\n',
    /must have the columns particle_id, spectrum_file and image_file, but lacks spectrum_file; it has particle_id, image_file$/,
  ],
  [
    'a table whose files are all missing',
    'particle_id,spectrum_file,image_file\nA,a.csv,b.png\n',
    /has no row with a usable side; the first reason, row 1: /,
  ],
];
for (const [title, content, message] of REFUSALS)
  test(`it refuses ${title}`, async () => {
    const path = join(folder, 'refused.csv');
    writeFileSync(path, content);
    await assert.rejects(readAgeingFolder(path), { name: 'RangeError', message });
  });

test('it refuses a table that is not there', async () => {
  const path = join(folder, 'nowhere.csv');
  await assert.rejects(readAgeingFolder(path), { message: `${path} cannot be read: there is no such file` });
});

test('a class with one particle and samples of one class are refused', () => {
  const types = Int32Array.from([0, 0, 0, 0, 0, 0, 1]);
  const particles = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
  const samples = { ...made, classes: ['UV', 'thermal'], types, particles };
  assert.throws(() => checkParticles(samples), {
    name: 'RangeError',
    message:
      'each type must have at least 3 particles, but "thermal" has 1 (g); add particles or leave that type out',
  });
  assert.throws(() => checkParticles({ ...samples, types: new Int32Array(7) }), {
    name: 'RangeError',
    message: 'samples must show at least 2 types to be told apart, but they show only "UV"',
  });
  assert.throws(
    () => checkParticles({ ...samples, types: new Int32Array(7).fill(-1) }),
    /but they show none$/,
  );
});

test('a run does not take up files that have changed', async () => {
  const { data } = await ageingTable(whole, { size: 64 });
  const samples = await readAgeingData(data);
  assert.equal(samples.ids.length, 12);
  const spectrum = join(folder, 'spectra/1.csv');
  writeFileSync(spectrum, readFileSync(spectrum, 'utf8').replace(/\n400,[^\n]*/, '\n400,0.5'));
  await readAgeingData({ source: 'synthetic', samples: 3, size: 32 }); // takes the place of what was kept
  await assert.rejects(readAgeingData(data), {
    message: `${whole} or a file that it names has changed since the run began; start it again`,
  });
});

/** A spectrum with a band at 1,450 cm⁻¹, four cm⁻¹ a step. */
function text(from: number, to: number): string {
  const lines = ['wavenumber (cm-1),absorbance'];
  for (let x = from; x <= to; x += 4) lines.push(`${x},${(1 / (1 + ((x - 1450) / 20) ** 2)).toFixed(5)}`);
  return `${lines.join('\n')}\n`;
}
