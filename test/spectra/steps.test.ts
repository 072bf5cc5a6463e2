import assert from 'node:assert/strict';
import { test } from 'node:test';
import { random } from '../../src/numeric/random.js';
import { align } from '../../src/spectra/align.js';
import { atrCorrection, effectiveThickness, penetrationDepth } from '../../src/spectra/atr.js';
import { evenSteps } from '../../src/spectra/axis.js';
import { baseline, removeBaseline } from '../../src/spectra/baseline/baseline.js';
import {
  kubelkaMunk,
  toAbsorbance,
  toReflectance,
  toTransmittance,
  toWavelength,
  toWavenumber,
} from '../../src/spectra/convert.js';
import { removeCosmicRays } from '../../src/spectra/cosmic-rays.js';
import { bandImage, meanSpectrum, spectralMap } from '../../src/spectra/map.js';
import { cutRange, mask } from '../../src/spectra/mask.js';
import { noise, signalToNoise } from '../../src/spectra/noise.js';
import { normalise } from '../../src/spectra/normalise.js';
import {
  applyPipeline,
  describePipeline,
  loadPipeline,
  type Pipeline,
  savePipeline,
} from '../../src/spectra/pipeline.js';
import { checkQuality, findOutliers } from '../../src/spectra/quality.js';
import { resample } from '../../src/spectra/resample.js';
import { mapSet, spectrumAt, spectrumSet } from '../../src/spectra/set.js';
import { descending, type Spectrum, spectrum, withY } from '../../src/spectra/spectrum.js';

const X = evenSteps(600, 3000, 2);
const bump = (centre: number, width: number) => (x: number) => 1 / (1 + 4 * ((x - centre) / width) ** 2);
const two = (shift = 0): Spectrum =>
  spectrum(
    X,
    X.map((x) => bump(1000 + shift, 30)(x) + 0.5 * bump(2000 + shift, 40)(x)),
    { title: 'PE-014' },
  );
const maxDifference = (a: Float64Array, b: Float64Array) =>
  a.reduce((most, value, i) => Math.max(most, Math.abs(value - b[i])), 0);

test('units go there and back', () => {
  const share = spectrum([1000, 2000, 4000], [0.1, 0.5, 0.9], { yUnit: 'transmittance' });
  const absorbance = toAbsorbance(share);
  assert.deepEqual([absorbance.yUnit, absorbance.y[0]], ['absorbance', 1]);
  assert.ok(maxDifference(toTransmittance(absorbance).y, share.y) < 1e-15);
  assert.deepEqual([...toWavelength(share).x], [10000, 5000, 2500]);
  assert.deepEqual([...toWavenumber(toWavelength(share, 'um')).x], [1000, 2000, 4000]);
  const reflected = { ...share, yUnit: 'reflectance' };
  assert.ok(Math.abs(kubelkaMunk(reflected).y[1] - 0.25) < 1e-15);
  assert.ok(maxDifference(toReflectance(kubelkaMunk(reflected)).y, share.y) < 1e-12);
  assert.equal(toAbsorbance({ ...share, yUnit: '% reflectance' }).yUnit, 'log(1/R)');
  assert.throws(
    () => toAbsorbance({ ...share, yUnit: 'intensity' }),
    /takes transmittance, reflectance or absorbance/,
  );
});

test('ATR depths are those of the textbook, and a correction raises high wavenumbers', () => {
  const depths = [3300, 1715, 1000, 719].map((v) => penetrationDepth(v).toFixed(2));
  assert.deepEqual(depths, ['0.61', '1.17', '2.01', '2.79']);
  const germanium = [3300, 1715, 719].map((v) => penetrationDepth(v, { crystal: 'germanium' }).toFixed(2));
  assert.deepEqual(germanium, ['0.20', '0.39', '0.92']);
  const flat = spectrum([1000, 2000, 3000], [1, 1, 1]);
  assert.ok(maxDifference(atrCorrection(flat).y, Float64Array.of(1, 2, 3)) < 1e-12);
  const film = atrCorrection(flat, { crystal: 'germanium', pathLength: 1 });
  assert.ok(Math.abs(film.y[0] * effectiveThickness(1000, { crystal: 'germanium' }) - 1) < 1e-12);
  assert.throws(
    () => penetrationDepth(1000, { crystal: 1.8 }),
    /light is not totally reflected at 45° between indices 1.8 and 1.5; the angle must be above 56.4°/,
  );
});

