import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, extname, join, resolve } from 'node:path';

export interface Located {
  base: string;
  path?: string;
  commonJs: boolean;
}

/** Which base a specifier resolves from, and whether it can simply be required. */
export function locate(specifier: string, bases: readonly string[], root: string): Located {
  const local = localPath(specifier, dirname(bases[0]));
  if (local) return { base: bases[0], path: local, commonJs: isCommonJsFile(local) };
  for (const base of bases) {
    const folder = packageFolder(specifier, base);
    if (folder) return { base, commonJs: isPlainCommonJs(folder) };
  }
  if (ownName(root) === specifier) return { base: bases[1], path: ownMain(root), commonJs: false };
  return { base: bases[0], commonJs: true };
}

/** `./lib`, `./lib.js` and `/abs/lib.ts` all name the file `lib.ts` where there is one. */
export function localPath(specifier: string, directory: string): string | undefined {
  if (!/^(\.{1,2}\/|\/|file:)/.test(specifier)) return undefined;
  const path = specifier.startsWith('file:') ? new URL(specifier).pathname : resolve(directory, specifier);
  const bare = path.replace(/\.[cm]?jsx?$/, '');
  const candidates = [path, `${bare}.ts`, `${bare}.tsx`, `${path}.ts`, join(path, 'index.ts')];
  return candidates.find((file) => extname(file) !== '' && existsSync(file)) ?? path;
}

function isCommonJsFile(path: string): boolean {
  if (/\.(cjs|json|node|cts)$/.test(path)) return true;
  return extname(path) === '' || (path.endsWith('.js') && nearestType(dirname(path)) !== 'module');
}

function nearestType(folder: string): string {
  const file = join(folder, 'package.json');
  if (existsSync(file)) return readJson(file).type ?? 'commonjs';
  return dirname(folder) === folder ? 'commonjs' : nearestType(dirname(folder));
}

function packageFolder(specifier: string, base: string): string | undefined {
  const name = specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
  const folders = createRequire(base).resolve.paths(name) ?? [];
  return folders
    .map((folder) => join(folder, name))
    .find((folder) => existsSync(join(folder, 'package.json')));
}

/** A package without conditions and without ES modules is required: all of its names, none of the lexing. */
function isPlainCommonJs(folder: string): boolean {
  const { type, exports } = readJson(join(folder, 'package.json'));
  return type !== 'module' && exports === undefined;
}

const readJson = (file: string) => JSON.parse(readFileSync(file, 'utf8'));
export const ownName = (root: string): string => readJson(join(root, 'package.json')).name;
export const ownMain = (root: string): string => join(root, readJson(join(root, 'package.json')).main);
