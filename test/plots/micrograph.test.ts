import assert from 'node:assert/strict';
import { test } from 'node:test';
import { micrograph } from '../../src/images/micrograph.js';
import { readImage } from '../../src/images/readers/read.js';
import { micrographFigure, scaleBarLength } from '../../src/plots/micrograph.js';

const image = micrograph(40, 30, new Uint8Array(1200).fill(128), { micronsPerPixel: 0.25, infoBarRows: 10 });

/** Grey values of a trace's picture, read back. */
function pixelsOf(trace: unknown): { width: number; height: number; grey: Float32Array } {
  const { source } = trace as { source: string };
  return readImage(Buffer.from(source.slice('data:image/png;base64,'.length), 'base64')).micrograph;
}

test('a micrograph is shown grey as it is, without its info bar, one unit wide', () => {
  const { data, layout } = micrographFigure(image, { title: 'a' });
  const { width, height, grey } = pixelsOf(data[0]);
  assert.deepEqual([width, height, Math.round(grey[0] * 255)], [40, 20, 128]);
  const { x0, dx } = data[0] as { x0: number; dx: number };
  assert.deepEqual([x0, dx], [1 / 80, 1 / 40]);
  assert.deepEqual((layout.xaxis as { range: number[] }).range, [0, 1]);
});

test('the scale bar is round, in µm, as long as it says, at the bottom right', () => {
  const { layout } = micrographFigure(image);
  const [bar] = layout.shapes as { x0: number; x1: number; y1: number }[];
  const microns = (bar.x1 - bar.x0) * 40 * 0.25;
  assert.ok(Math.abs(microns - 2) < 1e-9);
  assert.ok(bar.x1 < 1 && bar.x1 > 0.9 && bar.y1 < 0.5);
  assert.equal((layout.annotations as { text: string }[])[0].text, '2 µm');
  assert.deepEqual([0.9, 10, 37, 4400].map(scaleBarLength), [0.2, 2, 5, 1000]);
});

test('without a pixel size there is no scale bar', () => {
  const { layout } = micrographFigure({ ...image, micronsPerPixel: null });
  assert.deepEqual([layout.shapes, layout.annotations], [[], []]);
});

test('a mask tints its pixels, panels have labels, and synthetic pictures are called so', () => {
  const mask = new Uint8Array(800);
  mask[0] = 1;
  const panels = [
    { image, label: 'a <b>' },
    { image, mask },
  ];
  const { data, layout } = micrographFigure(panels, { title: 'two', synthetic: true });
  const { grey } = pixelsOf(data[1]);
  assert.notEqual(grey[0], grey[1]);
  assert.ok((layout.annotations as { text: string }[]).some(({ text }) => text === 'a &lt;b&gt;'));
  assert.match((layout.title as { text: string }).text, /synthetic/);
});

test('no panel, or a mask of another size, is refused', () => {
  assert.throws(() => micrographFigure([]), {
    message: 'panels must hold at least one micrograph, but is empty',
  });
  assert.throws(() => micrographFigure([{ image, mask: [1, 2] }]), {
    message: 'mask must have 800 values like the image, but has 2',
  });
});
