import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { jupyter, type Prefix, temporaryPrefix } from '../kernel/environment.js';

const CHROMIUM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) =>
  existsSync(path),
);

/** Why browser tests are skipped, or false. */
export const skip = jupyter.skip || (CHROMIUM ? false : 'there is no Chromium on this machine');

/** JupyterLab with our kernels, and a browser in front of it. */
export interface Lab {
  prefix: Prefix;
  page: Page;
  /** Requests that left this machine: there should be none. */
  external: string[];
  /** Errors of the page's console. */
  errors: string[];
  /** Writes a notebook and opens it with a kernel. */
  open(name: string, content: object): Promise<void>;
  runAll(): Promise<void>;
  screenshot(name: string): Promise<void>;
  close(): Promise<void>;
}

/** An application of Jupyter that shows notebooks: what runs it, with which options, where its pages are. */
export interface Front {
  python: string;
  module: string;
  options: readonly string[];
  page(notebook: string): string;
}

const JUPYTERLAB: Front = {
  python: jupyter.python,
  module: 'jupyterlab',
  options: ['--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate'],
  page: (name) => `lab/tree/${name}?reset`,
};

/** Run in the page, through the application object that `expose_app_in_browser` gives. */
const NOTEBOOK_OPEN = 'globalThis.jupyterapp?.shell.currentWidget?.context !== undefined';
const KERNEL_READY = `(async () => {
  const { sessionContext } = jupyterapp.shell.currentWidget.context;
  await sessionContext.ready;
  await sessionContext.session.kernel.info;
})()`;
const RUN_ALL = `jupyterapp.commands.execute('notebook:run-all-cells')`;

export async function startLab(front = JUPYTERLAB): Promise<Lab> {
  const prefix = temporaryPrefix();
  const port = await freePort();
  const server = startServer(prefix, port, front);
  await waitFor(`http://127.0.0.1:${port}/api`);
  const browser = await launch();
  const page = await browser.newPage({ viewport: { width: 1200, height: 1300 } });
  const external: string[] = [];
  const errors: string[] = [];
  page.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(`http://127.0.0.1:${port}/`) && /^https?:/.test(url)) external.push(url);
  });
  // JupyterLab's debugger panel complains about every kernel that has none.
  page.on('pageerror', ({ message }) => {
    if (message !== 'No active debugger session') errors.push(message);
  });
  return {
    prefix,
    page,
    external,
    errors,
    open: async (name, content) => {
      writeFileSync(join(prefix.folder, name), JSON.stringify(content));
      await startSession(port, name);
      await page.goto(`http://127.0.0.1:${port}/${front.page(name)}`, {
        waitUntil: 'domcontentloaded',
      });
      await page.waitForSelector('.jp-Notebook .jp-Cell', { timeout: 60_000 });
      await page.waitForFunction(NOTEBOOK_OPEN, undefined, { timeout: 60_000 });
      await page.evaluate(KERNEL_READY);
    },
    runAll: async () => void (await page.evaluate(RUN_ALL)),
    screenshot: async (name) => {
      if (process.env.NURDLE_SCREENSHOTS)
        await page.screenshot({ path: join(process.env.NURDLE_SCREENSHOTS, `${name}.png`) });
    },
    close: async () => {
      await browser.close();
      await stop(server);
      prefix.remove();
    },
  };
}

export function launch(): Promise<Browser> {
  const quiet = [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-background-networking',
    '--disable-component-update',
  ];
  return chromium.launch({ executablePath: CHROMIUM, args: quiet });
}

function startServer(prefix: Prefix, port: number, { python, module, options }: Front): ChildProcess {
  const all = [
    ...['-m', module, '--no-browser', '--allow-root', `--port=${port}`, '--ServerApp.port_retries=0'],
    ...[
      '--IdentityProvider.token=',
      '--ServerApp.disable_check_xsrf=True',
      '--expose-app-in-browser',
      `--ServerApp.root_dir=${prefix.folder}`,
    ],
    ...['--ServerApp.ip=127.0.0.1', ...options],
  ];
  return spawn(python, all, {
    env: prefix.env,
    stdio: process.env.NURDLE_SCREENSHOTS ? 'inherit' : 'ignore',
  });
}

async function stop(server: ChildProcess): Promise<void> {
  const gone = new Promise((resolve) => server.once('exit', resolve));
  server.kill('SIGINT');
  server.kill('SIGTERM');
  await gone;
}

/** A notebook whose session runs already connects to it, and asks no question. */
async function startSession(port: number, path: string): Promise<void> {
  const body = JSON.stringify({ path, name: path, type: 'notebook', kernel: { name: 'nurdle' } });
  const { ok, status } = await fetch(`http://127.0.0.1:${port}/api/sessions`, { method: 'POST', body });
  if (!ok) throw new Error(`JupyterLab did not start a kernel for ${path}: status ${status}`);
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}

async function waitFor(url: string): Promise<void> {
  for (let attempt = 0; attempt < 300; attempt++) {
    const isUp = await fetch(url).then(
      ({ ok }) => ok,
      () => false,
    );
    if (isUp) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`JupyterLab did not answer at ${url} within 30 s`);
}

export function notebook(cells: readonly string[]): object {
  return {
    nbformat: 4,
    nbformat_minor: 5,
    metadata: {
      kernelspec: { name: 'nurdle', display_name: 'TypeScript (nurdle)', language: 'typescript' },
      language_info: { name: 'typescript', pygments_lexer: 'typescript' },
    },
    cells: cells.map((source, i) => ({
      cell_type: 'code',
      id: `cell-${i}`,
      metadata: {},
      outputs: [],
      execution_count: null,
      source,
    })),
  };
}
