import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type AgeingSet, generateAgeing } from '../../data/synthetic-ageing/generate.js';
import { attributeAgeing, attributionTable } from '../../src/ageing/attribute.js';
import { compileAgeing, type NetProbe, randomisedAgeing, rowsOf } from '../../src/ageing/explain-net.js';
import { joinSamples } from '../../src/ageing/mixture-study.js';
import type { AgeingModel } from '../../src/ageing/model.js';
import { ageingNet } from '../../src/ageing/nets/net.js';
import { predictAgeing } from '../../src/ageing/predict.js';
import { averagedAxis } from '../../src/ageing/prepare.js';
import { type AgeingSamples, takeSamples, withoutSide } from '../../src/ageing/samples.js';
import { syntheticSamples } from '../../src/ageing/synthetic.js';
import { trainMixtures } from '../../src/ageing/train-mixtures.js';
import { trueShares } from '../../src/ageing/truth.js';
import { columnNames, numbers, texts } from '../../src/frames/table.js';
import { row } from '../../src/numeric/matrix.js';
import { near } from '../reference/statistics.js';

const POINTS = 64;
let set: AgeingSet;
let samples: AgeingSamples;
let model: AgeingModel;
let probe: NetProbe;

/** A network with fresh weights: what explains it must hold for any weights. */
function untrained(kind: AgeingModel['kind']): AgeingModel {
  const { wavenumbers } = samples.spectra;
  return {
    ...{ kind, classes: samples.classes, size: 64, wavenumbers, points: POINTS },
    net: ageingNet({ kind, size: 64, axis: averagedAxis(wavenumbers, POINTS), classes: 7, dropout: 0 }, 5),
    seen: { samples: 0, particles: [], polymers: [], synthetic: true },
    training: { seed: 5, epochs: 0, metricLoss: 'none', loss: [] },
  };
}

before(async () => {
  set = await generateAgeing({ samples: 6, size: 64, points: 200, seed: 2, workers: 0 });
  samples = syntheticSamples(set);
  model = untrained('fused');
  probe = await compileAgeing(model);
});
after(() => probe?.dispose());

test('the probe says what the model says, and every look adds up to one', async () => {
  const rows = rowsOf(samples);
  const compiled = await probe.probabilities(rows);
  predictAgeing(model, samples).probabilities.data.forEach((p, k) => {
    near(compiled.data[k], p, 1e-4);
  });
  const { toPatches, toTokens } = await probe.attention(rows);
  const tokens = probe.tokens.length;
  assert.equal(tokens, POINTS / 8);
  for (const [maps, values] of [
    [toPatches, 64],
    [toTokens, tokens],
  ] as const)
    for (let k = 0; k < maps.data.length; k += values)
      near(
        maps.data.subarray(k, k + values).reduce((sum, share) => sum + share, 0),
        1,
        1e-4,
      );
  assert.ok(
    probe.tokens.every(([low, high], k) => low < high && (k === 0 || low >= probe.tokens[k - 1][1] - 1e-6)),
  );
});

test('path gradients of all patches and tokens add up to the change of the probability', async () => {
  const rows = rowsOf(takeSamples(samples, [0, 1]));
  const background = rowsOf(takeSamples(samples, [3]));
  const types = Int32Array.of(1, 4);
  const { patches, tokens } = await probe.pathGradients(rows, types, background, { steps: 200 });
  const [there, here] = [await probe.probabilities(background), await probe.probabilities(rows)];
  for (let i = 0; i < 2; i++) {
    const sum = [...row(patches, i), ...row(tokens, i)].reduce((all, share) => all + share, 0);
    const change = here.data[7 * i + types[i]] - there.data[types[i]];
    assert.ok(Math.abs(sum - change) < 0.02, `${sum} for a change of ${change}`);
  }
});

test('Grad-CAM has a value for each patch and token, none below zero', async () => {
  const { patches, tokens } = await probe.gradCam(rowsOf(samples), samples.types);
  assert.deepEqual([patches.rows, patches.cols, tokens.rows, tokens.cols], [6, 64, 6, 8]);
  assert.ok([...patches.data, ...tokens.data].every((value) => value >= 0));
  assert.ok(patches.data.some((value) => value > 0) && tokens.data.some((value) => value > 0));
});

test('fresh weights answer otherwise, and the model keeps its own', async () => {
  const was = predictAgeing(model, samples).probabilities.data;
  const fresh = predictAgeing(await randomisedAgeing(model, 6), samples).probabilities.data;
  assert.ok(fresh.some((p, k) => Math.abs(p - was[k]) > 1e-3));
  assert.deepEqual(predictAgeing(model, samples).probabilities.data, was);
});

test('samples are attributed to bands and patches, and nothing is said of a side that is missing', async () => {
  const some = takeSamples(samples, [0, 1]);
  const found = await attributeAgeing(model, withoutSide(some, 'spectrum'));
  assert.ok(found.bandFalls.data.every(Number.isNaN));
  assert.ok(found.patchFalls.data.every(Number.isFinite));
  const both = attributionTable(await attributeAgeing(model, some));
  assert.deepEqual(texts(both, 'sample'), some.ids);
  assert.ok(columnNames(both).includes('without C=O 1695–1760'));
  assert.ok([...numbers(both, 'probability')].every((p, i) => p >= numbers(both, 'second probability')[i]));
  assert.ok([...numbers(both, 'strongest patch row')].every((place) => place >= 1 && place <= 8));
  await assert.rejects(attributeAgeing(model, some, { bands: [{ name: 'far', range: [9000, 9100] }] }), {
    message: /^bands must lie within the spectra's 400 to \d+ cm⁻¹, but none does$/,
  });
});

test('training on with known shares brings the answers nearer to them, and the model given stays as it is', async () => {
  const shares = trueShares(set);
  const was = predictAgeing(model, samples).probabilities.data;
  const trained = await trainMixtures(model, samples, shares, { epochs: 6, seed: 1 });
  const { loss } = trained.training;
  assert.ok(loss[loss.length - 1] < loss[0], `${loss}`);
  assert.equal(trained.training.epochs, 6);
  assert.deepEqual(predictAgeing(model, samples).probabilities.data, was);
  await assert.rejects(trainMixtures(model, takeSamples(samples, [0]), shares), {
    message: 'shares must be 1 × 7 like samples and classes, but are 6 × 7',
  });
});

test('samples one behind the other keep their order, and other sizes are refused', async () => {
  const joined = joinSamples([takeSamples(samples, [4]), takeSamples(samples, [1, 2])]);
  assert.deepEqual(
    joined.ids,
    [4, 1, 2].map((i) => samples.ids[i]),
  );
  assert.deepEqual(
    joined.images.values.subarray(0, 4096),
    samples.images.values.subarray(4 * 4096, 5 * 4096),
  );
  const other = { ...samples, images: { ...samples.images, size: 128 } };
  assert.throws(() => joinSamples([samples, other]), {
    message:
      'samples must have micrographs of 64 pixels and spectra of 200 points like the first, but some have 128 and 200',
  });
});

test('only a fused model can be asked for cross-attention', async () => {
  await assert.rejects(compileAgeing(untrained('image')), {
    message: 'model must be fused to be asked for cross-attention, but is "image"; train one of kind "fused"',
  });
});
