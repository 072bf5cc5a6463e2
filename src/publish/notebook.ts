import { readFileSync } from 'node:fs';
import { escapeHtml } from './files.js';

export interface Output {
  readonly output_type: string;
  readonly name?: string;
  readonly text?: string | string[];
  readonly data?: Readonly<Record<string, unknown>>;
  readonly ename?: string;
  readonly evalue?: string;
}

export interface Cell {
  readonly cell_type: string;
  readonly source: string | string[];
  readonly outputs?: readonly Output[];
  readonly execution_count?: number | null;
}

export interface Notebook {
  readonly cells: readonly Cell[];
  readonly metadata: Readonly<Record<string, unknown>>;
}

/** A figure as plotly takes it. */
export interface PlotlyFigure {
  readonly data: readonly Readonly<Record<string, unknown>>[];
  readonly layout?: Readonly<Record<string, unknown>>;
}

const PLOTLY = 'application/vnd.plotly.v1+json';

/** Reads a notebook; throws a sentence where the file is none. */
export function readNotebook(path: string): Notebook {
  let notebook: Partial<Notebook>;
  try {
    notebook = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new Error(`${path} cannot be read as a notebook: ${(error as Error).message}`);
  }
  if (!Array.isArray(notebook?.cells))
    throw new TypeError(
      `${path} must be a notebook of format 4 with a list "cells"; save it anew in JupyterLab`,
    );
  return { metadata: {}, ...notebook } as Notebook;
}

export const joined = (text: string | readonly string[] | undefined): string =>
  typeof text === 'string' ? text : (text ?? []).join('');

/** The first heading, or the name where there is none. */
export function titleOf({ cells }: Notebook, name: string): string {
  const words = cells.filter(({ cell_type }) => cell_type === 'markdown').map(({ source }) => joined(source));
  return /^#\s+(.+)$/m.exec(words.join('\n'))?.[1].trim() ?? name;
}

export const figureIn = (output: Output): PlotlyFigure | undefined =>
  output.data?.[PLOTLY] as PlotlyFigure | undefined;

/** The figures that cells showed, in order. */
export const figuresOf = ({ cells }: Notebook): PlotlyFigure[] =>
  cells.flatMap(({ outputs = [] }) => outputs.flatMap((output) => figureIn(output) ?? []));

/** The first cell that ended with an error, counted from 1, and what the error was. */
export function failureOf({ cells }: Notebook): { cell: number; error: string } | undefined {
  for (const [k, { outputs = [] }] of cells.entries()) {
    const error = outputs.find(({ output_type }) => output_type === 'error');
    if (error) return { cell: k + 1, error: `${error.ename}: ${error.evalue}` };
  }
  return undefined;
}

/** A notebook as a file without outputs, counts and the state of widgets. */
export function stripped(text: string): string {
  const notebook = JSON.parse(text) as Notebook;
  const { widgets, ...metadata } = notebook.metadata ?? {};
  const cells = notebook.cells.map((cell) =>
    cell.cell_type === 'code' ? { ...cell, outputs: [], execution_count: null } : cell,
  );
  return `${JSON.stringify({ ...notebook, metadata, cells }, null, 1)}\n`;
}

/** A notebook as Markdown; `picture(k)` is the address of figure k. */
export function markdownOf({ cells }: Notebook, picture: (k: number) => string | undefined): string {
  let figure = 0;
  const shown = (output: Output): string => {
    if (figureIn(output)) {
      const address = picture(figure++);
      return address ? `![Figure ${figure}](${address})` : `*Figure ${figure} needs Chromium to be drawn.*`;
    }
    const words = joined(output.text ?? (output.data?.['text/plain'] as string | string[] | undefined));
    return words ? `<pre>${escapeHtml(words.trimEnd())}</pre>` : '';
  };
  const blocks = cells.flatMap(({ cell_type, source, outputs = [] }) =>
    cell_type === 'code' ? [fenced(joined(source)), ...outputs.map(shown)] : [joined(source)],
  );
  return `${blocks.filter(Boolean).join('\n\n')}\n`;
}

/** Code in a fence longer than any in it. */
function fenced(code: string): string {
  const longest = Math.max(2, ...(code.match(/`+/g) ?? []).map(({ length }) => length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}typescript\n${code}\n${fence}`;
}
