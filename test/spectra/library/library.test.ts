import assert from 'node:assert/strict';
import { test } from 'node:test';
import { random } from '../../../src/numeric/random.js';
import { evenSteps } from '../../../src/spectra/axis.js';
import { findSuspects } from '../../../src/spectra/library/leave-out.js';
import { filterLibrary, spectralLibrary } from '../../../src/spectra/library/library.js';
import { loadLibrary } from '../../../src/spectra/library/load.js';
import { METRICS } from '../../../src/spectra/library/metric.js';
import { fitMixture } from '../../../src/spectra/library/mixture.js';
import { searchLibrary } from '../../../src/spectra/library/search.js';
import { chooseMatchThreshold } from '../../../src/spectra/library/threshold.js';
import { loadSpectra } from '../../../src/spectra/load.js';
import { cutRange, mask } from '../../../src/spectra/mask.js';
import { correlation } from '../../../src/spectra/quality.js';
import { spectraOf } from '../../../src/spectra/set.js';
import { descending, type Spectrum, spectrum, withY } from '../../../src/spectra/spectrum.js';
import { dataFolder, withRealData } from '../../frames/real.js';

const X = evenSteps(600, 1000, 2);
const NAMES = ['A', 'B', 'C', 'D'];
const places = { dataFolder, offline: true };

/** Material k: three bands of its own, with a little noise; synthetic. */
function sample(k: number, seed: number, noise = 0.01): Spectrum {
  const r = random(`${k}/${seed}`);
  const centres = [620 + 60 * k, 700 + 70 * k, 930 - 50 * k];
  const y = X.map((x) =>
    centres.reduce((sum, c, j) => sum + (1 - 0.3 * j) * Math.exp(-(((x - c) / 15) ** 2)), noise * r.normal()),
  );
  return spectrum(X, y, { title: `${NAMES[k]} ${seed}` });
}

const references = [0, 1, 2, 3].flatMap((k) => [1, 2, 3].map((seed) => sample(k, seed)));
const names = references.map(({ title }) => title[0]);
const library = spectralLibrary(references, { names });

for (const metric of METRICS)
  test(`by ${metric} each sample finds its material, a spectrum itself with 1`, async () => {
    const matches = await searchLibrary(
      library,
      [0, 1, 2, 3].map((k) => sample(k, 9)),
      { metric, threshold: 0.5 },
    );
    assert.deepEqual(
      matches.map(({ verdict }) => verdict),
      NAMES,
    );
    assert.ok(matches.every(({ margin }) => margin > 0.2));
    const [itself] = await searchLibrary(library, [references[4]], { metric });
    assert.equal(itself.hits[0].index, 4);
    assert.ok(Math.abs(itself.hits[0].score - 1) < 1e-12);
  });

test('the score is Pearson’s correlation; no number of threads changes a bit', async () => {
  const queries = Array.from({ length: 70 }, (_, k) => sample(k % 4, 100 + k));
  const here = await searchLibrary(library, queries, { workers: 0 });
  const { score, index } = here[7].hits[0];
  assert.ok(Math.abs(score - correlation(queries[7].y, references[index].y)) < 1e-12);
  for (const workers of [1, 2, 3]) assert.deepEqual(await searchLibrary(library, queries, { workers }), here);
});

test('scale, offset and direction of a query do not matter to a correlation', async () => {
  const [plain] = await searchLibrary(library, [sample(2, 5)]);
  const changed = descending(
    withY(
      sample(2, 5),
      sample(2, 5).y.map((y) => 3 * y + 2),
    ),
  );
  const [other] = await searchLibrary(library, [changed]);
  assert.ok(Math.abs(other.hits[0].score - plain.hits[0].score) < 1e-12);
});

test('only what the query covers is compared', async () => {
  const part = mask(cutRange(sample(1, 5), 650, 950), [[700, 740]], { fill: 'nan' });
  const [{ points, range, verdict }] = await searchLibrary(library, [part]);
  assert.deepEqual([points, range, verdict], [130, [650, 950], 'B']);
  await assert.rejects(
    searchLibrary(library, [cutRange(sample(1, 5), 600, 620)]),
    /^RangeError: the queries and the library share 11 points of the axis; 20 are needed to tell materials apart$/,
  );
});

test('a material that the library lacks is unknown with a threshold chosen on the library', async () => {
  const { threshold, accepted, rightFamily } = chooseMatchThreshold(library, { falseAcceptance: 0 });
  assert.deepEqual([accepted, rightFamily], [1, 1]);
  const without = filterLibrary(library, (name) => name !== 'D');
  const [match] = await searchLibrary(without, [sample(3, 5)], { threshold });
  assert.equal(match.verdict, 'unknown');
  assert.equal((await searchLibrary(without, [sample(0, 5)], { threshold }))[0].verdict, 'A');
});

test('a swapped label is a suspect', () => {
  const swapped = spectralLibrary(references, { names: names.with(4, 'C') });
  const [suspect, ...rest] = findSuspects(swapped);
  assert.deepEqual([suspect.index, suspect.name, suspect.looksLike, rest], [4, 'C', 'B', []]);
  assert.deepEqual(findSuspects(library), []);
});

test('a mixture is taken apart into its shares', () => {
  const [a, c] = [sample(0, 20, 0).y, sample(2, 20, 0).y];
  const length = (y: Float64Array) => Math.hypot(...y);
  const mixed = spectrum(
    X,
    a.map((value, i) => (0.7 * value) / length(a) + (0.3 * c[i]) / length(c)),
  );
  const { components, explained } = fitMixture(library, mixed);
  assert.deepEqual(
    components.map(({ name, share }) => [name, share.toFixed(2)]),
    [
      ['A', '0.70'],
      ['C', '0.30'],
    ],
  );
  assert.ok(explained > 0.999);
});

test(
  'primpke2018 has the spectra and names of its card, and six that contradict their labels',
  withRealData,
  async () => {
    const { spectra, names: labels } = await loadSpectra('primpke2018', places);
    assert.deepEqual([spectra.length, spectra[0].x.length, new Set(labels).size], [176, 1863, 17]);
    const { dropped, names: kept } = await loadLibrary('primpke2018', places);
    assert.deepEqual(
      dropped.map(({ index, name, looksLike }) => `${index} ${name} ${looksLike}`),
      ['6 PE PET', '103 PA PE', '106 PCL PC', '108 PCL PE', '115 PE PCL', '133 PS PP'],
    );
    assert.equal(kept.length, 170);
  },
);

test(
  'michel2020 has wavenumbers in spite of its headers, and three replicates a sample',
  withRealData,
  async () => {
    const { spectra, names: polymers, groups } = await loadSpectra('michel2020', places);
    assert.deepEqual(
      [spectra.length, new Set(groups).size, [...new Set(polymers)].sort()],
      [...[828, 276], ['HDPE', 'LDPE', 'PET', 'PP', 'PS', 'PVC']],
    );
    assert.deepEqual([spectra[0].xUnit, spectra[0].yUnit], ['cm-1', 'reflectance']);
  },
);

test('the library names 97 in 100 of its own, each looked up without itself', withRealData, async () => {
  const primpke = await loadLibrary('primpke2018', places);
  const { rightFamily, threshold } = chooseMatchThreshold(primpke);
  assert.ok(rightFamily > 0.96 && threshold > 0.85 && threshold < 0.95);
  assert.equal(spectraOf(primpke.set).length, 170);
});
