import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { packageRoot } from '../../src/kernel/install/root.js';
import { insightFigures } from '../plots/insight-samples.js';
import { sampleFigures } from '../plots/samples.js';
import { launch, skip } from './lab.js';

/** One column of a journal (90 mm), two columns, and a wide screen, in pixels. */
const WIDTHS = [340, 718, 1200];

const browser = skip ? undefined : await launch();
after(() => browser?.close());

/** Draws a figure and names the texts that are cut by its frame, and the tick labels that lie over one another. */
const FAULTS = `async (figure, width) => {
  const frame = document.getElementById('figure');
  frame.style.width = width + 'px';
  await Plotly.newPlot(frame, figure.data, figure.layout, { staticPlot: true });
  const { left, right, top, bottom } = frame.getBoundingClientRect();
  const boxes = (selector) => [...frame.querySelectorAll(selector)]
    .map((node) => ({ text: node.textContent, box: node.getBoundingClientRect() }))
    .filter(({ text, box }) => text && box.width > 0);
  const cut = boxes('text').filter(({ box }) =>
    box.left < left - 1 || box.right > right + 1 || box.top < top - 1 || box.bottom > bottom + 1);
  const over = (a, b) => a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1;
  const crossed = ['.xtick text', '.ytick text'].map(boxes).flatMap((labels) =>
    labels.filter(({ box }, k) => labels.slice(0, k).some((other) => over(box, other.box))));
  return [...cut.map(({ text }) => 'cut: ' + text), ...crossed.map(({ text }) => 'overlapping: ' + text)];
}`;

test('in figures of one column, two columns and a screen no text is cut and no tick label hidden', {
  skip,
}, async () => {
  const page = await browser!.newPage({ viewport: { width: 1300, height: 900 } });
  await page.setContent('<body style="margin:0"><div id="figure"></div></body>');
  await page.addScriptTag({ path: join(packageRoot(), 'node_modules/plotly.js-dist-min/plotly.min.js') });
  const faults: string[] = [];
  const [title, name] = ['What a figure says', 'fine-tuned'];
  for (const [k, figure] of [...sampleFigures(title, name), ...insightFigures(title, name)].entries())
    for (const width of WIDTHS) {
      const call = `(${FAULTS})(${JSON.stringify(figure)}, ${width})`;
      const found = (await page.evaluate(call)) as string[];
      faults.push(...found.map((fault) => `figure ${k} at ${width} px: ${fault}`));
    }
  assert.deepEqual(faults, []);
});
