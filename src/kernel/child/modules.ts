import { existsSync, readFileSync } from 'node:fs';
import Module, { createRequire, isBuiltin } from 'node:module';
import { dirname, extname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import vm from 'node:vm';
import type { LocalModule } from '../execution/messages.js';
import { registerModuleMap } from './trace.js';
import { tslabModule } from './tslab.js';

/** What an import statement of a cell binds: the namespace, and the default export. */
export interface Imported {
  all: Record<string, unknown>;
  default: unknown;
}

/** How code of the notebook finds modules: from its own folder first, then beside the kernel. */
export interface Modules {
  import(specifier: string): Promise<Imported>;
  /** What `import('…')` in a cell gives. */
  importDynamic(specifier: string): Promise<object>;
  require: NodeJS.Require;
  /** Takes compiled local modules; a later import sees the new code. */
  update(modules: readonly LocalModule[]): void;
}

/**
 * @param directory - the notebook's folder.
 * @param root - the folder of this package, whose dependencies serve every notebook.
 */
export function createModules(directory: string, root: string): Modules {
  const bases = [join(directory, 'notebook.js'), join(root, 'notebook.js')];
  const requires = bases.map((base) => createRequire(base));
  const compiled = new Map<string, string>();
  hookTypeScript(compiled);
  const find = (specifier: string) => locate(specifier, bases, root);
  const require = fallbackRequire(requires, { root, directory, compiled });
  const load = async (specifier: string): Promise<Imported> => {
    if (isBuiltin(specifier) || specifier === 'tslab') return fromCommonJs(require(specifier));
    const { base, commonJs, path } = find(specifier);
    if (path && compiled.has(path)) return fromCommonJs(require(path));
    if (commonJs) return fromCommonJs(createRequire(base)(specifier));
    const namespace = await importFrom(base)(path ? pathToFileURL(path).href : specifier);
    return { all: namespace, default: namespace.default };
  };
  return {
    import: load,
    importDynamic: async (specifier) => {
      if (isBuiltin(specifier) || specifier.startsWith('data:')) return importFrom(bases[0])(specifier);
      const { base, path } = find(specifier);
      if (path && (compiled.has(path) || path.endsWith('.json'))) return asNamespace(await load(specifier));
      return importFrom(base)(path ? pathToFileURL(path).href : specifier);
    },
    require,
    update: (modules) => {
      for (const { path, js, map } of modules) {
        compiled.set(path, js);
        if (map) registerModuleMap(path, map);
        delete createRequire(bases[0]).cache[path];
      }
    },
  };
}

/** Default import of a CommonJS module: what TypeScript's `esModuleInterop` gives. */
function fromCommonJs(exports: unknown): Imported {
  const all = exports as Record<string, unknown>;
  return { all, default: all?.__esModule && 'default' in all ? all.default : exports };
}

const asNamespace = ({ all, default: main }: Imported): object => ({ ...all, default: main });

interface Located {
  base: string;
  path?: string;
  commonJs: boolean;
}

/** Which base a specifier resolves from, and whether it can simply be required. */
function locate(specifier: string, bases: readonly string[], root: string): Located {
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
function localPath(specifier: string, directory: string): string | undefined {
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
const ownName = (root: string): string => readJson(join(root, 'package.json')).name;
const ownMain = (root: string): string => join(root, readJson(join(root, 'package.json')).main);

function importFrom(base: string): (specifier: string) => Promise<Record<string, unknown>> {
  const { USE_MAIN_CONTEXT_DEFAULT_LOADER: importModuleDynamically } = vm.constants;
  return vm.runInThisContext('(specifier) => import(specifier)', { filename: base, importModuleDynamically });
}

interface RequireContext {
  root: string;
  directory: string;
  compiled: ReadonlyMap<string, string>;
}

function fallbackRequire(
  [local, beside]: NodeJS.Require[],
  { root, directory, compiled }: RequireContext,
): NodeJS.Require {
  const pick = (specifier: string) => {
    try {
      local.resolve(specifier);
      return local;
    } catch {
      return beside;
    }
  };
  let tslab: object | undefined;
  const require = (specifier: string) => {
    if (specifier === 'tslab') return (tslab ??= tslabModule(beside));
    const path = localPath(specifier, directory);
    if (path && compiled.has(path)) return local(path);
    return specifier === ownName(root) ? beside(ownMain(root)) : pick(specifier)(specifier);
  };
  return Object.assign(require, {
    resolve: Object.assign(
      (id: string, options?: NodeJS.RequireResolveOptions) => pick(id).resolve(id, options),
      {
        paths: local.resolve.paths,
      },
    ),
    cache: local.cache,
    main: local.main,
    extensions: local.extensions,
  });
}

/** Lets `require` load `.ts` files from the code that the protocol process compiled. */
function hookTypeScript(compiled: ReadonlyMap<string, string>): void {
  const loader = Module as unknown as {
    _extensions: Record<string, (module: { _compile(js: string, path: string): void }, path: string) => void>;
    _resolveFilename(request: string, parent?: { filename?: string }, ...rest: unknown[]): string;
  };
  const { _extensions: extensions, _resolveFilename: resolveFilename } = loader;
  // In TypeScript `./lib.js` may name `lib.ts`.
  loader._resolveFilename = (request, parent, ...rest) => {
    const path = parent?.filename && localPath(request, dirname(parent.filename));
    return path && compiled.has(path) ? path : resolveFilename.call(Module, request, parent, ...rest);
  };
  extensions['.ts'] = extensions['.tsx'] = (module, path) => {
    const js = compiled.get(path);
    if (js === undefined)
      throw new Error(
        `${path} is TypeScript that no cell imports; import it in a cell so that it is compiled`,
      );
    module._compile(js, path);
  };
}
