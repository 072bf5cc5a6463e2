import assert from 'node:assert/strict';
import { test } from 'node:test';
import { micrograph } from '../../src/images/micrograph.js';
import { readImage } from '../../src/images/readers/read.js';
import { matrix } from '../../src/numeric/matrix.js';
import { attentionFigure } from '../../src/plots/attention.js';
import { mapFigure } from '../../src/plots/map.js';
import { matrixFigure } from '../../src/plots/matrix.js';
import { micrographFigure } from '../../src/plots/micrograph.js';
import { sharesFigure } from '../../src/plots/shares.js';
import { insightFigures } from './insight-samples.js';

const HOSTILE = '<img onerror=alert(1)>';

test('figures of attention, mixtures and maps say synthetic, and names are text', () => {
  for (const figure of insightFigures('attention', HOSTILE)) {
    const json = JSON.stringify(figure);
    assert.ok(!json.includes('<img'), json.slice(0, 400));
    assert.match((figure.layout.title as { text: string }).text, /synthetic/);
  }
});

test('strips of attention share one scale, wavenumber descends, and the highest value is written', () => {
  const { data, layout } = attentionFigure(
    [400, 500, 600],
    [0, 1, 0],
    [
      { name: 'UV', attention: [0, 0.4, 0.1] },
      { name: 'thermal', attention: [0.2, 0, 0] },
    ],
  );
  assert.deepEqual((layout.xaxis as { range: number[] }).range, [600, 400]);
  const axes = layout as unknown as Record<string, { range: number[]; ticktext: string[]; domain: number[] }>;
  assert.deepEqual(axes['yaxis2'].range, axes['yaxis3'].range);
  assert.deepEqual(axes['yaxis2'].ticktext, ['0.40']);
  assert.ok(axes['yaxis3'].domain[1] < axes['yaxis2'].domain[0]);
  assert.deepEqual((data[1] as { y: number[] }).y, [0, 0.4, 0.1]);
});

test('attention is laid over the grey picture at 45 %, with the grey one under it and a switch between them', () => {
  const image = micrograph(2, 1, new Uint8Array([100, 100]), { micronsPerPixel: 0.1 });
  const { data, layout } = micrographFigure([{ image, heat: [0, 1] }]);
  const pixels = (trace: unknown) =>
    readImage(Buffer.from((trace as { source: string }).source.split(',')[1], 'base64')).micrograph.grey;
  assert.equal(data.length, 3);
  assert.deepEqual(
    Array.from(pixels(data[0]), (v) => Math.round(v * 255)),
    [100, 100],
  );
  const [dark, bright] = pixels(data[1]);
  assert.ok(dark < bright);
  const [menu] = layout.updatemenus as unknown as { buttons: { args: [object, number[]] }[] }[];
  assert.deepEqual(menu.buttons[1].args, [{ visible: false }, [1]]);
});

test('outlines are rectangles of one pixel around their patch', () => {
  const image = micrograph(4, 4, new Uint8Array(16));
  const outlines = [{ left: 1, top: 2, width: 2, height: 1 }];
  const [shape] = micrographFigure([{ image, outlines }]).layout.shapes as unknown as Record<
    string,
    number
  >[];
  assert.deepEqual([shape['x0'], shape['x1'], shape['y0'], shape['y1']], [0.25, 0.75, 0.5, 0.75]);
});

test('a matrix writes its numbers, leaves NaN empty and frames what was expected', () => {
  const { data, layout } = matrixFigure(matrix([[0.5, Number.NaN]]), {
    rows: ['a'],
    columns: ['b', 'c'],
    framed: [[0, 0]],
  });
  assert.deepEqual((data[0] as { z: unknown }).z, [[0.5, null]]);
  assert.deepEqual(
    (layout.annotations as { text: string }[]).map(({ text }) => text),
    ['0.50'],
  );
  assert.equal(layout.shapes?.length, 1);
});

test('shares stand under the name of their row, with whiskers and the truth as a diamond', () => {
  const interval = { value: 0.6, low: 0.5, high: 0.7 };
  const { data } = sharesFigure(
    [{ label: 'p', shares: [interval, undefined], truth: [0.55, 0.45] }],
    ['UV', 'thermal'],
  );
  assert.deepEqual((data[0] as { x: number[] }).x, [0.6]);
  assert.deepEqual((data[1] as { x: number[]; y: number[] }).x, [0.55, 0.45]);
  assert.deepEqual((data[1] as { y: number[] }).y.map(Math.abs), [0, 1]);
});

test('an ellipse holds the share of its points that it says, and t-SNE has none', () => {
  const circle = Array.from({ length: 400 }, (_, k) => {
    const radius = Math.sqrt(-2 * Math.log((Math.floor(k / 20) + 0.5) / 20));
    return [3 * radius * Math.cos((2 * Math.PI * k) / 20), radius * Math.sin((2 * Math.PI * k) / 20)];
  });
  const { data } = mapFigure(
    matrix(circle),
    circle.map(() => 'a'),
    { axes: ['x', 'y'], ellipse: 0.9 },
  );
  const outline = data[1] as { x: number[]; y: number[] };
  const [a, b] = [Math.max(...outline.x), Math.max(...outline.y)];
  const inside = circle.filter(([x, y]) => (x / a) ** 2 + (y / b) ** 2 <= 1).length / 400;
  assert.ok(Math.abs(inside - 0.9) <= 0.05, `${inside}`);
  assert.throws(() => mapFigure(matrix([[1, 2]]), ['a'], { ellipse: 0.9 }), {
    message: 'ellipse must be drawn on axes on which it was computed, but the map has none',
  });
});

test('classes keep the colour of their place in the order, present or not', () => {
  const { data } = mapFigure(matrix([[1, 2]]), ['thermal'], { order: ['pristine', 'UV', 'thermal'] });
  assert.equal(data.length, 1);
  assert.equal((data[0] as { marker: { color: string } }).marker.color, '#009E73');
});

test('what does not fit a figure is refused with a sentence', () => {
  assert.throws(() => attentionFigure([1, 2], [0, 0], [{ name: 'UV', attention: [1] }]), {
    message: 'strip "UV" must have 2 values like the axis, but has 1',
  });
  assert.throws(() => matrixFigure(matrix([[1]]), { rows: ['a', 'b'], columns: ['c'] }), {
    message: 'values must be 2 × 1 like the names, but are 1 × 1',
  });
  const image = micrograph(4, 4, new Uint8Array(16));
  assert.throws(() => micrographFigure([{ image, heat: [1] }]), {
    message: 'heat must have 16 values like the image, but has 1',
  });
});
