import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { generateAgeing } from '../../data/synthetic-ageing/generate.js';
import { ageingFolds } from '../../src/ageing/fold-task.js';
import { pooledByParticle, predictAgeing } from '../../src/ageing/predict.js';
import { averagedAxis, prepare } from '../../src/ageing/prepare.js';
import { ageingRun } from '../../src/ageing/run.js';
import { type AgeingSamples, takeSamples, withoutSide } from '../../src/ageing/samples.js';
import { loadAgeingModel, packAgeing, saveAgeingModel, unpackAgeing } from '../../src/ageing/store.js';
import { syntheticSamples } from '../../src/ageing/synthetic.js';
import { trainAgeing } from '../../src/ageing/train.js';

const folder = mkdtempSync(join(tmpdir(), 'nurdle-ageing-test-'));
after(() => rmSync(folder, { recursive: true }));

const samples = syntheticSamples(await generateAgeing({ samples: 60, size: 64, points: 256, workers: 0 }));
const brief = { epochs: 2, batchSize: 16 };
const fused = await trainAgeing(samples, brief);
const rowsOf = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i);

test('samples are taken in the order asked for, with all that belongs to them', () => {
  const [one, two] = [samples, takeSamples(samples, [7, 3])];
  assert.deepEqual(two.ids, [one.ids[7], one.ids[3]]);
  assert.deepEqual(two.images.values.slice(4096), one.images.values.slice(3 * 4096, 4 * 4096));
  assert.deepEqual(two.spectra.values.slice(256), one.spectra.values.slice(3 * 256, 4 * 256));
  assert.throws(() => takeSamples(samples, [60]), /rows must be a whole number in 0 … 59, but is 60/);
});

test('each side is scaled by itself, and a missing side is zeros', () => {
  const { images, spectra } = prepare(takeSamples(samples, [0, 1]), 64);
  const values = images.subarray(0, 4096);
  const mean = values.reduce((a, b) => a + b, 0) / 4096;
  const square = values.reduce((a, b) => a + b * b, 0) / 4096;
  assert.ok(Math.abs(mean) < 1e-5 && Math.abs(square - 1) < 1e-4, `${mean}, ${square}`);
  assert.equal(spectra.length, 2 * 64 * 2);
  const alone = prepare(takeSamples(withoutSide(samples, 'image'), [0, 1]), 64);
  assert.ok(alone.images.every((value) => value === 0));
  assert.deepEqual(alone.spectra, spectra);
  const axis = averagedAxis(Float64Array.from([1, 2, 3, 4, 5, 6]), 3);
  assert.deepEqual([...axis], [1.5, 3.5, 5.5]);
});

test('brighter pictures and taller spectra give the same answer', () => {
  const some = takeSamples(samples, rowsOf(0, 4));
  const louder: AgeingSamples = {
    ...some,
    images: { ...some.images, values: some.images.values.map((v) => 0.25 + 0.5 * v) },
    spectra: { ...some.spectra, values: some.spectra.values.map((v) => 2 * v + 0.5) },
  };
  const [a, b] = [predictAgeing(fused, some), predictAgeing(fused, louder)];
  a.probabilities.data.forEach((p, k) => {
    assert.ok(Math.abs(p - b.probabilities.data[k]) < 1e-3);
  });
});

test('a fused net answers whichever side is missing, each side for itself too, and batches do not matter', () => {
  const all = predictAgeing(fused, samples);
  assert.deepEqual([all.probabilities.rows, all.probabilities.cols, all.features.cols], [60, 7, 64]);
  for (const missing of ['image', 'spectrum'] as const) {
    const answer = predictAgeing(fused, withoutSide(samples, missing));
    assert.notDeepEqual(answer.probabilities.data, all.probabilities.data);
    const rest = missing === 'image' ? 'spectrum' : 'image';
    assert.deepEqual(answer.sides![rest].data.slice(0, 7), all.sides![rest].data.slice(0, 7));
  }
  for (let i = 0; i < 60; i++) {
    const sum = all.probabilities.data.slice(7 * i, 7 * i + 7).reduce((a, b) => a + b, 0);
    assert.ok(Math.abs(sum - 1) < 1e-5);
  }
  const last = predictAgeing(fused, takeSamples(samples, rowsOf(50, 60)));
  last.probabilities.data.forEach((p, k) => {
    assert.ok(Math.abs(p - all.probabilities.data[350 + k]) < 1e-4);
  });
});

test('the same seed gives the same weights, another seed others', async () => {
  const [again, other] = [
    await trainAgeing(samples, brief),
    await trainAgeing(samples, { ...brief, seed: 2 }),
  ];
  assert.deepEqual(packAgeing(again).weights, packAgeing(fused).weights);
  assert.notDeepEqual(packAgeing(other).weights, packAgeing(fused).weights);
  // tfjs numbers the variables of a second net anew; what is packed has names that any net knows.
  const some = takeSamples(samples, rowsOf(0, 5));
  const unpacked = predictAgeing(await unpackAgeing(packAgeing(other)), some);
  assert.deepEqual(unpacked.probabilities.data, predictAgeing(other, some).probabilities.data);
});

test('a model is the same after it was packed, and after it was saved', async () => {
  const some = takeSamples(samples, rowsOf(0, 9));
  const expected = predictAgeing(fused, some).probabilities.data;
  assert.deepEqual(predictAgeing(await unpackAgeing(packAgeing(fused)), some).probabilities.data, expected);
  const path = join(folder, 'model');
  await saveAgeingModel(fused, path);
  const loaded = await loadAgeingModel(path);
  assert.deepEqual(predictAgeing(loaded, some).probabilities.data, expected);
  assert.deepEqual(loaded.seen.particles, fused.seen.particles);
});

