import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { installKernel } from '../../src/kernel/install/install.js';
import { packageRoot } from '../../src/kernel/install/root.js';

const python = join(packageRoot(), '.nurdle/venv/bin/python');

/** The set-up's Python, or why a test that needs it is skipped. */
export const jupyter = existsSync(python)
  ? { python, skip: false as const }
  : { python, skip: 'there is no .nurdle/venv; run the set-up first' };

export interface Prefix {
  /** What a process needs to find the kernels under test. */
  env: NodeJS.ProcessEnv;
  folder: string;
  remove(): void;
}

/** A fresh Jupyter prefix with our kernels in it, a history of its own, and an empty folder for notebooks. */
export function temporaryPrefix(): Prefix {
  const folder = mkdtempSync(join(tmpdir(), 'nurdle-kernel-'));
  installKernel({ prefix: folder });
  const env = {
    ...process.env,
    JUPYTER_PATH: join(folder, 'share/jupyter'),
    JUPYTER_CONFIG_DIR: join(folder, 'config'),
    JUPYTER_DATA_DIR: join(folder, 'data'),
    JUPYTER_RUNTIME_DIR: join(folder, 'runtime'),
    NURDLE_HISTORY: join(folder, 'history.jsonl'),
    JUPYTERLAB_SETTINGS_DIR: join(folder, 'settings'),
    JUPYTERLAB_WORKSPACES_DIR: join(folder, 'workspaces'),
  };
  return { env, folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
