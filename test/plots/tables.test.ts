import assert from 'node:assert/strict';
import { test } from 'node:test';
import { harmonise } from '../../src/frames/harmonise.js';
import { table } from '../../src/frames/table.js';
import { cumulativeFigure } from '../../src/plots/cumulative.js';
import type { Figure } from '../../src/plots/figure.js';
import { filledFigure } from '../../src/plots/missing.js';

const trace = (figure: Figure, k: number) => figure.data[k] as unknown as Record<string, unknown>;

test('a field says how much of a column a table fills', () => {
  const raw = table({ m: ['PS', 'PS', null, 'PE'], v: [90, 20, 30, 95] });
  const { report } = harmonise(raw, { mapping: { material: 'm', viability_pct: 'v' }, name: 'a<b' });
  const figure = filledFigure([report], { title: 'Filled', synthetic: true });
  const { x, y, z } = trace(figure, 0) as { x: string[]; y: string[]; z: number[][] };
  assert.deepEqual(y, ['a&lt;b (4)']);
  assert.equal(z[0][x.indexOf('material')], 0.75);
  assert.equal(z[0][x.indexOf('viability (%)')], 1);
  assert.equal(figure.layout.annotations!.find((a) => a.x === 'material')!.text, '75 %');
  assert.match((figure.layout.title as { text: string }).text, /synthetic data/);
});

test('a curve rises from the first value to all of them; unknown values are left out', () => {
  const figure = cumulativeFigure([{ name: 'a', values: [3, 1, Number.NaN, 2, 2] }], { mark: 2 });
  const { x, y, name } = trace(figure, 0);
  assert.deepEqual([x, y, name], [[1, 2, 2, 3], [0.25, 0.5, 0.75, 1], 'a (4)']);
  assert.equal((figure.layout.shapes![0] as { x0: number }).x0, 2);
});

test('a logarithmic curve leaves out zero; a long one is thinned but keeps its end; an empty one is empty', () => {
  const long = Array.from({ length: 12_345 }, (_, i) => i);
  const figure = cumulativeFigure(
    [
      { name: 'long', values: long },
      { name: 'none', values: [0] },
    ],
    { logarithmic: true },
  );
  const { x, y } = trace(figure, 0) as { x: number[]; y: number[] };
  assert.ok(x.length <= 1000 && x[0] > 0);
  assert.deepEqual([x.at(-1), y.at(-1)], [12_344, 1]);
  assert.deepEqual(trace(figure, 1)['x'], []);
  assert.deepEqual(cumulativeFigure([{ name: 'none', values: [] }], { logarithmic: true }).data.length, 1);
});
