import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { cpus, release, totalmem, type } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { compareFigures, type Difference } from './compare.js';
import { execute, type Jupyter, pageOf } from './execute.js';
import { digest, inside, readJson, slug, writeWhole } from './files.js';
import {
  failureOf,
  figuresOf,
  joined,
  markdownOf,
  type Notebook,
  readNotebook,
  titleOf,
} from './notebook.js';
import { cardsPage, type Entry, indexPage, withThemes } from './pages.js';
import { chromiumProgram, NO_CHROMIUM, type Pictures, startPictures } from './pictures.js';

export interface PublishOptions {
  /** Folder of the site. */
  readonly out: string;
  readonly jupyter: Jupyter;
  /** What the notebooks' code is: a change makes every notebook run again. */
  readonly codeVersion: string;
  /** Hashes of the data that notebooks may read, by name. */
  readonly data?: Readonly<Record<string, string>>;
  /** Further facts for `provenance.json`: commit, versions. */
  readonly facts?: Readonly<Record<string, unknown>>;
  readonly cards?: readonly { title: string; text: string }[];
  /** Text of CITATION.cff. */
  readonly citation?: string;
  /** Also write each notebook as PDF or Markdown. */
  readonly to?: 'html' | 'pdf' | 'markdown';
  /** Runs each notebook a second time and compares the figures. */
  readonly check?: boolean;
  readonly signal?: AbortSignal;
  readonly onProgress?: (line: string) => void;
}

export interface Published {
  readonly entries: readonly Entry[];
  readonly failures: number;
  readonly ran: readonly string[];
  readonly differences: readonly (Difference & { readonly notebook: string })[];
}

interface Kept {
  readonly key: string;
  readonly title: string;
  readonly figures: number;
  readonly pictures: boolean;
  readonly seeds: readonly string[];
  readonly finished: string;
  readonly seconds: number;
}

/**
 * Executes notebooks in order, each on a kernel of its own, and writes a site that needs no network. A notebook whose
 * source, code and data have not changed is not run again; one that fails keeps its last good page.
 * @throws RangeError when two notebooks would have the same page.
 */
export async function publish(notebooks: readonly string[], options: PublishOptions): Promise<Published> {
  const names = notebooks.map((path) => slug(basename(path, '.ipynb')));
  const twice = names.find((name, k) => names.indexOf(name) !== k || ['index', 'cards'].includes(name));
  if (twice) throw new RangeError(`two pages would be called ${twice}.html; rename a notebook`);
  const { onProgress = () => {}, signal } = options;
  const [entries, ran, differences] = [
    [] as Entry[],
    [] as string[],
    [] as Published['differences'][number][],
  ];
  const pictures = await startPictures();
  try {
    for (const [k, path] of notebooks.entries()) {
      signal?.throwIfAborted();
      const name = names[k];
      let site: NotebookInSite;
      try {
        site = new NotebookInSite(resolve(path), name, options);
      } catch (error) {
        const failure = (error as Error).message;
        entries.push({ name, title: name, figures: 0, pictures: false, hasPage: false, failure });
        continue;
      }
      let failure: string | undefined;
      if (site.isFresh(pictures !== undefined)) onProgress(`${name}: unchanged`);
      else {
        onProgress(`${name} …`);
        ran.push(name);
        failure = await site.make(pictures).catch((error: Error) => {
          signal?.throwIfAborted();
          return error.message;
        });
        onProgress(`${name}: ${failure ?? 'done'}`);
      }
      if (options.check && !failure) {
        onProgress(`${name}: twice more, to compare …`);
        differences.push(...(await site.check()).map((one) => ({ notebook: name, ...one })));
      }
      if (!failure) await site.convert(pictures);
      entries.push(site.entry(failure));
    }
  } finally {
    await pictures?.close();
    if (entries.length) writeSite(withEarlier(entries, options.out), options);
  }
  return { entries, failures: entries.filter(({ failure }) => failure).length, ran, differences };
}

