import assert from 'node:assert/strict';
import { test } from 'node:test';
import { generateAgeing } from '../../data/synthetic-ageing/generate.js';
import { attributions } from '../../src/ageing/attributions.js';
import { overlapOf } from '../../src/ageing/bands.js';
import { methodAgreement, methodDeletion, methodLocalisation } from '../../src/ageing/compare-methods.js';
import { linkMatrix, testLinks } from '../../src/ageing/links.js';
import { estimateShares, scoreMixtures, shareCoverage } from '../../src/ageing/mixture-report.js';
import { fitMixtureHead, meanByParticle, mixtureShares } from '../../src/ageing/mixtures.js';
import { causeFrequencies } from '../../src/ageing/natural.js';
import {
  distanceToClasses,
  featureSeparation,
  heldOutDistances,
  outOfDistribution,
} from '../../src/ageing/separation.js';
import { shufflePairs } from '../../src/ageing/shuffle-pairs.js';
import { markedPatches, markedShares, markedTokens, trueShares, writesBand } from '../../src/ageing/truth.js';
import { type Matrix, matrix, row } from '../../src/numeric/matrix.js';
import { random } from '../../src/numeric/random.js';
import { near } from '../reference/statistics.js';
import { plantedProbe, SIZE, TOKENS } from './planted.js';

const FEW = { replicates: 60, seed: 1 };
const WIDTH = SIZE * SIZE + 36;
const names = (n: number): string[] => Array.from({ length: n }, (_, i) => `particle ${i}`);

/** n rows with texture everywhere, and a weight on the third patch and the fifth token only. */
function plantedRows(n: number): { rows: Matrix; weights: Float64Array } {
  const r = random(4);
  const rows = matrix(
    n,
    WIDTH,
    Float64Array.from({ length: n * WIDTH }, () => r.normal()),
  );
  const weights = new Float64Array(WIDTH);
  weights.set([0.08, -0.03], 4); // the third patch, which a flat fill must not leave as it was
  weights.set([0.02, 0.06], 12);
  for (const j of [12, 13, 14]) weights[SIZE * SIZE + j] = 0.05;
  return { rows, weights };
}

test('every method names the planted patch and token, except attention, which looks elsewhere', async () => {
  const { rows, weights } = plantedRows(12);
  const looks = () => ({
    patches: Array.from({ length: 16 }, (_, p) => (p === 9 ? 5 : 1)),
    tokens: TOKENS.map(() => 2),
  });
  const found = await attributions(plantedProbe(weights, looks), rows, new Int32Array(12), rows);
  for (const method of ['occlusion', 'integrated gradients', 'Grad-CAM'] as const) {
    const { patches, tokens } = found[method];
    for (let i = 0; i < 12; i++) {
      assert.deepEqual(
        Array.from(row(patches, i).keys()).filter((p) => Math.abs(row(patches, i)[p]) > 1e-12),
        [2],
        method,
      );
      assert.deepEqual(
        Array.from(row(tokens, i).keys()).filter((s) => Math.abs(row(tokens, i)[s]) > 1e-12),
        [4],
        method,
      );
    }
  }
  const { patches } = found.attention;
  assert.equal(row(patches, 0).indexOf(Math.max(...row(patches, 0))), 9);
  const agreement = methodAgreement(found, 'patches', names(12), FEW);
  assert.ok(agreement.spearman.data[1 * 4 + 2] > agreement.spearman.data[0 * 4 + 1]);
  const marked = {
    rows: 12,
    cols: 16,
    data: Float64Array.from({ length: 192 }, (_, k) => Number(k % 16 === 9)),
  };
  const local = methodLocalisation(found, 'patches', marked, names(12), FEW);
  assert.equal(local.attention.auc.value, 1);
  assert.ok(local.occlusion.auc.value < 0.7);
  const curves = await methodDeletion(
    plantedProbe(weights, looks),
    ...([rows, new Int32Array(12), found, 'tokens', names(12), { ...FEW, steps: 4 }] as const),
  );
  assert.deepEqual(
    curves.map(({ name }) => name),
    ['attention', 'occlusion', 'integrated gradients', 'Grad-CAM', 'random order'],
  );
  assert.ok(curves.every(({ low, mean, high }) => mean.every((m, s) => low[s] <= m && m <= high[s])));
});

