import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { type Lab, notebook, skip, startLab } from './lab.js';

const CELLS = [
  `import { IntSlider, HTML, VBox, AnyWidget } from 'nurdle';
const slider = new IntSlider({ value: 3, min: 0, max: 100, description: 'k' });
const shown = new HTML({ value: 'squared: 9' });
slider.onChange((k) => { shown.value = 'squared: ' + k * k; });
new VBox([slider, shown])`,
  `const counter = new AnyWidget({
  esm: \`export default { render({ model, el }) {
    const button = document.createElement('button');
    button.id = 'counter';
    const reply = document.createElement('span');
    reply.id = 'reply';
    const draw = () => { button.textContent = 'count ' + model.get('count'); };
    button.onclick = () => { model.set('count', model.get('count') + 1); model.save_changes(); model.send({ say: 'bytes' }, undefined, [new Uint8Array([1, 2, 3])]); };
    model.on('change:count', draw);
    model.on('msg:custom', (message, buffers) => { reply.textContent = message.sum + ' in ' + buffers[0].byteLength + ' bytes'; });
    draw();
    el.append(button, reply);
  } }\`,
  state: { count: 0 },
});
counter.onMessage((content: { say: string }, [bytes]: Uint8Array[]) => {
  counter.sendMessage({ sum: bytes.reduce((a, b) => a + b, 0) }, [new Float64Array(4) as unknown as Uint8Array]);
});
counter`,
  `({ data: [{ y: [1, 4, 9], type: 'scatter' }], layout: { title: { text: 'squares' }, height: 250 } })`,
];

describe('widgets in JupyterLab', { skip, timeout: 120_000 }, () => {
  let lab: Lab;
  before(async () => {
    lab = await startLab();
    await lab.open('widgets.ipynb', notebook(CELLS));
    await lab.runAll();
  });
  after(() => lab?.close());

  const waitForText = (selector: string, hasText: string) =>
    lab.page.locator(selector, { hasText }).first().waitFor({ timeout: 20_000 });
  const moveSlider = async (key: string) => {
    await lab.page.focus('.widget-slider .noUi-handle');
    await lab.page.keyboard.press(key);
  };

  it('runs a TypeScript callback when a slider moves', async () => {
    await waitForText('.widget-html-content', 'squared: 9');
    await moveSlider('ArrowRight');
    await waitForText('.widget-html-content', 'squared: 16');
    await lab.screenshot('slider');
  });

  it('lets an AnyWidget set state, and send and receive bytes', async () => {
    await lab.page.click('#counter');
    await waitForText('#reply', '6 in 32 bytes');
    assert.equal(await lab.page.textContent('#counter'), 'count 1');
  });

  it('draws a plotly figure', async () => {
    await lab.page.waitForSelector('.js-plotly-plot .main-svg', { timeout: 20_000 });
    await lab.screenshot('plotly');
  });

  it('restores widgets after the page is loaded again', async () => {
    await lab.page.keyboard.press('Control+s');
    await lab.page.waitForTimeout(1000);
    await lab.page.reload({ waitUntil: 'domcontentloaded' });
    await waitForText('#counter', 'count 1');
    await waitForText('.widget-html-content', 'squared: 16');
    await moveSlider('ArrowRight');
    await waitForText('.widget-html-content', 'squared: 25');
    await lab.screenshot('reload');
  });

  it('asks nothing of the network', () => {
    assert.deepEqual(lab.external, []);
    assert.deepEqual(lab.errors, []);
  });
});
