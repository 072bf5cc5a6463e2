// Native TensorFlow for tfjs-node, in the first of three ways that works:
//   compiled   tfjs-node's addon compiled against the TensorFlow library inside the Python wheel;
//   published  the addon and library that tfjs-node's authors publish, where there is no compiler;
//   fallback   none: src/ then runs tfjs in plain JavaScript.
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { installTensorFlowWheel } from './python.mjs';
import { hashOf, python, read, root, run, SetupError, state, step, writeWhole } from './workspace.mjs';

const tfjsNode = join(root, 'node_modules/@tensorflow/tfjs-node');
const addon = join(tfjsNode, 'lib/napi-v8/tfjs_binding.node');
/** What is compiled once and copied whenever node_modules was made anew: what loads it, and the addon itself. */
const compiled = join(state, 'tensorflow');
const ADDONS = ['tfjs_tensorflow.node', 'tfjs_binding.node'];

export async function makeTensorFlowNative() {
  const compiler = findCompiler();
  const wished = process.env.NURDLE_TENSORFLOW ?? '';
  if (!['', 'compiled', 'published', 'fallback'].includes(wished))
    throw new SetupError(
      `NURDLE_TENSORFLOW must be compiled, published or fallback, but is "${wished}"; leave it out to take the first that works.`,
    );
  const loader = read(join(root, 'setup/load-addon.cc'));
  const key = hashOf(
    read(join(root, 'requirements.txt')),
    loader,
    version(),
    compiler?.version ?? 'no compiler',
    wished,
  );
  const record = join(state, 'tensorflow.json');
  if (!existsSync(record) || !isInPlace(JSON.parse(read(record))))
    rmSync(join(state, 'stamps/tensorflow'), { force: true });
  await step('tensorflow', 'Making TensorFlow native', key, async () => {
    writeWhole(record, `${JSON.stringify(await firstWayThatWorks(compiler, wished), null, 2)}\n`);
  });
}

/**
 * The Python environment may have been made anew: then TensorFlow's library is gone. The packages step may have emptied
 * node_modules: then only the copy is needed again, not the compilation.
 */
function isInPlace({ way, library }) {
  if (way === 'compiled' && !existsSync(library)) return false;
  if (way === 'compiled' && !existsSync(addon) && ADDONS.every((name) => existsSync(join(compiled, name))))
    putAddonInPlace();
  return way === 'fallback' || existsSync(addon);
}

async function firstWayThatWorks(compiler, wished) {
  const reasons = [];
  for (const [way, make] of [
    ['compiled', () => compile(compiler)],
    ['published', fetchPublished],
  ]) {
    if (wished && wished !== way) continue;
    try {
      const library = await make();
      return { way, library, tensorflow: await verify(), reasons };
    } catch (error) {
      reasons.push(`${way}: ${error.message}`);
      rmSync(addon, { force: true });
    }
  }
  if (wished && wished !== 'fallback') throw new SetupError(reasons.join('\n'));
  process.stderr.write(
    'not possible; models of tfjs will run in plain JavaScript: many times slower, conv nets too slow to train. ' +
      'Install a C++ compiler (Debian and Ubuntu: apt install g++) and start again to mend it. ',
  );
  return { way: 'fallback', tensorflow: null, reasons };
}

async function compile(compiler) {
  if (!compiler) throw new Error('no C++ compiler was found (c++, g++, clang++, or CXX)');
  await installTensorFlowWheel();
  const library = await wheelFolder();
  const sources = ['tfjs_backend.cc', 'tfjs_binding.cc'].map((name) => join(tfjsNode, 'binding', name));
  const flags = [`-I${tfjsNode}`, `-I${join(library, 'include')}`];
  const libraries = [...sharedLibraries(library), `-Wl,-rpath,${library}`];
  mkdirSync(compiled, { recursive: true });
  await compileAddon(compiler, 'tfjs_tensorflow.node', [...flags, ...sources, ...libraries]);
  await compileAddon(compiler, 'tfjs_binding.node', [join(root, 'setup/load-addon.cc'), '-ldl']);
  putAddonInPlace();
  return library;
}

async function compileAddon(compiler, name, args) {
  const part = join(compiled, `${name}.part`);
  await run(compiler.command, [
    ...['-O2', '-std=c++17', '-fPIC', '-shared'],
    ...(process.platform === 'darwin' ? ['-undefined', 'dynamic_lookup'] : []),
    ...['-DBUILDING_NODE_EXTENSION', '-DNAPI_VERSION=8', '-DNODE_GYP_MODULE_NAME=tfjs_binding'],
    `-I${join(root, 'node_modules/node-api-headers/include')}`,
    ...args,
    ...['-o', part],
  ]);
  renameSync(part, join(compiled, name));
}

function putAddonInPlace() {
  mkdirSync(dirname(addon), { recursive: true });
  for (const name of ADDONS) {
    const target = join(dirname(addon), name);
    copyFileSync(join(compiled, name), `${target}.part`);
    renameSync(`${target}.part`, target);
  }
}

async function wheelFolder() {
  const output = await run(python, ['-c', 'import sysconfig; print(sysconfig.get_path("purelib"))']);
  return join(output.trim(), 'tensorflow');
}

/** The wheel's two libraries under the names they have there: libtensorflow_cc.so.2, libtensorflow_cc.2.dylib. */
function sharedLibraries(folder) {
  const found = readdirSync(folder).filter((name) =>
    /^libtensorflow_(cc|framework)\..*(so|dylib)/.test(name),
  );
  if (found.length < 2)
    throw new Error(`the TensorFlow wheel in ${folder} has not the two libraries that were expected`);
  return found.map((name) => join(folder, name));
}

async function fetchPublished() {
  await run(process.execPath, ['scripts/install.js'], { cwd: tfjsNode, timeoutMs: 300_000 });
  if (!existsSync(addon)) throw new Error('tfjs-node has no published binary for this Node and platform');
}

/** Loads the addon in a process of its own, multiplies two matrices, and returns TensorFlow's version. */
async function verify() {
  const program = `
    const util = require('node:util');
    util.isNullOrUndefined ??= (x) => x === null || x === undefined;
    const tf = require('@tensorflow/tfjs-node');
    if (tf.matMul([[1, 2]], [[3], [4]]).dataSync()[0] !== 11) throw new Error('wrong product');
    console.log('TENSORFLOW ' + tf.backend().binding.TF_Version);`;
  const output = await run(process.execPath, ['-e', program], { env: { TF_CPP_MIN_LOG_LEVEL: '2' } });
  return /TENSORFLOW (\S+)/.exec(output)?.[1] ?? 'unknown';
}

function findCompiler() {
  for (const command of [process.env.CXX, 'c++', 'g++', 'clang++'].filter(Boolean)) {
    const { status, stdout } = spawnSync(command, ['--version'], { encoding: 'utf8' });
    if (status === 0) return { command, version: `${command} ${stdout.split('\n')[0]}` };
  }
  return undefined;
}

function version() {
  return JSON.parse(read(join(tfjsNode, 'package.json'))).version;
}