test('a planted link is found, with its place, and a band that nobody looks at is not', () => {
  const n = 40;
  const types = Int32Array.from({ length: n }, (_, i) => (i % 2 === 0 ? 3 : 1));
  const marked = matrix(n, 16);
  for (let i = 0; i < n; i++) for (const p of [i % 16, (i + 5) % 16]) row(marked, i)[p] = 1;
  // Chemical samples: marked patches and the carbonyl's token (1600–1900) look at each other. Others: evenly.
  const probe = plantedProbe(new Float64Array(WIDTH), (i) => ({
    patches: Array.from(row(marked, i), (m) => (types[i] === 3 && m ? 8 : 1)),
    tokens: TOKENS.map((_, s) => (types[i] === 3 && s === 4 ? 8 : 1)),
  }));
  const attention = probe.attention(matrix(n, WIDTH)) as Awaited<ReturnType<typeof probe.attention>>;
  const samples = { types, marked, particles: names(n) };
  const [chemical, uv] = testLinks(probe, attention, samples, FEW);
  assert.equal(chemical.rows, 20);
  assert.equal(chemical.place.value, 1);
  assert.ok(
    chemical.band.low > 1 && chemical.bandAgainstOthers.low > 0 && chemical.held && chemical.inGenerator,
  );
  near(uv.place.value, 0.5);
  assert.equal(uv.held, false);
  const links = linkMatrix(probe, attention, samples, FEW);
  const carbonyl = links.bands.findIndex(({ name }) => name.startsWith('C=O'));
  assert.ok(links.lift.data[carbonyl * 7 + 3] > 1);
  assert.ok(Number.isNaN(links.lift.data[carbonyl * 7]), 'no pristine sample has a mark');
  assert.equal(links.truth.data[carbonyl * 7 + 3], 1);
  assert.throws(() => testLinks(probe, attention, samples, { links: [{ ...chemical.link, type: 'rust' }] }), {
    message:
      'link\'s type must be one of pristine, UV, thermal, chemical, physical, biological, freeze-thaw, but is "rust"',
  });
});

test('marks of the generator become patches and tokens, and an even attention has no lift', async () => {
  const set = await generateAgeing({ samples: 14, size: 32, points: 200, seed: 3, workers: 0 });
  const types = Int32Array.from({ length: 14 }, () => 1);
  const shares = markedShares(
    set,
    Array.from({ length: 14 }, (_, i) => i),
    types,
    8,
  );
  let pixels = 0;
  for (const bits of set.images.marks) if (bits & 2) pixels++;
  near(
    shares.data.reduce((sum, share) => sum + share * 16, 0),
    pixels,
    1e-9,
  );
  const marked = markedPatches(shares);
  for (let i = 0; i < 14; i++) {
    const any = row(shares, i).some((share) => share > 0);
    assert.equal(
      row(marked, i).some((one) => one === 1),
      any,
    );
  }
  assert.deepEqual(
    [
      ...row(
        markedTokens(
          [
            [3200, 3500],
            [1000, 1100],
            [2400, 2500],
          ],
          [1],
        ),
        0,
      ),
    ],
    [1, 0, 0],
  );
  assert.ok(writesBand(4, [1650, 1680]) && !writesBand(4, [1700, 1750]));
  assert.equal(overlapOf([100, 200], [150, 400]), 0.5);
  const truth = trueShares(set);
  for (let i = 0; i < 14; i++)
    near(
      row(truth, i).reduce((sum, share) => sum + share, 0),
      1,
      1e-12,
    );
  assert.throws(() => markedShares(set, [0], [1], 5), {
    message: "grid must divide the picture's side of 32 pixels, but is 5",
  });
});

