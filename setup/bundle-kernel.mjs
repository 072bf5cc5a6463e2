// Bundles the compiled kernel: one file for each of its two processes, so that each starts with one read, and
// beside them the files that JupyterLab and nbconvert are given.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from './workspace.mjs';

/** Copied as they are: scripts of other packages that front ends and exported pages load. */
const COPIES = {
  'plotly.js-dist-min/plotly.min.js': [
    'labextensions/nurdle-jupyterlab/static/plotly.min.js',
    'nbconvert/templates/nurdle/static/plotly.min.js',
  ],
  'requirejs/require.js': ['nbconvert/templates/nurdle/static/require.js'],
  'mathjax/es5/tex-svg.js': ['nbconvert/templates/nurdle/static/tex-svg.js'],
  '@jupyter-widgets/html-manager/dist/embed-amd.js': ['nbconvert/templates/nurdle/static/embed-amd.js'],
};

/** `dist/src/kernel` becomes `dist/kernel/kernel.cjs`, `child.cjs` and `share/`. */
export async function bundleKernel() {
  const { buildSync } = await import('esbuild'); // not there yet when the set-up starts
  bundle(buildSync, 'start.js', 'kernel.cjs');
  bundle(buildSync, 'main.js', 'main.cjs');
  bundle(buildSync, 'child/main.js', 'child.cjs');
  buildSnapshot(buildSync);
  cpSync(join(root, 'src/kernel/launch.sh'), join(root, 'dist/kernel/launch.sh'));
  const share = join(root, 'dist/kernel/share');
  cpSync(join(root, 'src/kernel/share'), share, { recursive: true });
  for (const [from, targets] of Object.entries(COPIES))
    for (const to of targets) copy(join(root, 'node_modules', from), join(share, to));
  writeAnywidget(root, share);
}

function bundle(buildSync, from, to, options = {}) {
  const outfile = join(root, 'dist/kernel', to);
  buildSync({
    entryPoints: [join(root, 'dist/src/kernel', from)],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    external: ['zeromq', 'typescript', 'oxc-transform'],
    logLevel: 'error',
    ...options,
  });
  return outfile;
}

/**
 * A heap with TypeScript and its libraries in it, from which the kernel starts in half the time. Where this Node
 * cannot make one, the kernel loads TypeScript as any program does.
 */
function buildSnapshot(buildSync) {
  const blob = join(root, 'dist/kernel/kernel.blob');
  const key = snapshotKey();
  if (existsSync(blob) && existsSync(`${blob}.key`) && readFileSync(`${blob}.key`, 'utf8') === key) return;
  const script = bundle(buildSync, 'snapshot.js', 'snapshot.cjs', { external: [], minify: true });
  rmSync(`${blob}.key`, { force: true });
  const env = { ...process.env, NURDLE_ROOT: root, NODE_OPTIONS: '' };
  const { status, stderr } = spawnSync(
    process.execPath,
    ['--snapshot-blob', blob, '--build-snapshot', script],
    {
      env,
      encoding: 'utf8',
    },
  );
  if (status !== 0) return console.warn(`no snapshot, the kernel starts more slowly: ${stderr}`);
  writeFileSync(`${blob}.node`, `${statSync(process.execPath).ino}\n`);
  writeFileSync(`${blob}.key`, key);
}

/** What the snapshot is made of: this Node, the folder, the lock file with its versions, and the live backend. */
function snapshotKey() {
  const hash = createHash('sha256').update(`${process.version} ${process.execPath} ${root}`);
  const live = join(root, 'dist/src/kernel/language/live');
  const files = readdirSync(live).map((name) => join(live, name));
  for (const file of [join(root, 'package-lock.json'), join(root, 'dist/src/kernel/snapshot.js'), ...files])
    hash.update(readFileSync(file));
  return hash.digest('hex');
}

function copy(from, to) {
  mkdirSync(dirname(to), { recursive: true });
  cpSync(from, to);
}

/** npm's `anywidget` is one anonymous AMD module: kept as a factory for JupyterLab, named for exported pages. */
function writeAnywidget(root, share) {
  const folder = join(root, 'node_modules/anywidget');
  const source = readFileSync(join(folder, 'dist/index.js'), 'utf8');
  const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const wrap = (define) => `(() => {\nconst define = ${define};\n${source}\n})();\n`;
  writeFileSync(
    join(share, 'labextensions/nurdle-jupyterlab/static/anywidget.js'),
    wrap(`(_names, factory) => { self.__nurdleAnywidget = { factory, version: '${version}' }; }`),
  );
  writeFileSync(
    join(share, 'nbconvert/templates/nurdle/static/anywidget-amd.js'),
    wrap(`(names, factory) => self.define('anywidget', names, factory)`),
  );
}
