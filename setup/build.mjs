// Builds dist/ from the sources: TypeScript, then each AssemblyScript kernel, then what is copied as it is.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { bundleKernel } from './bundle-kernel.mjs';
import { root, SetupError } from './workspace.mjs';

/** Compiles everything; throws with the compiler's own words when something does not compile. */
export async function build() {
  removeOrphans('dist');
  run('TypeScript', ['node_modules/typescript/bin/tsc', '-p', '.']);
  const assembly = join(root, 'src/numeric/wasm/assembly');
  mkdirSync(join(root, 'dist/src/numeric/wasm'), { recursive: true });
  for (const file of existsSync(assembly) ? readdirSync(assembly) : [])
    if (file.endsWith('.ts') && !file.startsWith('_')) buildKernel(file.slice(0, -3));
  await bundleKernel();
  if (existsSync(join(root, 'data')))
    cpSync(join(root, 'data'), join(root, 'dist/data'), {
      recursive: true,
      filter: (from) => !from.endsWith('.ts'),
    });
}

/** Removes what was compiled from a source that is gone, so that no deleted test runs and no old module is found. */
function removeOrphans(folder) {
  for (const entry of existsSync(join(root, folder))
    ? readdirSync(join(root, folder), { withFileTypes: true })
    : []) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) removeOrphans(path);
    else if (entry.name.endsWith('.js') && !existsSync(join(root, path.slice('dist/'.length, -3) + '.ts')))
      for (const suffix of ['.js', '.js.map', '.d.ts', '.d.ts.map'])
        rmSync(join(root, path.slice(0, -3) + suffix), { force: true });
  }
}

/**
 * `assembly/<name>.ts` becomes `dist/src/numeric/wasm/<name>.wasm`; a file whose name starts with `_` is a part. One
 * whose first line is `// shared memory` works on a memory that threads share.
 */
function buildKernel(name) {
  const source = readFileSync(join(root, `src/numeric/wasm/assembly/${name}.ts`), 'utf8');
  const shared = ['--enable', 'threads', '--sharedMemory', '--maximumMemory', '65536'];
  run('AssemblyScript', [
    'node_modules/assemblyscript/bin/asc.js',
    `src/numeric/wasm/assembly/${name}.ts`,
    ...['--outFile', `dist/src/numeric/wasm/${name}.wasm`],
    ...['-O3', '--noAssert', '--runtime', 'stub', '--enable', 'simd', '--importMemory'],
    ...(source.startsWith('// shared memory\n') ? shared : []),
  ]);
}

function run(what, args) {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8' });
  if (status !== 0) throw new SetupError(`${what} does not compile:\n${stdout}${stderr}`);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  try {
    await build();
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}
