import { dirname } from 'node:path';
import type ts from 'typescript';
import type { TypeScript } from './internals.js';

/** Finds the file that an import means. */
export interface Resolver {
  /** For a cell: from the notebook's folder first, then from the folder of this package. */
  fromCell(specifier: string, cell: string): ts.ResolvedModuleWithFailedLookupLocations;
  fromFile(specifier: string, file: string): ts.ResolvedModuleWithFailedLookupLocations;
  /** What is known of folders and their package.json files. */
  cache(): ts.ModuleResolutionCache;
  /** Looks at the disk again. */
  clear(): void;
}

export function createResolver(ts: TypeScript, options: ts.CompilerOptions, root: string): Resolver {
  const found = new Map<string, ts.ResolvedModuleWithFailedLookupLocations>();
  const newCache = () => ts.createModuleResolutionCache(root, (name) => name, options);
  let cache = newCache();
  const fromFile = (specifier: string, file: string) =>
    ts.resolveModuleName(specifier, file, options, ts.sys, cache);
  return {
    fromFile,
    cache: () => cache,
    fromCell: (specifier, cell) => {
      const known = found.get(specifier);
      if (known) return known;
      const attempts = [fromFile(specifier, cell), fromFile(specifier, `${root}/notebook.ts`)];
      const own = { ...attempts[1], resolvedModule: ownTypes(ts, specifier, root) };
      const resolution = [...attempts, own].find(({ resolvedModule }) => resolvedModule) ?? attempts[0];
      found.set(specifier, resolution);
      return resolution;
    },
    clear: () => {
      found.clear();
      cache = newCache();
    },
  };
}

/** This package by its own name, where no node_modules folder links to it. */
function ownTypes(ts: TypeScript, specifier: string, root: string): ts.ResolvedModuleFull | undefined {
  const text = ts.sys.readFile(`${root}/package.json`) ?? '{}';
  const { name, types } = JSON.parse(text);
  if (name !== specifier) return undefined;
  const resolvedFileName = ts.sys.resolvePath(`${root}/${types}`);
  return { resolvedFileName, extension: ts.Extension.Dts, isExternalLibraryImport: dirname(root) !== root };
}
