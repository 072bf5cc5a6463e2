import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { type Lab, skip as noBrowser, notebook, startLab } from './lab.js';

/** A Python with the packages `notebook` (version 7) and `jupyterlab_widgets`. */
const python = process.env.NURDLE_NOTEBOOK7;
const skip = noBrowser || (python ? false : 'NURDLE_NOTEBOOK7 names no Python with Notebook 7');

const CELLS = [
  `import { IntSlider, HTML, VBox, AnyWidget } from 'nurdle';
const slider = new IntSlider({ value: 3, description: 'k' });
const shown = new HTML({ value: 'squared: 9' });
slider.onChange((k) => { shown.value = 'squared: ' + k * k; });
new VBox([slider, shown])`,
  `new AnyWidget({ esm: \`export default { render({ model, el }) { el.innerHTML = '<b id="any">' + model.get('word') + '</b>'; } }\`, state: { word: 'alive' } })`,
  `({ data: [{ y: [1, 4, 9], type: 'scatter' }], layout: { title: { text: 'squares' }, height: 250 } })`,
];

describe('Notebook 7 with the kernel installed into its prefix', { skip, timeout: 180_000 }, () => {
  let lab: Lab;
  before(async () => {
    lab = await startLab({
      python: python!,
      module: 'notebook',
      options: [],
      page: (name) => `notebooks/${name}`,
    });
    await lab.open('seven.ipynb', notebook(CELLS));
    await lab.runAll();
  });
  after(() => lab?.close());

  it('moves a widget, shows an AnyWidget and draws a figure', async () => {
    const text = (selector: string, hasText: string) =>
      lab.page.locator(selector, { hasText }).first().waitFor({ timeout: 30_000 });
    await text('#any', 'alive');
    await lab.page.waitForSelector('.js-plotly-plot .main-svg', { timeout: 30_000 });
    await text('.widget-html-content', 'squared: 9');
    const { x, y, width, height } = (await lab.page.locator('.noUi-target').first().boundingBox())!;
    await lab.page.mouse.click(x + 0.8 * width, y + height / 2);
    await text('.widget-html-content', 'squared: 6400');
    await lab.screenshot('notebook7');
    assert.deepEqual(lab.external, []);
  });
});
