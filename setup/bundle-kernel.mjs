// Bundles the compiled kernel: one file for each of its two processes, so that each starts with one read.
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './workspace.mjs';

/** `dist/src/kernel` becomes `dist/kernel/kernel.cjs` and `child.cjs`, beside what JupyterLab is given. */
export async function bundleKernel() {
  const { buildSync } = await import('esbuild'); // not there yet when the set-up starts
  bundle(buildSync, 'main.js', 'kernel.cjs');
  bundle(buildSync, 'child/main.js', 'child.cjs');
  cpSync(join(root, 'src/kernel/share'), join(root, 'dist/kernel/share'), { recursive: true });
}

function bundle(buildSync, from, to) {
  buildSync({
    entryPoints: [join(root, 'dist/src/kernel', from)],
    outfile: join(root, 'dist/kernel', to),
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    external: ['zeromq', 'typescript', 'oxc-transform'],
    logLevel: 'error',
  });
}
