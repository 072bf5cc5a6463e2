import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Difficulty, referenceDifficulty } from '../../data/synthetic-ageing/difficulty.js';
import { ageingMicrographs } from '../../data/synthetic-ageing/fields.js';
import { fingerprint } from '../../data/synthetic-ageing/fingerprint.js';
import { type AgeingSet, generateAgeing } from '../../data/synthetic-ageing/generate.js';
import { seen } from '../../data/synthetic-ageing/spectrum.js';
import { POLYMERS, TYPES } from '../../data/synthetic-ageing/world.js';
import { numbers, texts } from '../../src/frames/table.js';
import { detectInfoBar, withoutInfoBar } from '../../src/images/info-bar.js';
import { row } from '../../src/numeric/matrix.js';
import { reference } from '../reference/read.js';

const whole = await generateAgeing();
const recorded =
  reference<Record<'whole' | 'small', { sha256: string; difficulty: Difficulty }>>('ageing-difficulty');

test('it makes 1,371 pairs, several fields a particle and five particles a batch, all types and polymers', () => {
  const { samples, images, spectra } = whole;
  assert.equal(samples.rows, 1371);
  assert.equal(images.frames.length, 1371 * 144 * 128);
  assert.deepEqual([spectra.Y.rows, spectra.Y.cols, spectra.x[0], spectra.x[1799]], [1371, 1800, 400, 3998]);
  const fields = Object.values(countBy(texts(samples, 'particle')));
  assert.ok(Math.min(...fields) >= 3 && Math.max(...fields) <= 6);
  const types = countBy(texts(samples, 'type'));
  assert.deepEqual(Object.keys(types).sort(), [...TYPES].sort());
  assert.ok(Math.min(...Object.values(types)) > 150);
  assert.equal(new Set(texts(samples, 'polymer')).size, POLYMERS.length);
});

test('its bits are those that its difficulty was fixed for, whatever the number of worker threads', async () => {
  assert.equal(fingerprint(whole), recorded.whole.sha256);
  const [here, threads] = await Promise.all(
    [0, 3].map((workers) => generateAgeing({ samples: 60, seed: 5, workers })),
  );
  assert.equal(fingerprint(here), fingerprint(threads));
  assert.notEqual(fingerprint(here), fingerprint(await generateAgeing({ samples: 60, seed: 6 })));
});

test('by particle, reference forests reach 45 to 55 % on spectra, 82 to 88 % on images, and more on both', () => {
  const { images, spectra, fused } = recorded.whole.difficulty;
  assert.ok(spectra >= 0.45 && spectra <= 0.55, `${spectra}`);
  assert.ok(images >= 0.82 && images <= 0.88, `${images}`);
  assert.ok(fused >= images + 0.05, `${fused}`);
});

test('the recorded difficulty is what the reference forests give: repeated on a small set', async () => {
  const small = await generateAgeing({ samples: 300, size: 64 });
  assert.equal(fingerprint(small), recorded.small.sha256);
  assert.deepEqual(await referenceDifficulty(small, { trees: 40 }), recorded.small.difficulty);
});

test('crack density and carbonyl are linked only weakly', () => {
  const uv = texts(whole.samples, 'type').flatMap((type, i) => (type === 'UV' ? [i] : []));
  const of = (name: string): number[] => uv.map((i) => numbers(whole.truth, name)[i]);
  const rho = correlation(ranks(of('crack_per_um')), ranks(of('carbonyl')));
  assert.ok(rho > -0.1 && rho < 0.45, `${rho}`);
});

test('the evanescent wave of diamond reaches 1.17 µm at 1715 cm⁻¹ and 0.61 at 3300, of germanium 0.39', () => {
  const depthOf = (crystal: 'diamond' | 'germanium', position: number): number =>
    -2 / Math.log(1 - seen(1, position, { crystal }));
  assert.ok(Math.abs(depthOf('diamond', 1715) - 1.17) < 0.01);
  assert.ok(Math.abs(depthOf('diamond', 3300) - 0.61) < 0.01);
  assert.ok(Math.abs(depthOf('germanium', 1715) - 0.39) < 0.01);
});