test('band-limited resampling keeps what the step can hold and drops what it cannot', () => {
  const wave = (period: number) =>
    spectrum(
      X,
      X.map((x) => Math.sin((2 * Math.PI * x) / period)),
    );
  const fine = evenSteps(800, 2800, 1.3);
  const found = resample(wave(12), fine, { method: 'band-limited' }).y;
  assert.ok(
    maxDifference(
      found,
      fine.map((x) => Math.sin((2 * Math.PI * x) / 12)),
    ) < 1e-4,
  );
  const coarse = resample(wave(6), evenSteps(800, 2800, 8), { method: 'band-limited' }).y;
  assert.ok(Math.max(...coarse.map(Math.abs)) < 1e-3);
  assert.throws(
    () => resample(two(), [500, 700]),
    /^RangeError: spectrum "PE-014" runs from 600 to 3000, but is asked for at 500; cut the axis or set outside$/,
  );
});

test('every baseline is linear under a line: bands on a slope come out as they were', () => {
  const s = two();
  const sloped = withY(
    s,
    s.y.map((y, i) => y + 0.3 + 1e-4 * X[i]),
  );
  for (const method of ['rubber-band', 'als', 'arpls', 'airpls', 'polynomial', 'fill-peaks'] as const) {
    const height = removeBaseline(sloped, { method }).y[200];
    assert.ok(Math.abs(height - 1) < 0.12, `${method}: ${height}`);
  }
  assert.throws(() => baseline(withY(s, s.y, '% transmittance')), {
    name: 'TypeError',
    message:
      'spectrum "PE-014" is in % transmittance; convert it with toAbsorbance() before removing the baseline',
  });
  assert.throws(
    () => baseline(withY(s, s.y.with(3, Number.NaN))),
    /has no value at 606; fill the gap or cut the range/,
  );
});

test('normalised spectra have what their method promises', () => {
  const y = (method: 'min-max' | 'vector' | 'snv' | 'area' | 'peak') => [...normalise(two(), { method }).y];
  const sum = (values: number[]) => values.reduce((a, b) => a + b, 0);
  assert.deepEqual([Math.min(...y('min-max')), Math.max(...y('min-max'))], [0, 1]);
  assert.ok(Math.abs(sum(y('vector').map((v) => v * v)) - 1) < 1e-12);
  assert.ok(Math.abs(sum(y('snv'))) < 1e-9);
  assert.equal(Math.max(...y('peak')), 1);
  assert.throws(
    () => normalise(spectrum([1, 2, 3], [5, 5, 5], { title: 'flat' }), { method: 'snv' }),
    /^RangeError: spectrum "flat" cannot be normalised by snv: what it is divided by is 0$/,
  );
});

test('masks bridge, leave gaps or drop; ranges are cut at both ends', () => {
  const ramp = spectrum([1, 2, 3, 4, 5], [1, 2, 9, 9, 5]);
  assert.deepEqual([...mask(ramp, [[3, 4]]).y], [1, 2, 3, 4, 5]);
  assert.deepEqual([...mask(ramp, [[4, 9]]).y], [1, 2, 9, 9, 9]);
  assert.deepEqual([...mask(ramp, [[3, 4]], { fill: 'nan' }).y], [1, 2, Number.NaN, Number.NaN, 5]);
  assert.deepEqual([...mask(descending(ramp), [[3, 4]], { fill: 'drop' }).x], [5, 2, 1]);
  assert.deepEqual([...cutRange(ramp, 4, 2).x], [2, 3, 4]);
  assert.throws(() => cutRange(ramp, 7, 9), /runs from 1 to 5 and has nothing between 7 and 9/);
});

test('a shifted spectrum is brought back, whichever way x runs', () => {
  const { shift, spectrum: moved } = align(two(3), two());
  assert.ok(Math.abs(shift + 3) < 0.05, String(shift));
  assert.ok(maxDifference(moved.y, two().y) < 0.02);
  assert.ok(Math.abs(align(descending(two(-4)), descending(two())).shift - 4) < 0.05);
});

test('cosmic rays go, bands stay', () => {
  const r = random('rays');
  const clean = two().y.map((y) => y + 0.002 * r.normal());
  const hit = clean.with(100, 3).with(101, 2).with(700, 5);
  const { spectrum: mended, replaced } = removeCosmicRays(withY(two(), hit));
  assert.deepEqual(replaced, [100, 101, 700]);
  assert.ok(maxDifference(mended.y, clean) < 0.05);
  assert.deepEqual(removeCosmicRays(withY(two(), clean)).replaced, []);
});

