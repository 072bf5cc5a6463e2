// `npm start`: set up, then JupyterLab on our notebooks. Arguments after `--` go to JupyterLab.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { jupyterEnvironment } from './jupyter.mjs';
import { main, setUp } from './setup.mjs';
import { python, root } from './workspace.mjs';

await main(async () => {
  await setUp();
  const wished = process.argv.slice(2);
  const isElsewhere = wished.some((word) => /root_dir|notebook-dir/.test(word));
  const folder = isElsewhere ? [] : [`--ServerApp.root_dir=${join(root, 'notebooks')}`];
  const args = ['-m', 'jupyterlab', ...folder, ...wished];
  const lab = spawn(python, args, { stdio: 'inherit', cwd: root, env: jupyterEnvironment() });
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => lab.kill(signal));
  process.exitCode = await new Promise((resolve) => lab.on('close', (code) => resolve(code ?? 0)));
});