test('shuffled pairs keep the picture and take the spectrum of another class', () => {
  const rows = matrix(Array.from({ length: 6 }, (_, i) => [i, i, 10 + i]));
  const types = [0, 0, 1, 1, 2, 2];
  const { rows: shuffled, from } = shufflePairs(rows, 2, types, 3);
  from.forEach((k, i) => {
    assert.notEqual(types[k], types[i]);
    assert.deepEqual([...row(shuffled, i)], [i, i, 10 + k]);
  });
  assert.throws(() => shufflePairs(rows, 2, [1, 1, 1, 1, 1, 1]), {
    message: 'types must hold at least two classes to shuffle pairs, but hold one',
  });
});

/** Mixtures of two of seven whose features are their shares, turned and with noise. */
function mixtures(n: number, seed: number): { features: Matrix; shares: Matrix } {
  const r = random(seed);
  const turn = random('turn');
  const T = Array.from({ length: 70 }, () => turn.normal());
  const shares = matrix(n, 7);
  const features = matrix(n, 10);
  for (let i = 0; i < n; i++) {
    const [a, b] = r.permutation(7);
    const share = 0.3 + 0.4 * r.uniform();
    row(shares, i)[a] = share;
    row(shares, i)[b] = 1 - share;
    for (let j = 0; j < 10; j++)
      row(features, i)[j] = row(shares, i).reduce((sum, s, k) => sum + s * T[10 * k + j], 0.05 * r.normal());
  }
  return { features, shares };
}

test('a head fitted on mixtures of one seed finds both causes of another, with intervals that hold', async () => {
  const [fitted, calibrated, asked] = [mixtures(300, 1), mixtures(200, 2), mixtures(200, 3)];
  const head = await fitMixtureHead(fitted.features, fitted.shares, { epochs: 150 });
  const shares = mixtureShares(head, asked.features);
  for (let i = 0; i < 200; i++)
    near(
      row(shares, i).reduce((sum, s) => sum + s, 0),
      1,
      1e-9,
    );
  const chance = { ...shares, data: shares.data.map((_, k) => ((k * 7919) % 101) / 101) };
  const methods = [
    { name: 'head', shares },
    { name: 'guess', shares: chance },
  ];
  const [ours, guess] = scoreMixtures(methods, asked.shares, names(200), 1, FEW);
  assert.ok(ours.all.both.value > 0.85, `${ours.all.both.value}`);
  assert.ok(guess.all.both.value < 0.2 && guess.all.chance === 1 / 21);
  assert.ok(ours.scenario.rows < 100 && ours.error.value < guess.error.value);
  const known = {
    shares: mixtureShares(head, calibrated.features),
    truth: calibrated.shares,
    particles: names(200),
  };
  const estimates = estimateShares(shares, names(200), known, { alpha: 0.2 });
  const held = shareCoverage(estimates, asked.shares, FEW);
  assert.ok(held.value > 0.72 && held.value < 0.92, `${held.value}`);
  const again = await fitMixtureHead(fitted.features, fitted.shares, { epochs: 150 });
  assert.deepEqual(mixtureShares(again, asked.features).data, shares.data);
  await assert.rejects(
    fitMixtureHead(
      matrix([[1], [2]]),
      matrix([
        [1, 0],
        [0.5, 0.2],
      ]),
    ),
    {
      message: 'shares must add up to 1 in each row, but row 1 adds up to 0.7',
    },
  );
  assert.throws(
    () =>
      scoreMixtures(
        methods,
        { ...asked.shares, data: asked.shares.data.map((s, k) => (k % 7 === 1 ? 0 : s)) },
        names(200),
        1,
      ),
    {
      message: 'truth must hold a mixture with class 1, but holds none',
    },
  );
});