test('a damaged model, and a folder that is none, are refused', async () => {
  const path = join(folder, 'damaged');
  await saveAgeingModel(fused, path);
  const weights = readFileSync(join(path, 'weights.bin'));
  writeFileSync(join(path, 'weights.bin'), weights.subarray(0, 1000));
  await assert.rejects(loadAgeingModel(path), /weights\.bin was changed or cut off: its SHA-256/);
  writeFileSync(join(path, 'model.json'), '{"format": "layers-model"');
  await assert.rejects(
    loadAgeingModel(path),
    /model\.json is not JSON, it may be cut off; save the model again/,
  );
  await assert.rejects(loadAgeingModel(folder), /model\.json cannot be read; name the folder that/);
  await assert.rejects(
    saveAgeingModel(fused, folder),
    /exists and holds no saved model; name another folder/,
  );
});

test('what cannot be trained on or answered is refused with what to do', async () => {
  const oneType = takeSamples(
    samples,
    rowsOf(0, 60).filter((i) => samples.types[i] === samples.types[0]),
  );
  await assert.rejects(trainAgeing(oneType, brief), {
    message: `samples must show at least 2 types to be told apart, but ${oneType.ids.length} usable samples show only "${samples.classes[samples.types[0]]}"`,
  });
  const lonely = {
    ...samples,
    types: samples.types.map((_, i) => (samples.particles[i] === samples.particles[0] ? 1 : 0)),
  };
  await assert.rejects(
    trainAgeing(lonely, brief),
    /each type must have at least 2 particles, but "UV" has 1 \(synthetic particle 1\); add particles or leave that type out/,
  );
  const tiny = { ...samples, images: { ...samples.images, size: 1, values: new Float32Array(60) } };
  await assert.rejects(
    trainAgeing(tiny, brief),
    /micrographs must be 64, 128, 256 … pixels a side for the network, but are 1;/,
  );
  assert.throws(
    () => predictAgeing(fused, tiny),
    /samples must have micrographs of 64 × 64 pixels, .* but have 1 × 1; resize them/,
  );
  const shifted = samples.spectra.wavenumbers.map((x) => x + 100);
  assert.throws(
    () => predictAgeing(fused, { ...samples, spectra: { ...samples.spectra, wavenumbers: shifted } }),
    /samples must have spectra of 256 points from 400 to .* cm⁻¹, as the model was trained on, but have 256 from 500/,
  );
  const blind = withoutSide(withoutSide(samples, 'image'), 'spectrum');
  assert.throws(
    () => predictAgeing(fused, blind),
    /sample "synthetic 1-1" has nothing that a net of kind "fused" looks at/,
  );
});

test('answers of a particle are pooled by their geometric mean', () => {
  const P = { rows: 3, cols: 2, data: Float64Array.from([0.9, 0.1, 0.4, 0.6, 0.2, 0.8]) };
  const { data } = pooledByParticle(['a', 'a', 'b'], P);
  const odds = Math.sqrt((0.9 / 0.1) * (0.4 / 0.6));
  assert.ok(Math.abs(data[0] - odds / (1 + odds)) < 1e-12);
  assert.deepEqual(data.slice(0, 2), data.slice(2, 4));
  assert.ok(Math.abs(data[4] - 0.2) < 1e-12);
});

test('no particle is on both sides of a fold by particle; folds of samples share many', () => {
  const shared = (split: 'particle' | 'sample') =>
    ageingFolds(samples, { split, folds: 3, splitSeed: 1 }).map(({ train, test }) => {
      const known = new Set(Array.from(train, (i) => samples.particles[i]));
      return Array.from(test).filter((i) => known.has(samples.particles[i])).length;
    });
  assert.deepEqual(shared('particle'), [0, 0, 0]);
  assert.ok(shared('sample').every((count) => count > 10));
});

test('a run answers every sample once, goes on from what it has, and gives its models back', async () => {
  const config = {
    data: { source: 'synthetic', samples: 140, size: 64 },
    arms: ['fused', 'image', 'spectrum', 'forest'],
    splits: ['particle'],
    folds: 2,
    training: { epochs: 1, seed: 1, points: 64 },
    bootstraps: 50,
  } as const;
  const counts: number[] = [];
  const once = await ageingRun(config, {
    folder: join(folder, 'run'),
    onProgress: ({ done }) => counts.push(done),
  });
  assert.deepEqual(counts, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  const arms = once.arms.map(({ arm }) => arm);
  assert.deepEqual(arms, ['fused', 'image', 'spectrum', 'forest', 'late']);
  for (const { accuracy, confusion, seen, foldOf } of once.arms) {
    assert.ok(accuracy.low <= accuracy.value && accuracy.value <= accuracy.high);
    const right = confusion.reduce((sum, row, k) => sum + row[k], 0);
    assert.ok(Math.abs(right / 140 - accuracy.value) < 1e-12);
    assert.deepEqual(
      seen.map(({ shared }) => shared),
      [0, 0],
    );
    assert.deepEqual(new Set(foldOf), new Set([0, 1]));
  }
  counts.length = 0;
  const again = await ageingRun(config, {
    folder: join(folder, 'run'),
    onProgress: ({ done }) => counts.push(done),
  });
  assert.deepEqual(counts, [9]);
  assert.deepEqual(again.arms, once.arms);
  const { model, held } = await again.model(1);
  const answers = predictAgeing(model, takeSamples(again.samples, held)).probabilities;
  const fusedRows = Array.from(held, (row) => [
    ...once.arms[0].probabilities.data.slice(7 * row, 7 * row + 7),
  ]).flat();
  answers.data.forEach((p, k) => {
    assert.ok(Math.abs(p - fusedRows[k]) < 1e-6);
  });
});
