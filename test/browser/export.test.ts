import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { jupyter, type Prefix, temporaryPrefix } from '../kernel/environment.js';
import { launch, notebook, skip } from './lab.js';

const CELLS = [
  `import { IntSlider, HBox, Label, AnyWidget, jslink, latex } from 'nurdle';
({ data: [{ y: [1, 4, 9], type: 'scatter' }], layout: { title: { text: 'squares' }, height: 250 } })`,
  `const slider = new IntSlider({ value: 7, description: 'k' });
const other = new IntSlider({ value: 7 });
jslink([slider, 'value'], [other, 'value']);
new HBox([slider, other])`,
  `new AnyWidget({
  esm: \`export default { render({ model, el }) { el.innerHTML = '<b id="own">own ' + model.get('n') + '</b>'; } }\`,
  state: { n: 5 },
})`,
  `latex('\\\\int_0^1 x^2 \\\\, dx')`,
];

describe('a notebook exported to one HTML page, with the network off', { skip, timeout: 120_000 }, () => {
  let prefix: Prefix;
  let browser: Browser;
  let page: Page;
  const requests: string[] = [];
  const errors: string[] = [];
  before(async () => {
    prefix = temporaryPrefix();
    const file = join(prefix.folder, 'page.ipynb');
    writeFileSync(file, JSON.stringify(notebook(CELLS)));
    const options = [
      '--to',
      'html',
      '--execute',
      '--template',
      'nurdle',
      '--output-dir',
      prefix.folder,
      file,
    ];
    const { status, stderr } = spawnSync(jupyter.python, ['-m', 'nbconvert', ...options], {
      env: prefix.env,
      encoding: 'utf8',
    });
    assert.equal(status, 0, stderr);
    browser = await launch();
    const context = await browser.newContext({ offline: true, viewport: { width: 1000, height: 1000 } });
    page = await context.newPage();
    page.on('request', (request) => {
      if (/^https?:/.test(request.url())) requests.push(request.url());
    });
    page.on('pageerror', ({ message }) => errors.push(message));
    await page.goto(pathToFileURL(join(prefix.folder, 'page.html')).href);
  });
  after(async () => {
    await browser?.close();
    prefix?.remove();
  });

  it('draws the figure', async () => {
    await page.waitForSelector('.js-plotly-plot .main-svg', { timeout: 20_000 });
  });

  it('has widgets that move: linked sliders follow each other', async () => {
    await page.waitForSelector('.widget-slider .noUi-handle', { timeout: 20_000 });
    await page.locator('.widget-slider .noUi-handle').first().focus();
    await page.keyboard.press('ArrowRight');
    const other = page.locator('.widget-readout', { hasText: '8' });
    await other.nth(1).waitFor({ timeout: 10_000 });
  });

  it('renders our own front-end modules', async () => {
    await page.waitForSelector('#own', { timeout: 20_000 });
    assert.equal(await page.textContent('#own'), 'own 5');
  });

  it('sets mathematics', async () => {
    await page.waitForSelector('mjx-container svg', { timeout: 20_000 });
    if (process.env.NURDLE_SCREENSHOTS)
      await page.screenshot({ path: join(process.env.NURDLE_SCREENSHOTS, 'export.png'), fullPage: true });
  });

  it('asks nothing of the network, and colours TypeScript as TypeScript', () => {
    assert.deepEqual(requests, []);
    assert.deepEqual(errors, []);
    const html = readFileSync(join(prefix.folder, 'page.html'), 'utf8');
    assert.match(html, /highlight hl-typescript/);
  });
});
