import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { packageRoot } from '../../src/kernel/install/root.js';
import { temporaryPrefix } from '../kernel/environment.js';
import { errorsOf, figuresOf, type Notebook, nbconvert, notebooksFolder } from '../notebooks/run.js';
import { launch, skip } from './lab.js';

const NAME = '01-quickstart.ipynb';
const prefix = temporaryPrefix();
after(() => prefix.remove());

const FINISHED = `(() => {
  const code = jupyterapp.shell.currentWidget.content.model.toJSON().cells.filter((cell) => cell.cell_type === 'code');
  return code.every((cell) => cell.execution_count) || code.some((cell) => cell.outputs.some((o) => o.output_type === 'error'));
})()`;

/** Where the pictures of this test are kept for looking at. */
const pictures = process.env.NURDLE_SCREENSHOTS ?? join(packageRoot(), '.nurdle/screenshots');
mkdirSync(pictures, { recursive: true });

/** `npm start -- …` on a copy of the notebook, so that JupyterLab's autosave leaves ours alone. */
async function npmStart() {
  copyFileSync(join(notebooksFolder, NAME), join(prefix.folder, NAME));
  const args = [
    '--no-browser',
    '--allow-root',
    '--port=0',
    '--IdentityProvider.token=',
    '--LabApp.expose_app_in_browser=True',
  ];
  const start = join(packageRoot(), 'setup/start.mjs');
  const lab = spawn(process.execPath, [start, ...args, `--ServerApp.root_dir=${prefix.folder}`], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const address = await new Promise<string>((resolve, reject) => {
    let said = '';
    const listen = (chunk: Buffer) => {
      said += chunk;
      const url = /http:\/\/(?:127\.0\.0\.1|localhost):\d+\/lab/.exec(said)?.[0];
      if (url) resolve(url.replace('localhost', '127.0.0.1'));
    };
    lab.stdout.on('data', listen);
    lab.stderr.on('data', listen);
    lab.on('exit', () => reject(new Error(`npm start ended:\n${said}`)));
  });
  const stop = () =>
    new Promise((resolve) => {
      lab.removeAllListeners('exit').once('exit', resolve);
      lab.kill('SIGTERM');
    });
  return { address, stop };
}

test('npm start serves JupyterLab, and the quickstart runs in it with its figures', { skip }, async () => {
  const { address, stop } = await npmStart();
  const browser = await launch();
  try {
    const page = await browser.newPage({ viewport: { width: 1200, height: 1300 } });
    const external: string[] = [];
    page.on('request', (request) => {
      if (/^https?:/.test(request.url()) && !request.url().startsWith(new URL(address).origin))
        external.push(request.url());
    });
    await page.goto(`${address}/tree/${NAME}?reset`, { waitUntil: 'domcontentloaded' });
    await page.waitForSelector('.jp-Notebook .jp-Cell', { timeout: 60_000 });
    await page.evaluate(`(async () => {
      const { sessionContext } = jupyterapp.shell.currentWidget.context;
      await sessionContext.ready;
      await sessionContext.session.kernel.info;
      void jupyterapp.commands.execute('notebook:run-all-cells');
    })()`);
    // Done when the last cell has its number, or a cell has failed.
    await page.waitForFunction(FINISHED, null, { timeout: 900_000, polling: 500 });
    const notebook = (await page.evaluate(
      'jupyterapp.shell.currentWidget.content.model.toJSON()',
    )) as Notebook;
    assert.deepEqual(errorsOf(notebook), []);
    const code = notebook.cells.filter((cell) => cell.cell_type === 'code');
    assert.deepEqual(
      code.map((cell) => cell.execution_count),
      code.map((_, i) => i + 1),
    );
    const figures = figuresOf(notebook).length;
    assert.ok(figures >= 7, `${figures} figures`);
    // JupyterLab draws only the cells that are in sight: go to each figure and see it drawn.
    for (const cell of await page.locator('.jp-RenderedPlotly').all()) await cell.scrollIntoViewIfNeeded();
    await page.waitForSelector('.jp-RenderedPlotly .main-svg', { timeout: 30_000 });
    await page.screenshot({ path: join(pictures, 'quickstart-lab.png') });
    assert.deepEqual(external, [], 'nothing is fetched from elsewhere');
  } finally {
    await browser.close();
    await stop();
  }
});

test('the exported page shows every figure with the network off', { skip }, async () => {
  const args = ['--to', 'html', '--execute', '--template', 'nurdle', '--output-dir', prefix.folder];
  nbconvert([...args, join(notebooksFolder, NAME)], prefix.env);
  const file = join(prefix.folder, NAME.replace('.ipynb', '.html'));
  assert.ok(existsSync(file));
  const browser = await launch();
  try {
    const context = await browser.newContext({ offline: true, viewport: { width: 1200, height: 1300 } });
    const page = await context.newPage();
    const requests: string[] = [];
    page.on('request', (request) => {
      if (/^https?:/.test(request.url())) requests.push(request.url());
    });
    await page.goto(pathToFileURL(file).href);
    await page.waitForFunction(`document.querySelectorAll('.js-plotly-plot').length >= 7`, null, {
      timeout: 30_000,
    });
    const drawn = await page.evaluate(
      `[...document.querySelectorAll('.js-plotly-plot .main-svg')].filter((svg) => svg.getBoundingClientRect().width > 300).length`,
    );
    assert.ok((drawn as number) >= 7, `${drawn} figures have a picture`);
    await page.screenshot({ path: join(pictures, 'quickstart-page.png'), fullPage: true });
    assert.deepEqual(requests, []);
  } finally {
    await browser.close();
  }
});
