import { cpSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { KERNELS, kernelspec } from './kernelspec.js';
import { packageRoot } from './root.js';

/** Where to install: into `PREFIX/share/jupyter`, or into such a folder itself. */
export type InstallTarget = { prefix: string } | { share: string };

export type InstallOptions = InstallTarget & {
  /** The Node binary that runs the kernels; this one by default. */
  node?: string;
};

/**
 * Writes the kernelspecs, the JupyterLab extension and the nbconvert template where JupyterLab looks.
 * @returns the folders that were written.
 * @throws Error when the package has not been built.
 */
export function installKernel({ node, ...target }: InstallOptions): string[] {
  const root = packageRoot();
  const share = join(root, 'dist/kernel/share');
  if (!existsSync(share)) throw new Error(`${share} is missing; build the package first (npm run build)`);
  const destination = shareOf(target);
  for (const kernel of KERNELS) {
    const folder = join(destination, 'kernels', kernel.name);
    mkdirSync(folder, { recursive: true });
    writeFileSync(
      join(folder, 'kernel.json'),
      `${JSON.stringify(kernelspec(root, kernel, node), null, 2)}\n`,
    );
    cpSync(join(share, 'logos'), folder, { recursive: true });
  }
  const folders = sharedFolders(share);
  for (const folder of folders) cpSync(join(share, folder), join(destination, folder), { recursive: true });
  return installedFolders(destination);
}

/** Removes what `installKernel` wrote; returns the folders that were there. */
export function uninstallKernel(target: InstallTarget): string[] {
  const present = installedFolders(shareOf(target)).filter((folder) => existsSync(folder));
  for (const folder of present) rmSync(folder, { recursive: true });
  return present;
}

function shareOf(target: InstallTarget): string {
  return 'prefix' in target ? join(target.prefix, 'share/jupyter') : target.share;
}

function installedFolders(target: string): string[] {
  const kernels = KERNELS.map(({ name }) => join('kernels', name));
  const share = join(packageRoot(), 'dist/kernel/share');
  return [...kernels, ...sharedFolders(share)].map((folder) => join(target, folder));
}

/** The folders below `labextensions` and `nbconvert/templates` that are ours. */
function sharedFolders(share: string): string[] {
  return ['labextensions', 'nbconvert/templates'].flatMap((parent) =>
    readdirSync(join(share, parent)).map((name) => join(parent, name)),
  );
}
