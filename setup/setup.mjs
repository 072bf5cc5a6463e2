// `npm run setup`: everything between a fresh clone and a running notebook. Every step is skipped when it is done,
// and done again when it was killed in the middle; nothing outside the project's folder is touched.
import { pathToFileURL } from 'node:url';
import { build } from './build.mjs';
import { linkProject, registerKernel } from './kernel.mjs';
import { installPackages } from './packages.mjs';
import { makePython } from './python.mjs';
import { makeTensorFlowNative } from './tensorflow.mjs';
import { hashOfFolders, SetupError, step, withLock } from './workspace.mjs';

/** Brings the project to where notebooks and tests run. */
export async function setUp() {
  checkNode();
  await withLock(async () => {
    await installPackages();
    await makePython();
    await makeTensorFlowNative();
    await compileSources();
    linkProject();
    await registerKernel();
  });
}

function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  throw new SetupError(
    `Node 20.19 or newer is needed, but this is ${process.versions.node}; install a newer one and start again.`,
  );
}

async function compileSources() {
  const sources = hashOfFolders(['src', 'data', 'widgets', 'test', 'bench', 'setup']);
  await step('build', 'Compiling', sources, build);
}

/** Runs a program's main function; a failure is one message, not a stack trace. */
export async function main(work) {
  try {
    await work();
  } catch (error) {
    console.error(error instanceof SetupError ? error.message : error);
    process.exitCode = 1;
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await main(setUp);
