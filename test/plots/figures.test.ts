import assert from 'node:assert/strict';
import { test } from 'node:test';
import { matrix } from '../../src/numeric/matrix.js';
import { beeswarmFigure } from '../../src/plots/beeswarm.js';
import { distanceFigure } from '../../src/plots/distances.js';
import type { Figure } from '../../src/plots/figure.js';
import { historyFigure } from '../../src/plots/history.js';
import { importanceFigure } from '../../src/plots/importance.js';
import { intervalFigure } from '../../src/plots/intervals.js';
import { mapFigure } from '../../src/plots/map.js';

/** The fields of a trace that the tests look at. */
interface Trace {
  name?: string;
  x: number[];
  y: (number | string)[];
  text: string[];
  marker: { color: unknown };
  error_x: { array: number[]; arrayminus: number[] };
}
const trace = (figure: Figure, k: number): Trace => figure.data[k] as unknown as Trace;
const titleOf = (figure: Figure): string => (figure.layout.title as { text: string }).text;
const interval = (value: number) => ({ value, low: value - 0.1, high: value + 0.05 });

test('an interval figure sets the series side by side and marks the published value', () => {
  const figure = intervalFigure(
    ['random split', 'by publication'],
    [
      { label: 'ROC-AUC', intervals: [interval(0.95), interval(0.8)], published: 0.88 },
      { label: 'MCC', intervals: [interval(0.7), undefined] },
    ],
  );
  assert.deepEqual(trace(figure, 0).x, [0.95, 0.7]);
  assert.deepEqual(trace(figure, 1).x, [0.8]);
  assert.ok((trace(figure, 0).y[0] as number) > (trace(figure, 1).y[0] as number));
  assert.equal(trace(figure, 0).error_x.array[0].toFixed(3), '0.050');
  assert.equal(trace(figure, 0).error_x.arrayminus[0].toFixed(3), '0.100');
  assert.deepEqual([trace(figure, 2).name, trace(figure, 2).x], ['published', [0.88]]);
});

test('a map has one trace a class, and distances on it carry no unit', () => {
  const figure = mapFigure(
    matrix([
      [0, 0],
      [1, 1],
      [2, 3],
    ]),
    ['PS', 'PE', 'PS'],
    { title: 't-SNE' },
  );
  assert.deepEqual([trace(figure, 0).name, trace(figure, 0).x, trace(figure, 0).y], ['PS', [0, 2], [0, 3]]);
  assert.equal((figure.layout.yaxis as { scaleanchor: string }).scaleanchor, 'x');
  assert.equal((figure.layout.xaxis as { showticklabels: boolean }).showticklabels, false);
  const pca = mapFigure(matrix([[0, 0]]), ['PS'], { axes: ['PC 1 (40 %)', 'PC 2 (20 %)'] });
  assert.equal((pca.layout.xaxis as { title: { text: string } }).title.text, 'PC 1 (40 %)');
});

test('a map refuses points and classes that do not fit', () => {
  assert.throws(() => mapFigure(matrix([[1, 2, 3]]), ['a']), {
    message: 'points must have 2 columns, but have 3',
  });
  assert.throws(() => mapFigure(matrix([[1, 2]]), []), {
    message: 'classes must name 1 rows like points, but name 0',
  });
});

test('importances are sorted with the largest last, which plotly draws on top', () => {
  const figure = importanceFigure([
    { group: 'dose', mean: 0.2, low: 0.15, high: 0.26 },
    { group: 'assay', mean: 0.01 },
    { group: 'surface', mean: 0.1 },
  ]);
  assert.deepEqual(trace(figure, 0).y, ['assay', 'surface', 'dose']);
  assert.deepEqual(
    trace(figure, 0).error_x.array.map((e) => Number(e.toFixed(3))),
    [0, 0, 0.06],
  );
});

test('a beeswarm puts the most important group on top and colours by rank of the descriptor', () => {
  const figure = beeswarmFigure({
    values: matrix([
      [0.1, -0.5],
      [0, 0.4],
      [-0.1, 0.3],
    ]),
    groups: ['time', 'dose'],
    colours: [undefined, [10, 30, 20]],
  });
  const dose = trace(figure, 1);
  assert.deepEqual(dose.x, [-0.5, 0.4, 0.3]);
  assert.deepEqual(dose.marker.color, [0, 1, 0.5]);
  assert.ok(dose.y.every((y) => Math.abs((y as number) - 1) < 0.4));
  assert.deepEqual(
    figure,
    beeswarmFigure({
      values: matrix([
        [0.1, -0.5],
        [0, 0.4],
        [-0.1, 0.3],
      ]),
      groups: ['time', 'dose'],
      colours: [undefined, [10, 30, 20]],
    }),
  );
});

test('distances are drawn as cumulative shares', () => {
  const figure = distanceFigure([{ name: 'source', distances: [3, 1, 2, 4] }], { limit: 3.5 });
  assert.deepEqual(
    [trace(figure, 0).x, trace(figure, 0).y],
    [
      [1, 2, 3, 4],
      [0.25, 0.5, 0.75, 1],
    ],
  );
  assert.equal(figure.layout.shapes?.length, 1);
});

test('synthetic data are called synthetic in the title of every figure', () => {
  const options = { title: 'T', synthetic: true };
  const figures = [
    intervalFigure(['a'], [{ label: 'x', intervals: [interval(0.5)] }], options),
    mapFigure(matrix([[0, 0]]), ['PS'], options),
    importanceFigure([{ group: 'dose', mean: 0.2 }], options),
    beeswarmFigure({ values: matrix([[0.1]]), groups: ['dose'] }, options),
    distanceFigure([{ name: 'a', distances: [1] }], options),
    historyFigure([{ name: 'loss', values: [1, 0.5] }], options),
  ];
  for (const figure of figures) assert.match(titleOf(figure), /^T \(synthetic data\)/);
});

test('HTML in data is shown as text', () => {
  const evil = '<img src=x onerror=alert(1)>';
  const figures = [
    mapFigure(
      matrix([
        [0, 0],
        [1, 1],
      ]),
      [evil, 'PS'],
      { hover: [evil, evil], title: evil, caption: evil },
    ),
    importanceFigure([{ group: evil, mean: 1 }]),
    beeswarmFigure({ values: matrix([[1]]), groups: [evil], labels: [[evil]] }),
    intervalFigure([evil], [{ label: evil, intervals: [interval(0.5)] }]),
    distanceFigure([{ name: evil, distances: [1] }]),
    historyFigure([{ name: evil, values: [1] }]),
  ];
  for (const figure of figures)
    assert.ok(!JSON.stringify(figure).includes('<img'), JSON.stringify(figure.layout.title));
});