test('fields of a particle are averaged, and it counts once', () => {
  const { particles, values, first } = meanByParticle(matrix([[0], [1], [4]]), ['b', 'a', 'b']);
  assert.deepEqual(
    [particles, [...values.data], [...first]],
    [
      ['b', 'a'],
      [2, 1],
      [0, 1],
    ],
  );
});

test('frequencies of causes count particles by environment, leave out what is withheld, and stand beside the truth', () => {
  const shares = matrix([
    [0.7, 0.3],
    [0.9, 0.1],
    [0.1, 0.9],
    [0.5, 0.5],
  ]);
  const places = ['beach', 'beach', 'soil', 'soil'];
  const [all, beach, soil] = causeFrequencies(shares, names(4), places, {
    ...FEW,
    abstain: [0, 0, 0, 1],
    truth: shares,
  });
  assert.deepEqual([all.environment, all.particles, all.answered], ['all', 4, 3]);
  assert.deepEqual([beach.named[0].value, beach.named[1].value, beach.primary[0].value], [1, 0.5, 1]);
  assert.deepEqual([soil.answered, soil.primary[1].value], [1, 1]);
  assert.deepEqual([...soil.truth!.named], [0.5, 1]);
  const [, , nothing] = causeFrequencies(shares, names(4), places, { ...FEW, abstain: [0, 0, 1, 1] });
  assert.ok(Number.isNaN(nothing.named[0].value) && nothing.named[0].high === 1);
  assert.throws(() => causeFrequencies(shares, names(4), ['beach']), {
    message: 'environments must name 4 rows like shares, but name 1',
  });
});

test('distance tells a new class from known ones, withholds it, and hardly ever a known one', () => {
  const r = random(8);
  const cloud = (n: number, ...centre: number[]) =>
    Array.from({ length: n }, () => centre.map((c) => c + r.normal()));
  const two = (n: number) => matrix([...cloud(n, 0, 0, 0), ...cloud(n, 6, 0, 0)]);
  const labels = (n: number) => [...new Array<string>(n).fill('UV'), ...new Array<string>(n).fill('thermal')];
  const of = (features: Matrix, prefix: string) => ({
    features,
    particles: Array.from({ length: features.rows }, (_, i) => `${prefix} ${i >> 1}`),
  });
  const training = { ...of(two(80), 'train'), labels: labels(80) };
  const found = outOfDistribution(
    training,
    of(two(60), 'limit'),
    of(two(60), 'known'),
    of(matrix(cloud(60, 3, 8, 0)), 'new'),
    FEW,
  );
  assert.ok(found.auc.value > 0.98 && found.auc.low <= found.auc.value);
  assert.ok(found.newWithheld > 0.9 && found.knownWithheld < 0.15);
  const same = outOfDistribution(
    training,
    of(two(60), 'limit'),
    of(two(60), 'known'),
    of(two(60), 'new'),
    FEW,
  );
  assert.ok(Math.abs(same.auc.value - 0.5) < 0.1);
  const { nearestClass } = distanceToClasses(
    training,
    matrix([
      [0, 0, 0],
      [6, 0, 0],
    ]),
  );
  assert.deepEqual(nearestClass, ['UV', 'thermal']);
  const dead = (X: Matrix) => matrix(Array.from({ length: X.rows }, (_, i) => [...row(X, i), 0]));
  const query = matrix([[1, 2, 3]]);
  assert.deepEqual(
    distanceToClasses({ ...training, features: dead(training.features) }, dead(query)).distances,
    distanceToClasses(training, query).distances,
    'a unit that never fires changes nothing',
  );
  const { beyondTraining } = heldOutDistances(training, two(100));
  assert.ok(beyondTraining > 0.01 && beyondTraining < 0.15, `${beyondTraining}`);
  const apart = featureSeparation(training);
  assert.ok(apart.silhouette.mean > 0.5 && apart.separation.fisherRatio > 5 && apart.overlap.foreign < 0.05);
});
