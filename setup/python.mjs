// A Python environment of the project's own: JupyterLab, and the TensorFlow library that tfjs-node is linked with.
import { spawnSync } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { hashOf, python, read, root, run, SetupError, state, step, writeWhole } from './workspace.mjs';

const MINIMUM = [3, 11];

/** Makes the environment from requirements.txt, whose pins are complete: pip resolves nothing. */
export async function makePython() {
  const requirements = read(join(root, 'requirements.txt'));
  if (!existsSync(python)) rmSync(join(state, 'stamps/python'), { force: true });
  await step(
    'python',
    'Making the Python environment with JupyterLab',
    hashOf(requirements, read(fileURLToPath(import.meta.url))),
    async () => {
      await run(findPython(), ['-m', 'venv', '--clear', join(state, 'venv')]);
      // JupyterLab brings CommonJS programs, which our own package.json would make ES modules.
      writeWhole(join(state, 'package.json'), '{ "type": "commonjs" }\n');
      await pip('jupyter', requirements, (line) => !line.startsWith('tensorflow'));
    },
  );
}

/** The TensorFlow wheel apart: its library is wanted, not its Python packages, and a Python may be too new for it. */
export async function installTensorFlowWheel() {
  await pip('tensorflow', read(join(root, 'requirements.txt')), (line) => line.startsWith('tensorflow'));
}

async function pip(name, requirements, accept) {
  const list = join(state, `requirements-${name}.txt`);
  writeWhole(list, requirements.split('\n').filter(accept).join('\n'));
  await run(python, [
    '-m',
    'pip',
    'install',
    '--quiet',
    '--no-deps',
    '--disable-pip-version-check',
    '-r',
    list,
  ]);
}

function findPython() {
  const wished = process.env.NURDLE_PYTHON;
  const names = wished ? [wished] : ['python3', 'python3.13', 'python3.12', 'python3.11', 'python'];
  const seen = [];
  for (const name of names) {
    const found = inspectPython(name);
    if (!found) continue;
    if (
      found.version[0] > MINIMUM[0] ||
      (found.version[0] === MINIMUM[0] && found.version[1] >= MINIMUM[1])
    ) {
      if (found.venv) return name;
      throw new SetupError(
        `${name} is there, but without its venv module; install it (Debian and Ubuntu: apt install python3-venv) and start again.`,
      );
    }
    seen.push(`${name} is ${found.version.join('.')}`);
  }
  throw new SetupError(
    `Python ${MINIMUM.join('.')} or newer is needed for JupyterLab, but ${seen.join(', ') || 'no Python was found'}; install it, or name one with NURDLE_PYTHON, and start again.`,
  );
}

function inspectPython(name) {
  const program =
    'import sys,importlib.util as u;print(sys.version_info[0],sys.version_info[1],int(bool(u.find_spec("venv") and u.find_spec("ensurepip"))))';
  const { status, stdout } = spawnSync(name, ['-c', program], { encoding: 'utf8' });
  if (status !== 0) return undefined;
  const [major, minor, venv] = stdout.trim().split(' ').map(Number);
  return { version: [major, minor], venv: venv === 1 };
}
