import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../src/kernel/install/root.js';
import type { Figure } from '../../src/plots/figure.js';
import { jupyter, type Prefix } from '../kernel/environment.js';

export const notebooksFolder = join(packageRoot(), 'notebooks');

/** Every notebook that is published, by file name. */
export const notebookNames = readdirSync(notebooksFolder)
  .filter((name) => name.endsWith('.ipynb'))
  .sort();

export interface Output {
  readonly output_type: string;
  readonly name?: string;
  readonly text?: string | string[];
  readonly data?: Readonly<Record<string, unknown>>;
  readonly evalue?: string;
  readonly traceback?: string[];
}

export interface Cell {
  readonly cell_type: string;
  readonly execution_count: number | null;
  readonly outputs: Output[];
}

export interface Notebook {
  readonly cells: Cell[];
}

const PLOTLY = 'application/vnd.plotly.v1+json';

/** Executes a notebook in our kernel over Jupyter's own protocol, and gives back what its cells showed. */
export function execute(name: string, prefix: Prefix, env: NodeJS.ProcessEnv = {}): Notebook {
  const folder = join(prefix.folder, 'executed');
  mkdirSync(folder, { recursive: true });
  const args = ['--to', 'notebook', '--execute', '--allow-errors', '--output-dir', folder];
  nbconvert([...args, join(notebooksFolder, name)], { ...prefix.env, ...env });
  return JSON.parse(readFileSync(join(folder, name), 'utf8')) as Notebook;
}

/** Runs nbconvert; throws with what it printed when it fails. */
export function nbconvert(args: string[], env: NodeJS.ProcessEnv): void {
  const { status, stderr } = spawnSync(jupyter.python, ['-m', 'nbconvert', ...args], {
    env,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr);
}

/** The figures of a notebook, in order. */
export function figuresOf({ cells }: Notebook): Figure[] {
  const shown = cells.flatMap((cell) => (cell.outputs ?? []).map((output) => output.data?.[PLOTLY]));
  return shown.filter((figure) => figure !== undefined) as Figure[];
}

const WIDGET = 'application/vnd.jupyter.widget-view+json';

/**
 * What every cell showed, without the clock, the machine and the ids of widgets: for comparing two runs. What a cell
 * printed arrives in pieces that depend on the time, and is put together again.
 */
export function shownBy({ cells }: Notebook): unknown[] {
  return cells.flatMap(({ outputs = [] }) => {
    const printed = (stream: string) =>
      outputs.flatMap(({ name, text }) => (name === stream ? [joined(text)] : [])).join('');
    const shown = outputs.flatMap(({ data }) => (data && !(WIDGET in data) ? [data[PLOTLY] ?? data] : []));
    return [printed('stdout'), printed('stderr'), ...shown];
  });
}

/** Errors that cells ended with. */
export function errorsOf({ cells }: Notebook): string[] {
  return cells.flatMap((cell) =>
    (cell.outputs ?? [])
      .filter((o) => o.output_type === 'error')
      .map((o) => (o.traceback ?? [o.evalue]).join('\n')),
  );
}

/** All text that cells printed. */
export function textOf({ cells }: Notebook): string {
  return cells.flatMap((cell) => (cell.outputs ?? []).map(({ text }) => joined(text))).join('');
}

const joined = (text: string | string[] | undefined): string =>
  Array.isArray(text) ? text.join('') : (text ?? '');
