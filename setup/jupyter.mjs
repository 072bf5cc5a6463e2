// The environment in which every Jupyter program of ours runs: all it reads and writes stays in the project's folder.
import { delimiter, join } from 'node:path';
import { jupyterPrefix, state } from './workspace.mjs';

export function jupyterEnvironment() {
  const path = [join(jupyterPrefix, 'share/jupyter'), process.env.JUPYTER_PATH]
    .filter(Boolean)
    .join(delimiter);
  return {
    ...process.env,
    JUPYTER_PATH: path,
    JUPYTER_CONFIG_DIR: join(jupyterPrefix, 'config'),
    JUPYTER_DATA_DIR: join(jupyterPrefix, 'data'),
    JUPYTER_RUNTIME_DIR: join(jupyterPrefix, 'runtime'),
    JUPYTERLAB_SETTINGS_DIR: join(jupyterPrefix, 'lab/user-settings'),
    JUPYTERLAB_WORKSPACES_DIR: join(jupyterPrefix, 'lab/workspaces'),
    IPYTHONDIR: join(state, 'ipython'),
    NURDLE_HISTORY: join(jupyterPrefix, 'history.jsonl'),
  };
}
