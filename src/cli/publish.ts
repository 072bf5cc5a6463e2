import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { listCards } from '../frames/cards.js';
import { digest } from '../publish/files.js';
import { notebooksIn, publish } from '../publish/publish.js';
import { jupyterPrefix, projectRoot, pythonProgram } from './project.js';
import { interruptible } from './run-command.js';

const USAGE = 'usage: nurdle publish [NOTEBOOK…] [--out site] [--to html|pdf|markdown] [--check]';

/**
 * `nurdle publish`: executes notebooks and writes a site.
 * @param args - the words after `nurdle publish`.
 * @returns 0 when every notebook ran and, with `--check`, no figure differs; else 1; 2 for words that are not understood.
 */
export async function publishCommand(args: string[]): Promise<number> {
  const asked = read(args);
  if (!asked) return 2;
  const { values, positionals } = asked;
  const found = await publish(
    positionals.length ? positionals : notebooksIn(join(projectRoot, 'notebooks')),
    {
      ...{ out: resolve(values.out), to: values.to as 'html' | 'pdf' | 'markdown', check: values.check },
      ...{ jupyter: { python: pythonProgram, env: jupyterEnvironment() }, codeVersion: codeOfNotebooks() },
      ...{ data: dataHashes(), facts: facts(), cards: cards(), citation: citation() },
      ...{ signal: interruptible(), onProgress: (line: string) => console.error(line) },
    },
  );
  for (const { name, failure } of found.entries) if (failure) console.error(`${name}: ${failure}`);
  for (const { notebook, figure, trace, name, relative } of found.differences)
    console.log(
      `${notebook}: figure ${figure}, trace ${trace} ${name} differs by ${relative.toPrecision(3)}`,
    );
  if (values.check && found.differences.length === 0) console.log('no figure differs between two runs');
  return found.failures || found.differences.length ? 1 : 0;
}

function read(args: string[]) {
  try {
    const options = {
      out: { type: 'string', default: 'site' },
      to: { type: 'string', default: 'html' },
      check: { type: 'boolean', default: false },
    } as const;
    const asked = parseArgs({ args, options, allowPositionals: true });
    if (['html', 'pdf', 'markdown'].includes(asked.values.to)) return asked;
    console.error(`--to must be html, pdf or markdown, but is ${asked.values.to}\n${USAGE}`);
  } catch (error) {
    console.error(`${(error as Error).message}\n${USAGE}`);
  }
  return undefined;
}

/** As `setup/jupyter.mjs` has it: all that Jupyter reads and writes stays in the project's folder. */
function jupyterEnvironment(): NodeJS.ProcessEnv {
  const paths = [join(jupyterPrefix, 'share/jupyter'), process.env['JUPYTER_PATH']].filter(Boolean);
  return {
    ...process.env,
    JUPYTER_PATH: paths.join(delimiter),
    JUPYTER_CONFIG_DIR: join(jupyterPrefix, 'config'),
    JUPYTER_DATA_DIR: join(jupyterPrefix, 'data'),
    JUPYTER_RUNTIME_DIR: join(jupyterPrefix, 'runtime'),
    NURDLE_HISTORY: join(jupyterPrefix, 'history.jsonl'),
  };
}

/** Everything a notebook can import from nurdle, figures and the kernel too; not the commands. */
function codeOfNotebooks(): string {
  const home = join(projectRoot, 'dist/src');
  const files = readdirSync(home, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.(js|wasm)$/.test(file) && !/^(cli|publish)[/\\]/.test(file))
    .sort();
  return digest(files.map((file) => `${file} ${digest(readFileSync(join(home, file)))}`).join('\n')).slice(
    0,
    16,
  );
}

function dataHashes(): Record<string, string> {
  const collection = process.env['NURDLE_DATA'];
  return Object.fromEntries(
    listCards().map((card) => {
      const file = collection && card.file ? join(collection, card.folder ?? card.id, card.file.name) : '';
      return [
        card.id,
        `card ${digest(JSON.stringify(card))}, file ${existsSync(file) ? digest(readFileSync(file)) : 'not in NURDLE_DATA'}`,
      ];
    }),
  );
}

const cards = () => listCards().map((card) => ({ title: card.title, text: JSON.stringify(card, null, 2) }));

const citation = (): string => readFileSync(join(projectRoot, 'CITATION.cff'), 'utf8');

function facts(): Record<string, unknown> {
  const { version, dependencies } = JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8'));
  return {
    commit: commit(),
    version,
    packages: dependencies,
    tensorflow: tensorflowVersion(),
    made: new Date().toISOString(),
  };
}

function commit(): string {
  try {
    const git = (...words: string[]) =>
      execFileSync('git', words, {
        cwd: projectRoot,
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
      }).trim();
    return git('rev-parse', 'HEAD') + (git('status', '--porcelain') ? ' with changes' : '');
  } catch {
    return 'not a git checkout';
  }
}

/** The version of the TensorFlow in the set-up's Python environment, whose library does the computing. */
function tensorflowVersion(): string {
  const lib = join(projectRoot, '.nurdle/venv/lib');
  const packages = existsSync(lib)
    ? readdirSync(lib).flatMap((python) => {
        const site = join(lib, python, 'site-packages');
        return existsSync(site) ? readdirSync(site) : [];
      })
    : [];
  const found = packages.map((name) => /^tensorflow(?:_cpu)?-(.+)\.dist-info$/.exec(name)?.[1]).find(Boolean);
  return found ?? 'not found in the Python environment';
}