class NotebookInSite {
  readonly path: string;
  readonly name: string;
  readonly options: PublishOptions;
  readonly #source: Notebook;
  readonly #key: string;
  readonly #cache: string;

  constructor(path: string, name: string, options: PublishOptions) {
    this.path = path;
    this.name = name;
    this.options = options;
    this.#source = readNotebook(path);
    const cells = this.#source.cells.map(({ cell_type, source }) => [cell_type, joined(source)]);
    const data = Object.entries(options.data ?? {}).sort();
    const parts = [cells, localImports(cells, dirname(path)), options.codeVersion, data, process.version];
    this.#key = digest(JSON.stringify(parts));
    this.#cache = join(options.out, '.cache', name);
  }

  get #kept(): Kept | undefined {
    return readJson<Kept>(`${this.#cache}.json`);
  }

  get #executed(): string {
    return `${this.#cache}.ipynb`;
  }

  get #page(): string {
    return inside(this.options.out, `${this.name}.html`);
  }

  /** Whether the page is there, made from the same things, with pictures where they can be drawn. */
  isFresh(canDraw: boolean): boolean {
    const kept = this.#kept;
    return (
      kept?.key === this.#key &&
      (kept.pictures || !canDraw) &&
      existsSync(this.#page) &&
      existsSync(this.#executed)
    );
  }

  /** Runs and writes; gives the failure in words. What is written last says that the rest is whole. */
  async make(pictures: Pictures | undefined): Promise<string | undefined> {
    const { jupyter, signal } = this.options;
    const started = Date.now();
    const part = `${this.#cache}.part`;
    mkdirSync(part, { recursive: true });
    try {
      const file = join(part, 'notebook.ipynb');
      await execute(this.path, file, jupyter, signal);
      const notebook = readNotebook(file);
      const failed = failureOf(notebook);
      if (failed) return `cell ${failed.cell} failed: ${failed.error}`;
      const html = withThemes(await pageOf(file, part, jupyter, signal));
      const figures = figuresOf(notebook);
      for (const [k, figure] of figures.entries()) {
        signal?.throwIfAborted();
        const files = (await pictures?.draw(figure)) ?? new Map<string, Uint8Array>();
        for (const [end, content] of files)
          writeWhole(inside(this.options.out, `figures/${this.name}/${k + 1}-${end}`), content);
      }
      writeWhole(this.#executed, readFileSync(file));
      writeWhole(this.#page, html);
      const kept: Kept = {
        ...{ key: this.#key, title: titleOf(notebook, this.name), figures: figures.length },
        ...{ pictures: pictures !== undefined, seeds: seedsIn(notebook) },
        ...{ finished: new Date().toISOString(), seconds: (Date.now() - started) / 1000 },
      };
      writeWhole(`${this.#cache}.json`, JSON.stringify(kept));
      return undefined;
    } finally {
      rmSync(part, { recursive: true, force: true });
    }
  }

  /**
   * Runs twice, without a look at what was kept, and compares the figures.
   * @throws Error when a cell fails in one of the runs.
   */
  async check(): Promise<Difference[]> {
    const again = [1, 2].map((k) => `${this.#cache}.again-${k}.ipynb`);
    try {
      const runs = [];
      for (const file of again) {
        await execute(this.path, file, this.options.jupyter, this.options.signal);
        const notebook = readNotebook(file);
        const failed = failureOf(notebook);
        if (failed) throw new Error(`${this.name}: cell ${failed.cell} failed: ${failed.error}`);
        runs.push(figuresOf(notebook));
      }
      return compareFigures(runs[0], runs[1]);
    } finally {
      for (const file of again) rmSync(file, { force: true });
    }
  }

  async convert(pictures: Pictures | undefined): Promise<void> {
    const { to, out } = this.options;
    if (to === 'markdown') {
      const drawn = this.#kept?.pictures;
      const picture = (k: number) => (drawn ? encodeURI(`figures/${this.name}/${k + 1}-190.png`) : undefined);
      writeWhole(inside(out, `${this.name}.md`), markdownOf(readNotebook(this.#executed), picture));
    }
    if (to === 'pdf') {
      if (!pictures) throw new Error(`A PDF needs Chromium. ${NO_CHROMIUM}`);
      writeWhole(inside(out, `${this.name}.pdf`), await pictures.print(pathToFileURL(this.#page).href));
    }
  }

  entry(failure?: string): Entry {
    const kept = this.#kept;
    return {
      ...{ name: this.name, title: kept?.title ?? titleOf(this.#source, this.name) },
      ...{ figures: kept?.figures ?? 0, pictures: kept?.pictures ?? false, hasPage: existsSync(this.#page) },
      ...(failure && { failure }),
    };
  }
}

/** The entries of this call and those that earlier calls made and that still have their page, by name. */
function withEarlier(entries: readonly Entry[], out: string): Entry[] {
  const known = new Set(entries.map(({ name }) => name));
  const cache = join(out, '.cache');
  const names = existsSync(cache) ? readdirSync(cache).filter((file) => file.endsWith('.json')) : [];
  const earlier = names
    .map((file) => file.slice(0, -'.json'.length))
    .filter((name) => !known.has(name) && existsSync(join(out, `${name}.html`)))
    .flatMap((name): Entry[] => {
      const kept = readJson<Kept>(join(cache, `${name}.json`));
      return kept ? [{ name, ...entryOf(kept), hasPage: true }] : [];
    });
  return [...entries, ...earlier].sort((a, b) => (a.name < b.name ? -1 : 1));
}

const entryOf = ({ title, figures, pictures }: Kept) => ({ title, figures, pictures });

/** Digests of the files beside a notebook that its cells import. */
function localImports(cells: readonly string[][], folder: string): string[] {
  const found = cells.flatMap(([, source]) => [...source.matchAll(/from\s+['"](\.{1,2}\/[^'"]+)['"]/g)]);
  return found.map(([, path]) => {
    const file = [path, `${path}.ts`, path.replace(/\.js$/, '.ts')]
      .map((name) => join(folder, name))
      .find((name) => existsSync(name));
    return file ? `${path} ${digest(readFileSync(file))}` : path;
  });
}

/** Lines such as `const seed = 1`. */
const seedsIn = ({ cells }: Notebook): string[] =>
  cells.flatMap(({ cell_type, source }) =>
    cell_type === 'code'
      ? [...joined(source).matchAll(/\b\w*[sS]eed\s*[=:]\s*\d+/g)].map(([line]) => line)
      : [],
  );

function writeSite(entries: readonly Entry[], options: PublishOptions): void {
  const { out, cards = [], citation = '', facts = {}, data = {}, codeVersion } = options;
  const notes = chromiumProgram() ? [] : [NO_CHROMIUM];
  writeWhole(join(out, 'index.html'), indexPage('nurdle: notebooks', entries, notes));
  writeWhole(join(out, 'cards.html'), cardsPage(cards));
  if (citation) writeWhole(join(out, 'CITATION.cff'), citation);
  const runs = entries.map((entry) => ({
    ...entry,
    ...readJson<Kept>(join(out, '.cache', `${entry.name}.json`)),
  }));
  const machine = {
    system: `${type()} ${release()}`,
    processor: cpus()[0]?.model ?? '',
    cores: cpus().length,
    memoryBytes: totalmem(),
  };
  const whole = { ...facts, codeVersion, node: process.version, machine, data, notebooks: runs };
  writeWhole(join(out, 'provenance.json'), `${JSON.stringify(whole, null, 2)}\n`);
}

/** The notebooks of a folder, in order. */
export const notebooksIn = (folder: string): string[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.ipynb'))
    .sort()
    .map((name) => join(folder, name));
