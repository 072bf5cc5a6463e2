import { random } from '../../src/numeric/random.js';
import { spectralLibrary } from '../../src/spectra/library/library.js';
import { searchLibrary } from '../../src/spectra/library/search.js';
import { spectrum } from '../../src/spectra/spectrum.js';
import { readFloats, writeFloats } from '../files.js';
import type { BenchTask } from '../task.js';

const QUERIES = 1000;
const REFERENCES = 10_000;
const POINTS = 1863;

export const task: BenchTask = {
  name: 'library-search',
  title:
    'library search, 1,000 × 10,000 synthetic spectra of 1,863 points, correlation, best 5 each, two threads',
  prepare(folder) {
    writeFloats(folder, 'references.f32', syntheticSpectra('references', REFERENCES));
    writeFloats(folder, 'queries.f32', syntheticSpectra('queries', QUERIES));
  },
  peers: [{ name: 'NumPy', script: 'library_search.py', argument: 'numpy' }],
  repeats: 3,
  async ours(folder) {
    const references = spectraFrom(readFloats(folder, 'references.f32'));
    const queries = spectraFrom(readFloats(folder, 'queries.f32'));
    const library = spectralLibrary(references);
    await searchLibrary(library, queries.slice(0, 20));
    const start = performance.now();
    const matches = await searchLibrary(library, queries, { workers: 2 });
    const seconds = (performance.now() - start) / 1000;
    const score = matches.reduce((sum, { hits }) => sum + hits[0].score, 0) / matches.length;
    return { seconds, quality: { meanBestScore: score } };
  },
};

/** Ten bands at places of their own on a slope, with noise: n × POINTS. */
function syntheticSpectra(seed: string, n: number): Float32Array {
  const r = random(seed);
  const out = new Float32Array(n * POINTS);
  for (let i = 0; i < n; i++) {
    const row = out.subarray(i * POINTS, (i + 1) * POINTS);
    const slope = r.normal() / POINTS;
    for (let k = 0; k < POINTS; k++) row[k] = slope * k + 0.01 * r.uniform();
    for (let band = 0; band < 10; band++)
      addBand(row, POINTS * r.uniform(), 5 + 20 * r.uniform(), r.uniform());
  }
  return out;
}

function addBand(row: Float32Array, centre: number, width: number, height: number): void {
  const from = Math.max(0, Math.floor(centre - 10 * width));
  const to = Math.min(row.length, Math.ceil(centre + 10 * width));
  for (let k = from; k < to; k++) row[k] += height / (1 + ((k - centre) / width) ** 2);
}

const axis = Float64Array.from({ length: POINTS }, (_, k) => 401.2 + 1.93 * k);

function spectraFrom(values: Float32Array) {
  return Array.from({ length: values.length / POINTS }, (_, i) =>
    spectrum(axis, values.subarray(i * POINTS, (i + 1) * POINTS), { title: String(i) }),
  );
}