test('noise is found beside bands and slopes', () => {
  const r = random('noise');
  const s = two();
  const noisy = withY(
    s,
    s.y.map((y, i) => y + 1e-4 * X[i] + 0.01 * r.normal()),
  );
  assert.ok(Math.abs(noise(noisy) / 0.01 - 1) < 0.1);
  assert.ok(signalToNoise(noisy) > 80 && signalToNoise(noisy) < 120);
  assert.deepEqual(checkQuality(noisy).remarks, []);
  const bad = withY(
    s,
    s.y.map((y) => 0.05 * y + 0.02 * r.normal() + 0.5),
  );
  assert.match(
    checkQuality(bad).remarks[0],
    /^signal to noise is \d\.\d, below 10: measure longer or smooth$/,
  );
});

test('a set shares one axis, keeps equal axes to the bit, and finds the one that differs', () => {
  const shorter = cutRange(two(), 800, 2500);
  const set = spectrumSet([two(), descending(shorter)]);
  assert.deepEqual([set.x[0], set.x.at(-1), set.Y.rows], [800, 2500, 2]);
  assert.deepEqual(spectrumAt(spectrumSet([two(), two(1)]), 1).y, two(1).y);
  const many = spectrumSet([...Array.from({ length: 9 }, (_, k) => two(k / 4)), two(300)]);
  assert.deepEqual(
    findOutliers(many).map(({ index }) => index),
    [9],
  );
  assert.throws(
    () => spectrumSet([two(), toTransmittance(two())]),
    /is in transmittance over cm-1, but "PE-014" in absorbance/,
  );
});

test('a map gives an image of a band and the mean of some pixels', () => {
  const set = spectrumSet(
    Array.from({ length: 6 }, (_, k) =>
      withY(
        two(),
        two().y.map((y) => k * y),
      ),
    ),
  );
  const map = spectralMap(set, { width: 3, height: 2 });
  const image = bandImage(map, [950, 1050]);
  assert.deepEqual([image.rows, image.cols], [2, 3]);
  assert.ok(Math.abs(image.data[4] / image.data[2] - 2) < 1e-12);
  assert.ok(
    maxDifference(
      meanSpectrum(map, (pixel) => pixel > 3).y,
      two().y.map((y) => 4.5 * y),
    ) < 1e-12,
  );
  assert.throws(() => spectralMap(set, { width: 4, height: 2 }), /a map of 4 × 2 needs 8 spectra, but has 6/);
});

const PIPELINE: Pipeline = [
  { step: 'absorbance' },
  { step: 'mask' },
  { step: 'resample', from: 700, to: 2900, by: 4, method: 'spline' },
  { step: 'savitzky-golay', window: 9, degree: 2 },
  { step: 'baseline', method: 'arpls', lambda: 1e5 },
  { step: 'normalise', method: 'snv' },
];

test('a pipeline is saved as JSON, applied alike afterwards, and says what it did', () => {
  const again = loadPipeline(savePipeline(PIPELINE));
  assert.deepEqual(again, PIPELINE);
  assert.deepEqual(applyPipeline(two(), again).y, applyPipeline(two(), PIPELINE).y);
  assert.equal(applyPipeline(two(), PIPELINE).x.length, 551);
  assert.match(
    describePipeline(PIPELINE)[4],
    /^baseline by arpls \(Baek et al\. 2015, doi:10\.1039\/C4AN01061B\)$/,
  );
  const set = spectrumSet([two(), two(2)]);
  assert.equal(mapSet(set, (s) => applyPipeline(s, PIPELINE)).Y.cols, 551);
});

test('a pipeline names the step that fails, and refuses steps and files that it does not know', () => {
  const s = withY(two(), two().y, 'transmittance');
  assert.throws(
    () => applyPipeline(s, [{ step: 'baseline', method: 'als' }]),
    /^RangeError: step 1 \(baseline\) of the pipeline: spectrum "PE-014" is in transmittance; convert it/,
  );
  assert.throws(
    () => applyPipeline(s, [{ step: 'smooth' } as never]),
    /^RangeError: step 1 of the pipeline must be one of wavenumber, absorbance, .* but is "smooth"$/,
  );
  assert.throws(
    () => loadPipeline('{"steps": []}'),
    /a saved pipeline must have format "nurdle spectrum pipeline"/,
  );
});

test('a spectrum must have as many y as x, and x that does not turn back', () => {
  assert.throws(() => spectrum([1, 2], [1]), /^RangeError: y must have 2 values like x, but has 1$/);
  assert.throws(
    () => spectrum([1, 3, 2], [0, 0, 0]),
    /^RangeError: x must ascend or descend throughout, but goes from 3 to 2 at point 2; sort the points first$/,
  );
});
