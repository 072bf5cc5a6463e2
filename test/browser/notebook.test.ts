import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { type Lab, notebook, skip, startLab } from './lab.js';

const PLOTLY = 'application/vnd.plotly.v1+json';

describe('a notebook in JupyterLab', { skip, timeout: 150_000 }, () => {
  let lab: Lab;
  before(async () => {
    lab = await startLab();
  });
  after(() => lab?.close());

  it('draws a saved figure though the notebook is not trusted', async () => {
    const saved = notebook(['1']) as { cells: { outputs: object[] }[] };
    const data = { [PLOTLY]: { data: [{ y: [1, 2] }], layout: {} }, 'text/plain': 'Figure' };
    saved.cells[0].outputs = [{ output_type: 'execute_result', execution_count: 1, metadata: {}, data }];
    await lab.open('untrusted.ipynb', saved);
    await lab.page.waitForSelector('.js-plotly-plot .main-svg', { timeout: 20_000 });
  });

  it('shows all of 100,000 lines, and stays usable', async () => {
    await lab.open('flood.ipynb', notebook(['for (let i = 0; i < 100_000; i++) console.log(i); "end"']));
    await lab.runAll();
    await lab.page.locator('.jp-OutputArea-output', { hasText: "'end'" }).waitFor({ timeout: 60_000 });
    const text = await lab.page.locator('.jp-OutputArea-output').first().textContent();
    assert.equal(text!.trimEnd().split('\n').length, 100_000);
    await lab.page.click('.jp-Cell .cm-content', { timeout: 5000 });
  });

  it('moves a widget while a model is being fitted', async () => {
    const cells = [
      `import { IntSlider } from 'nurdle';
import * as tf from '@tensorflow/tfjs-node';
const slider = new IntSlider({ value: 0 });
slider`,
      `const model = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [1] })] });
model.compile({ loss: 'meanSquaredError', optimizer: 'sgd' });
let epochs = 0;
await model.fit(tf.ones([64, 1]), tf.ones([64, 1]), { epochs: 100_000, verbose: 0, yieldEvery: 'batch',
  callbacks: { onEpochEnd: async () => { epochs++; if (slider.value > 0) model.stopTraining = true; } } });
\`stopped by \${slider.value}, \${epochs > 0}\``,
    ];
    await lab.open('fit.ipynb', notebook(cells));
    void lab.runAll().catch(() => {});
    await lab.page.locator('.widget-slider .noUi-handle').first().focus({ timeout: 40_000 });
    await lab.page.waitForTimeout(2000);
    await lab.page.keyboard.press('ArrowRight');
    await lab.page
      .locator('.jp-OutputArea-output', { hasText: "'stopped by 1, true'" })
      .waitFor({ timeout: 40_000 });
    await lab.screenshot('fit');
  });

  it('completes with Tab and inspects with Shift+Tab', async () => {
    await lab.open('editor.ipynb', notebook(['const words = ["a"]', 'words.ma']));
    await lab.runAll();
    await lab.page.locator('.jp-Cell .cm-content').nth(1).click();
    await lab.page.keyboard.press('End');
    await lab.page.keyboard.press('Tab');
    await lab.page.locator('.jp-Completer', { hasText: 'map' }).waitFor({ timeout: 20_000 });
    await lab.screenshot('completion');
    await lab.page.keyboard.press('Enter');
    await lab.page.keyboard.press('Shift+Tab');
    await lab.page.locator('.jp-Tooltip', { hasText: 'callbackfn' }).waitFor({ timeout: 20_000 });
    await lab.screenshot('inspection');
  });
});
