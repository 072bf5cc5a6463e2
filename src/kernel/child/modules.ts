import Module, { createRequire, isBuiltin } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import vm from 'node:vm';
import type { LocalModule } from '../execution/messages.js';
import { localPath, locate, ownMain, ownName } from './locate.js';
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
