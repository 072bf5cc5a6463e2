import assert from 'node:assert/strict';
import { test } from 'node:test';
import { indexFigure } from '../../src/plots/degradation.js';
import { matchFigure, thresholdFigure } from '../../src/plots/library-match.js';
import { spectraFigure } from '../../src/plots/spectra.js';
import { indexOf } from '../../src/spectra/indices.js';
import { spectralLibrary } from '../../src/spectra/library/library.js';
import { searchLibrary } from '../../src/spectra/library/search.js';
import { chooseMatchThreshold } from '../../src/spectra/library/threshold.js';
import { spectrum } from '../../src/spectra/spectrum.js';
import { syntheticPolymer } from '../../src/spectra/synthetic-polymer.js';

interface Line {
  x: number[];
  y: (number | null)[];
  name: string;
  line: { dash: string };
}
const lines = (figure: { data: unknown[] }) => figure.data as Line[];

test('spectra stand one above the other over a descending axis, each named at its right end', () => {
  const a = spectrum([400, 600, 800], [0, 1, Number.NaN], { title: 'a<b' });
  const b = spectrum([800, 600, 400], [0, 2, 0], { title: 'b' });
  const { data, layout } = spectraFigure([a, b], { offset: 1.5 });
  assert.deepEqual(lines({ data })[0].y, [0, 1, null]);
  assert.deepEqual(lines({ data })[1].y, [3, 5, 3]);
  assert.deepEqual(layout.xaxis?.range, [800, 400]);
  const labels = layout.annotations!.map(({ text: words, y }) => [words, y]);
  assert.deepEqual(labels, [
    ['a&lt;b', 0],
    ['b', 3],
  ]);
  assert.match((layout.yaxis!.title as { text: string }).text, /^absorbance, offset$/);
});

test('Raman shifts ascend; laid over each other, spectra have a legend and dashes instead of names', () => {
  const raman = spectrum([400, 600], [1, 2], { technique: 'Raman', yUnit: 'intensity' });
  const { data, layout } = spectraFigure([raman, raman], { offset: 0 });
  assert.deepEqual([layout.xaxis?.range, layout.showlegend, layout.annotations], [[400, 600], true, []]);
  assert.deepEqual(
    lines({ data }).map(({ line }) => line.dash),
    ['solid', 'dash'],
  );
});

test('bands are written above, masked ranges hatched, ranges tinted, the rest cut away', () => {
  const s = syntheticPolymer('PE');
  const { data, layout } = spectraFigure([s], {
    bands: [{ at: 1715, assignment: 'C=O' }],
    masked: [[2280, 2420]],
    ranges: [[1650, 1850]],
    window: [1000, 2500],
    synthetic: true,
    title: 'PE',
  });
  assert.equal(layout.annotations!.at(-1)!.text, 'C=O 1715');
  assert.ok(layout.shapes!.length > 10);
  assert.deepEqual([lines({ data })[0].x[0], lines({ data })[0].x.at(-1)], [2500, 1000]);
  assert.match((layout.title as { text: string }).text, /^PE \(synthetic data\)$/);
});

test('indices are sorted, with their limits and intervals', () => {
  const rows = [0.1, 0.3, 0.02].map((carbonyl) => ({
    name: String(carbonyl),
    index: indexOf(syntheticPolymer('PE', { carbonyl }), 'SAUB'),
  }));
  const { data, layout } = indexFigure(rows);
  const [limits, dots] = data as unknown as { x: number[]; y: string[] }[];
  assert.deepEqual(dots.y, ['0.02', '0.1', '0.3']);
  assert.ok(dots.x[0] < dots.x[1] && dots.x[1] < dots.x[2] && limits.x[0] < dots.x[0]);
  assert.match((layout.title as { text: string }).text, /area 1650–1850 \/ 1420–1500 cm⁻¹, baseline none/);
});

test('matches show score, margin and verdict; the threshold parts known from unknown', async () => {
  const polymers = ['PE', 'PS', 'PET'] as const;
  const spectra = polymers.flatMap((name) => [1, 2, 3].map((seed) => syntheticPolymer(name, { seed })));
  const library = spectralLibrary(spectra, { names: polymers.flatMap((name) => [name, name, name]) });
  const choice = chooseMatchThreshold(library);
  const matches = await searchLibrary(library, [syntheticPolymer('PS', { seed: 9 })], {
    threshold: choice.threshold,
  });
  const { data, layout } = matchFigure(matches);
  const [others, best] = lines({ data });
  assert.ok(best.x[0] - others.x[0] > 0.1);
  assert.deepEqual(best.y, ['synthetic PS → <b>PS</b>']);
  assert.equal(layout.shapes!.length, 2);
  const [known, unknown] = lines(thresholdFigure(choice));
  assert.deepEqual([known.y[0], unknown.y[0], known.x.length], [1, 1, 9]);
  assert.throws(() => matchFigure([]), /^RangeError: matches must hold at least one match to be drawn$/);
});