test('pristine polyethylene has its bands where the library has them', async () => {
  const i = texts(whole.samples, 'type').findIndex(
    (type, k) => type === 'pristine' && texts(whole.samples, 'polymer')[k] === 'PE',
  );
  const y = row(whole.spectra.Y, i);
  const highest = whole.spectra.x[y.indexOf(Math.max(...y))];
  assert.ok(Math.abs(highest - 2916) <= 6, `${highest}`);
});

test('mixed samples have two causes whose shares are known, natural ones an environment and up to five', async () => {
  const mixed = await generateAgeing({ part: 'mixed', samples: 120, size: 32, points: 200 });
  const natural = await generateAgeing({ part: 'natural', samples: 120, size: 32, points: 200 });
  for (const set of [mixed, natural])
    for (let i = 0; i < 120; i++) {
      const weights = TYPES.map((type) => numbers(set.truth, `weight ${type}`)[i]);
      assert.ok(Math.abs(weights.reduce((a, b) => a + b, 0) - 1) < 1e-12);
      if (set === mixed) assert.equal(weights.filter((weight) => weight >= 0.3 && weight <= 0.7).length, 2);
    }
  assert.ok(!mixed.samples.columns.has('type') && !natural.samples.columns.has('type'));
  assert.equal(new Set(texts(natural.samples, 'environment')).size, 5);
  assert.ok(paddyChemical(natural) > 0.2);
});

/** Mean weight of chemical ageing in paddy fields. */
function paddyChemical({ samples, truth }: AgeingSet): number {
  const paddy = texts(samples, 'environment').flatMap((place, i) => (place === 'paddy field' ? [i] : []));
  return paddy.reduce((sum, i) => sum + numbers(truth, 'weight chemical')[i], 0) / paddy.length;
}

test('every frame carries its info bar, scale and particle, and cropping gives the field', () => {
  const micrographs = ageingMicrographs(whole);
  for (const one of micrographs.slice(0, 40)) {
    assert.deepEqual([one.width, one.height, one.infoBarRows, one.instrument], [128, 144, 16, 'synthetic']);
    assert.equal(detectInfoBar(one), 16);
    assert.equal(withoutInfoBar(one).height, 128);
    assert.ok(one.micronsPerPixel! > 0.08 && one.micronsPerPixel! < 0.15);
    assert.match(one.particle, /^synthetic particle \d+$/);
  }
});

test('the marks say where each type damaged the surface, and pristine surfaces have none', () => {
  const types = texts(whole.samples, 'type');
  const marked = (i: number): Set<number> =>
    new Set(whole.images.marks.subarray(i * 16_384, (i + 1) * 16_384));
  assert.deepEqual([...marked(types.indexOf('pristine'))], [0]);
  const shows = numbers(whole.truth, 'surface_shows');
  const uv = types.findIndex((type, i) => type === 'UV' && shows[i] === 1);
  assert.deepEqual([...marked(uv)].sort(), [0, 2]);
});

test('a part that does not exist and a size out of range are refused', async () => {
  await assert.rejects(generateAgeing({ part: 'all' as 'single' }), {
    message: 'part must be one of single, mixed, natural, but is "all"',
  });
  await assert.rejects(generateAgeing({ size: 8 }), {
    message: 'size must be a whole number in 32 … 1024, but is 8',
  });
  const mixed = await generateAgeing({ part: 'mixed', samples: 10, size: 32, points: 200 });
  await assert.rejects(referenceDifficulty(mixed), {
    message: 'set must be of the part "single", but is of "mixed"',
  });
});

function countBy(words: readonly (string | null)[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const word of words) counts[word ?? ''] = (counts[word ?? ''] ?? 0) + 1;
  return counts;
}

function ranks(values: readonly number[]): number[] {
  const order = values.map((_, i) => i).sort((a, b) => values[a] - values[b]);
  const out = new Array<number>(values.length);
  order.forEach((i, rank) => {
    out[i] = rank;
  });
  return out;
}

function correlation(a: readonly number[], b: readonly number[]): number {
  const mean = (values: readonly number[]) => values.reduce((sum, v) => sum + v, 0) / values.length;
  const [ma, mb] = [mean(a), mean(b)];
  const product = a.reduce((sum, v, i) => sum + (v - ma) * (b[i] - mb), 0);
  const squares = (values: readonly number[], m: number) => values.reduce((sum, v) => sum + (v - m) ** 2, 0);
  return product / Math.sqrt(squares(a, ma) * squares(b, mb));
}
