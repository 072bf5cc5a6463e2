import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { listCards } from '../frames/cards.js';
import { findFile } from '../frames/locate.js';
import { jupyterPrefix, projectRoot, pythonProgram, stateFolder } from './project.js';

const run = promisify(execFile);

/** One thing looked at: `needed` ones decide whether the main job can run. */
export interface Finding {
  readonly name: string;
  readonly ok: boolean;
  readonly needed: boolean;
  readonly detail: string;
}

/**
 * `nurdle doctor`: what is there, and what to do about what is not.
 * @returns 0 when the main job can run, 1 when it cannot, 2 for words that are not known.
 */
export async function doctorCommand(args: string[]): Promise<number> {
  const json = args.includes('--json');
  if (args.some((word) => word !== '--json')) {
    console.error('usage: nurdle doctor [--json]');
    return 2;
  }
  const findings = await examine();
  const ok = findings.every((finding) => finding.ok || !finding.needed);
  console.log(json ? JSON.stringify({ ok, findings }) : findings.map(line).join('\n'));
  if (!json)
    console.log(ok ? 'The main job can run.' : 'The main job cannot run: npm run setup mends what it can.');
  return ok ? 0 : 1;
}

const line = ({ name, ok, needed, detail }: Finding): string =>
  `${ok ? '✓' : needed ? '✗' : '–'} ${name.padEnd(11)} ${detail}`;

/** Looks at everything; never throws. */
export async function examine(): Promise<Finding[]> {
  return [node(), await python(), await jupyterLab(), await tensorFlow(), kernel(), ...dataSets()];
}

function node(): Finding {
  const [major, minor] = process.versions.node.split('.').map(Number);
  const ok = major > 20 || (major === 20 && minor >= 19);
  const detail = ok ? process.versions.node : `${process.versions.node}, but 20.19 or newer is needed`;
  return { name: 'Node', needed: true, ok, detail };
}

async function python(): Promise<Finding> {
  const ask = ['-c', 'import sys; print(".".join(map(str, sys.version_info[:3])))'];
  return asked('Python', pythonProgram, ask, (output) => `${output} in ${pythonProgram}`);
}

async function jupyterLab(): Promise<Finding> {
  const ask = ['-c', 'import importlib.metadata as m; print(m.version("jupyterlab"))'];
  return asked('JupyterLab', pythonProgram, ask, (output) => output);
}

async function asked(
  name: string,
  program: string,
  args: string[],
  describe: (output: string) => string,
): Promise<Finding> {
  try {
    const { stdout } = await run(program, args);
    return { name, needed: true, ok: true, detail: describe(stdout.trim()) };
  } catch {
    return { name, needed: true, ok: false, detail: `not in ${program}; npm run setup makes it` };
  }
}

/** Loads TensorFlow in a process of its own, since a broken addon can take the process with it. */
async function tensorFlow(): Promise<Finding> {
  const module = new URL('../numeric/tensorflow.js', import.meta.url).href;
  const program = `import(${JSON.stringify(module)}).then((m) => console.log('STATE ' + JSON.stringify(m.tensorflowState())))`;
  try {
    const { stdout } = await run(process.execPath, ['-e', program], { cwd: projectRoot });
    const { backend, version } = JSON.parse(/^STATE (.*)$/m.exec(stdout)![1]);
    const way =
      backend === 'tensorflow' ? (setupNote()?.way ?? 'native') : `no native addon: ${backend} backend`;
    return { name: 'TensorFlow', needed: true, ok: true, detail: `${version} (${way})` };
  } catch (error) {
    return { name: 'TensorFlow', needed: true, ok: false, detail: (error as Error).message.split('\n')[0] };
  }
}

function setupNote(): { way: string } | undefined {
  const file = join(stateFolder, 'tensorflow.json');
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
}

function kernel(): Finding {
  const path = join(jupyterPrefix, 'share/jupyter/kernels/nurdle/kernel.json');
  const ok = existsSync(path);
  return {
    name: 'kernel',
    needed: true,
    ok,
    detail: ok ? path : `not at ${path}; npm run setup registers it`,
  };
}

/** Real tables are welcome but not needed: the synthetic one stands in. */
function dataSets(): Finding[] {
  return listCards()
    .filter((card) => !card.synthetic)
    .map((card) => {
      const path = findFile(card);
      const detail =
        path ?? `${card.id} is not here; npx nurdle data get ${card.id}, or a folder named by NURDLE_DATA`;
      return { name: 'data', needed: false, ok: path !== null, detail };
    });
}
