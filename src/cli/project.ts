import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's folder: three above this module as compiled, `dist/src/cli/`. */
export const projectRoot = fileURLToPath(new URL('../../../', import.meta.url)).replace(/[/\\]$/, '');

/** What the set-up makes: the Python environment, the Jupyter prefix, its notes. */
export const stateFolder = join(projectRoot, '.nurdle');

export const pythonProgram = join(
  stateFolder,
  'venv',
  process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python',
);

/** The prefix whose `share/jupyter` holds our kernels and JupyterLab extension. */
export const jupyterPrefix = join(stateFolder, 'jupyter');
