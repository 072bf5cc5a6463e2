import assert from 'node:assert/strict';
import { test } from 'node:test';
import { matrix, row } from '../../src/numeric/matrix.js';
import { nonNegativeLeastSquares } from '../../src/numeric/nnls.js';
import { type BaselineOptions, baseline } from '../../src/spectra/baseline/baseline.js';
import { bandArea, type Range } from '../../src/spectra/integrate.js';
import { findPeaks } from '../../src/spectra/peaks.js';
import { fitPeaks } from '../../src/spectra/pseudo-voigt.js';
import { resample } from '../../src/spectra/resample.js';
import { savitzkyGolay } from '../../src/spectra/savitzky-golay.js';
import { emsc, msc } from '../../src/spectra/scatter.js';
import { descending, type Spectrum, spectrum } from '../../src/spectra/spectrum.js';
import { whittaker } from '../../src/spectra/whittaker.js';
import { reference } from '../reference/read.js';

type Numbers = number[];
interface Reference {
  x: Numbers;
  y: Numbers;
  savgol: Record<string, Numbers>;
  resample: { x: Numbers; linear: Numbers; spline: Numbers };
  whittaker: Record<string, Numbers>;
  baselines: Record<BaselineOptions['method'], Numbers>;
  peakFit: { y: Numbers; parameters: Numbers; errors: Numbers };
  peaks: { indices: Numbers; prominences: Numbers; widths: Numbers };
  areas: { x: Numbers; y: Numbers; areas: { range: Range; none: number; local: number }[] };
  scatter: { reference: Numbers; distorted: Numbers; msc: Numbers; emsc: Numbers };
  nnls: { A: Numbers[]; b: Numbers; x: Numbers; residual: number };
}

/** test/reference/spectra.py: SciPy, NumPy and pybaselines. */
const scipy = reference<Reference>('spectra');
const sample = spectrum(scipy.x, scipy.y);

/** Largest difference, relative to the largest value that is expected. */
function deviation(found: ArrayLike<number>, expected: readonly number[]): number {
  assert.equal(found.length, expected.length);
  const scale = Math.max(...expected.map(Math.abs));
  return Math.max(...expected.map((value, i) => Math.abs(found[i] - value))) / scale;
}

/** The ascending values of what a function makes of the descending spectrum. */
const throughDescending = (work: (s: Spectrum) => Spectrum) => work(descending(sample)).y.slice().reverse();

for (const [key, expected] of Object.entries(scipy.savgol))
  test(`Savitzky–Golay with window, degree, derivative ${key} is SciPy's, whichever way x runs`, () => {
    const [window, degree, derivative] = key.split(',').map(Number);
    const filter = (s: Spectrum) => savitzkyGolay(s, { window, degree, derivative });
    assert.ok(deviation(filter(sample).y, expected) < 1e-11);
    assert.ok(deviation(throughDescending(filter), expected) < 1e-11);
  });

test('resampling by lines and by a not-a-knot spline is NumPy’s and SciPy’s', () => {
  const { x, linear, spline } = scipy.resample;
  assert.ok(deviation(resample(sample, x).y, linear) < 1e-14);
  assert.ok(deviation(resample(sample, x, { method: 'spline' }).y, spline) < 1e-12);
  assert.ok(deviation(resample(descending(sample), x, { method: 'spline' }).y, spline) < 1e-12);
});

for (const [key, expected] of Object.entries(scipy.whittaker))
  test(`Whittaker's smoother with order, λ ${key} is the solution of its equations`, () => {
    const [order, lambda] = key.split(',').map(Number);
    assert.ok(deviation(whittaker(sample, { order, lambda }).y, expected) < 1e-11);
  });

const OPTIONS: Record<BaselineOptions['method'], BaselineOptions> = {
  'rubber-band': { method: 'rubber-band' },
  als: { method: 'als', lambda: 1e4 },
  arpls: { method: 'arpls', lambda: 1e4 },
  airpls: { method: 'airpls', lambda: 1e4 },
  polynomial: { method: 'polynomial', degree: 3 },
  'fill-peaks': { method: 'fill-peaks', sections: 40, halfWindow: 8 },
};

for (const [method, expected] of Object.entries(scipy.baselines))
  test(`the baseline by ${method} is the reference's, whichever way x runs`, () => {
    const options = OPTIONS[method as BaselineOptions['method']];
    assert.ok(deviation(baseline(sample, options).y, expected) < 1e-8);
    assert.ok(
      deviation(
        throughDescending((s) => baseline(s, options)),
        expected,
      ) < 1e-8,
    );
  });

test('areas of every band of the index table are SciPy’s trapezoids to 1e-9', () => {
  const { x, y, areas } = scipy.areas;
  const spectra = [spectrum(x, y), descending(spectrum(x, y))];
  for (const { range, ...expected } of areas)
    for (const kind of ['none', 'local'] as const)
      for (const s of spectra)
        assert.ok(
          Math.abs(bandArea(s, range, { baseline: kind }) / expected[kind] - 1) < 1e-9,
          `${range} ${kind}`,
        );
});

test('peaks have SciPy’s prominences and widths', () => {
  const { indices, prominences, widths } = scipy.peaks;
  const found = findPeaks(sample, { prominence: 0.05 });
  assert.deepEqual(
    found.map(({ index }) => index),
    indices,
  );
  const numbers = (key: 'prominence' | 'width') => found.map((peak) => peak[key]);
  assert.ok(deviation(numbers('prominence'), prominences) < 1e-12);
  assert.ok(deviation(numbers('width'), widths) < 1e-12);
});

test('a fitted pseudo-Voigt band has SciPy’s parameters and standard errors', () => {
  const { y, parameters, errors } = scipy.peakFit;
  const { peaks, baseline: line, converged } = fitPeaks(spectrum(scipy.x, y), { positions: [810] });
  const [{ height, position, width, lorentzShare }] = peaks;
  const found = [line.level, line.slope, height, position, width, lorentzShare];
  assert.ok(converged);
  found.forEach(({ value, error }, k) => {
    assert.ok(Math.abs(value / parameters[k] - 1) < 1e-5, `parameter ${k}: ${value}`);
    assert.ok(Math.abs(error / errors[k] - 1) < 1e-3, `error ${k}: ${error} instead of ${errors[k]}`);
  });
});

test('scatter corrections are the least-squares solutions', () => {
  const { reference: like, distorted, ...expected } = scipy.scatter;
  const target = spectrum(scipy.x, like);
  const source = spectrum(scipy.x, distorted);
  assert.ok(deviation(msc(source, target).y, expected.msc) < 1e-10);
  assert.ok(deviation(emsc(source, target).y, expected.emsc) < 1e-10);
  assert.ok(deviation(emsc(source, target).y, like) < 1e-10, 'a bent baseline is taken away whole');
});

test('non-negative least squares is SciPy’s', () => {
  const { A, b, x } = scipy.nnls;
  const k = A[0].length;
  const columns = matrix(A);
  const G = matrix(k, k);
  const f = new Float64Array(k);
  for (let i = 0; i < A.length; i++)
    for (let a = 0; a < k; a++) {
      f[a] += row(columns, i)[a] * b[i];
      for (let c = 0; c < k; c++) G.data[a * k + c] += row(columns, i)[a] * row(columns, i)[c];
    }
  assert.ok(deviation(nonNegativeLeastSquares(G, f), x) < 1e-10);
});
