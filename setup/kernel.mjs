// The project under its own name in node_modules, so that `import … from 'nurdle'` works in any notebook of the
// project, and the kernels in the project's own Jupyter prefix.
import { chmodSync, existsSync, lstatSync, mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { hashOfFolders, jupyterPrefix, root, state, step, writeWhole } from './workspace.mjs';

export function linkProject() {
  const link = join(root, 'node_modules/nurdle');
  if (!isLink(link)) {
    rmSync(link, { recursive: true, force: true });
    symlinkSync('..', link, 'junction');
  }
  const command = join(root, 'node_modules/.bin/nurdle');
  chmodSync(join(root, 'dist/src/cli/main.js'), 0o755);
  if (isLink(command)) return;
  mkdirSync(join(root, 'node_modules/.bin'), { recursive: true });
  rmSync(command, { force: true });
  symlinkSync('../../dist/src/cli/main.js', command);
}

export async function registerKernel() {
  const spec = join(jupyterPrefix, 'share/jupyter/kernels/nurdle/kernel.json');
  if (!existsSync(spec)) rmSync(join(state, 'stamps/kernel'), { force: true });
  const key = `2 ${root} ${process.execPath} ${hashOfFolders(['dist/src/kernel/install', 'dist/kernel'])}`;
  await step('kernel', 'Registering the kernel', key, async () => {
    const { installKernel } = await import(
      pathToFileURL(join(root, 'dist/src/kernel/install/install.js')).href
    );
    installKernel({ prefix: jupyterPrefix });
    // JupyterLab would ask whether to fetch news from elsewhere.
    const page = { disabledExtensions: { '@jupyterlab/apputils-extension:announcements': true } };
    writeWhole(
      join(jupyterPrefix, 'config/labconfig/page_config.json'),
      `${JSON.stringify(page, null, 2)}\n`,
    );
  });
}

function isLink(path) {
  try {
    return lstatSync(path).isSymbolicLink();
  } catch {
    return false;
  }
}
