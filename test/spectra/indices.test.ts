import assert from 'node:assert/strict';
import { test } from 'node:test';
import { random } from '../../src/numeric/random.js';
import type { IndexDefinition } from '../../src/spectra/degradation-index.js';
import { DEGRADATION_INDICES, indexOf, indicesFor, withBaseline } from '../../src/spectra/indices.js';
import { descending, type Spectrum, spectrum, withY } from '../../src/spectra/spectrum.js';

const X = Float64Array.from({ length: 3601 }, (_, i) => 400 + i);
const band = (centre: number, width: number, height: number) => (x: number) =>
  height * Math.exp(-4 * Math.LN2 * ((x - centre) / width) ** 2);

/** A polyethylene with a carbonyl band of a given height; synthetic. */
function polyethylene(carbonyl: number, background = 0): Spectrum {
  const bands = [
    band(2916, 24, 1),
    band(1468, 19, 0.28),
    band(1715, 25, carbonyl),
    band(3200, 150, 0.02),
    band(1060, 60, 0.01),
  ];
  return spectrum(
    X,
    X.map((x) => bands.reduce((sum, f) => sum + f(x), background)),
  );
}

test('an index is the ratio of its two areas and carries its definition', () => {
  const { value, numerator, denominator, definition } = indexOf(polyethylene(0.1), 'SAUB');
  assert.equal(value, numerator / denominator);
  assert.deepEqual(definition, DEGRADATION_INDICES.SAUB);
  const gaussian = Math.sqrt(Math.PI / Math.LN2) / 2;
  assert.ok(Math.abs(numerator / (0.1 * 25 * gaussian) - 1) < 1e-3);
});

test('an index does not depend on the height of the spectrum or the direction of x', () => {
  const s = polyethylene(0.1);
  const { value } = indexOf(s, 'CI_PE');
  const taller = withY(
    s,
    s.y.map((y) => 3 * y),
  );
  assert.ok(Math.abs(indexOf(taller, 'CI_PE').value / value - 1) < 1e-12);
  assert.equal(indexOf(descending(s), 'CI_PE').value, value);
});

test('with a local baseline a constant background drops out, without it does not', () => {
  const local = withBaseline(DEGRADATION_INDICES.SAUB, 'local');
  const value = (background: number, definition: IndexDefinition) =>
    indexOf(polyethylene(0.05, background), definition).value;
  assert.ok(Math.abs(value(0.1, local) - value(0, local)) < 1e-12);
  assert.ok(value(0.1, DEGRADATION_INDICES.SAUB) > 2 * value(0, DEGRADATION_INDICES.SAUB));
});

test('the interval covers the true value in 95 of 100 noisy measurements, near enough', () => {
  const clean = polyethylene(0.02);
  const truth = indexOf(clean, 'SAUB', { noise: 0 }).value;
  const r = random('index noise');
  let covered = 0;
  for (let k = 0; k < 300; k++) {
    const noisy = withY(
      clean,
      clean.y.map((y) => y + 0.002 * r.normal()),
    );
    const { interval } = indexOf(noisy, 'SAUB');
    if (interval[0] <= truth && truth <= interval[1]) covered++;
  }
  assert.ok(covered >= 273 && covered <= 297, `${covered} of 300`);
});

test('a band within the noise lies below the detection limit', () => {
  const r = random('no carbonyl');
  const s = polyethylene(0);
  const noisy = withY(
    s,
    s.y.map((y) => y + 0.01 * r.normal()),
  );
  const none = indexOf(noisy, withBaseline(DEGRADATION_INDICES.CI_PE, 'local'));
  assert.equal(none.detected, false);
  assert.equal(indexOf(polyethylene(0.1), 'CI_PE', { noise: 0.002 }).detected, true);
});

test('a polymer has the indices that were made for it and whose bands are covered', () => {
  const names = (polymer: string, s = polyethylene(0.1)) =>
    indicesFor(s, polymer).map((i) => i.definition.name);
  assert.deepEqual(names('PE'), ['SAUB', 'CI_PE', 'HI_PE', 'CO_PE']);
  const narrow = spectrum(X.slice(1000, 1600), polyethylene(0.1).y.slice(1000, 1600));
  assert.deepEqual(names('PE', narrow), ['SAUB', 'CI_PE']);
});

test('an index of one’s own is taken like the others', () => {
  const own: IndexDefinition = {
    ...{ name: 'ketone', measures: 'ketone', polymers: ['PE'], source: 'own' },
    ...{ numerator: [1700, 1730], denominator: [1460, 1476], method: 'height', baseline: 'none' },
  };
  assert.ok(Math.abs(indexOf(polyethylene(0.14), own).value - 0.5) < 1e-3);
});

test('it refuses transmittance, an uncovered band and an empty denominator', () => {
  const s = polyethylene(0.1);
  assert.throws(() => indexOf(withY(s, s.y, '% transmittance'), 'SAUB'), {
    name: 'TypeError',
    message: 'spectrum "" is in % transmittance; convert it with toAbsorbance() before taking an index',
  });
  assert.throws(() => indexOf(spectrum([400, 500, 600, 700, 800], [0, 1, 2, 1, 0]), 'SAUB'), {
    name: 'RangeError',
    message: 'spectrum "" runs from 400 to 800, which does not cover the band 1650 to 1850',
  });
  assert.throws(
    () =>
      indexOf(
        withY(
          s,
          s.y.map(() => 0),
        ),
        'SAUB',
      ),
    /^RangeError: SAUB of spectrum "" divides by the band 1420 to 1500, which is 0; the polymer or the baseline does not fit the index$/,
  );
  assert.throws(() => indexOf(s, 'CARBONYL' as 'SAUB'), /index must be one of SAUB, CI_PE/);
});
