// Builds dist/ from the sources: TypeScript, then each AssemblyScript kernel, then what is copied as it is.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { bundleKernel } from './kernel.mjs';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Compiles everything; throws with the compiler's own words when something does not compile. */
export function build() {
  run('TypeScript', ['node_modules/typescript/bin/tsc', '-p', '.']);
  const assembly = join(root, 'src/numeric/wasm/assembly');
  mkdirSync(join(root, 'dist/src/numeric/wasm'), { recursive: true });
  for (const file of existsSync(assembly) ? readdirSync(assembly) : [])
    if (file.endsWith('.ts') && !file.startsWith('_')) buildKernel(file.slice(0, -3));
  bundleKernel(root);
  if (existsSync(join(root, 'data')))
    cpSync(join(root, 'data'), join(root, 'dist/data'), {
      recursive: true,
      filter: (from) => !from.endsWith('.ts'),
    });
}

/** `assembly/<name>.ts` becomes `dist/src/numeric/wasm/<name>.wasm`; a file whose name starts with `_` is a part. */
function buildKernel(name) {
  run('AssemblyScript', [
    'node_modules/assemblyscript/bin/asc.js',
    `src/numeric/wasm/assembly/${name}.ts`,
    ...['--outFile', `dist/src/numeric/wasm/${name}.wasm`],
    ...['-O3', '--noAssert', '--runtime', 'stub', '--enable', 'simd', '--importMemory'],
  ]);
}

function run(what, args) {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${what} does not compile:\n${stdout}${stderr}`);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  try {
    build();
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}
