import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import type ts from 'typescript';
import { AMBIENT_FILE, AMBIENT_TYPES } from '../ambient.js';
import { recordMaps } from './maps.js';

/** What is used of tslab's converter; `position`s are UTF-16 offsets. */
export interface TslabConverter {
  convert(declarations: string, source: string): TslabConversion;
  inspect(declarations: string, source: string, position: number): ts.QuickInfo | undefined;
  complete(declarations: string, source: string, position: number): TslabCompletions;
  close(): void;
}

export interface TslabConversion {
  output?: string;
  declOutput?: string;
  lastExpressionVar?: string;
  hasToplevelAwait?: boolean;
  sideOutputs?: { path: string; data: string }[];
  diagnostics: TslabDiagnostic[];
}

export interface TslabDiagnostic {
  start: { offset: number; line: number; character: number };
  end: { offset: number };
  messageText: string;
  code: number;
  fileName?: string;
}

export interface TslabCompletions {
  start: number;
  end: number;
  candidates: string[];
  original?: ts.CompletionInfo;
}

export interface Tslab {
  converter: TslabConverter;
  isCompleteCode(code: string): { completed: boolean; indent?: string };
  version: string;
}

type TypeScriptModule = typeof ts;

/**
 * tslab 1.0's converter for notebooks in the working directory. It is made to see packages with an `exports` map,
 * and this package's own where the notebook's folder has none; for that the private TypeScript that it requires
 * is replaced by a copy with one function changed, before it is loaded.
 */
export function loadTslab(root: string): Tslab {
  const require = createRequire(`${root}/notebook.js`);
  const fromTslab = createRequire(require.resolve('tslab/dist/converter'));
  const id = fromTslab.resolve('@tslab/typescript-for-tslab');
  const typescript = fromTslab(id) as TypeScriptModule;
  require.cache[id]!.exports = withHost(typescript, root);
  const { createConverter, isCompleteCode } = require('tslab/dist/converter');
  return {
    converter: createConverter({ isJS: false, isBrowser: false }),
    isCompleteCode,
    version: typescript.version,
  };
}

function withHost(typescript: TypeScriptModule, root: string): TypeScriptModule {
  const create = typescript.createWatchCompilerHost as (
    ...args: unknown[]
  ) => ts.WatchCompilerHost<ts.EmitAndSemanticDiagnosticsBuilderProgram>;
  const createWatchCompilerHost = (files: string[], options: ts.CompilerOptions, ...rest: unknown[]) => {
    const all: ts.CompilerOptions = {
      ...options,
      moduleResolution: typescript.ModuleResolutionKind.Bundler,
      lib: ['lib.es2022.d.ts'],
      types: ['node'],
      inlineSourceMap: true,
    };
    const host = create([...files, AMBIENT_FILE], all, ...rest);
    addAmbientTypes(host);
    host.resolveModuleNameLiterals = resolver(typescript, root, host);
    // A file that did not change keeps its imports: without this every cell resolves those of every library.
    host.hasInvalidatedResolutions = () => false;
    return host;
  };
  const transpileModule = recordMaps(typescript.transpileModule);
  return { ...typescript, createWatchCompilerHost, transpileModule } as TypeScriptModule;
}

/** `display` and its kin, which every cell finds without an import. */
function addAmbientTypes(
  host: ts.WatchHost & { readFile(path: string): string | undefined; fileExists(path: string): boolean },
): void {
  const { readFile, fileExists } = host;
  host.readFile = (path) => (path === AMBIENT_FILE ? AMBIENT_TYPES : readFile.call(host, path));
  host.fileExists = (path) => path === AMBIENT_FILE || fileExists.call(host, path);
}

/** From the importing file first, then from the folder of this package. What was found stays found. */
function resolver(
  typescript: TypeScriptModule,
  root: string,
  host: ts.ModuleResolutionHost,
): ts.CompilerHost['resolveModuleNameLiterals'] {
  const found = new Map<string, ts.ResolvedModuleWithFailedLookupLocations>();
  const { name, types } = JSON.parse(host.readFile(`${root}/package.json`) ?? '{}');
  const own = `${root}/${types}`.replace(/\.d\.ts$/, '.js');
  return (literals, containing, redirected, options) =>
    literals.map(({ text }) => {
      const key = `${dirname(containing)} ${text}`;
      const resolve = (specifier: string, from: string) =>
        typescript.resolveModuleName(specifier, from, options, host, undefined, redirected);
      const known = found.get(key);
      if (known) return known;
      const local = resolve(text, containing);
      const resolved = local.resolvedModule
        ? local
        : resolve(text === name ? own : text, `${root}/notebook.ts`);
      if (resolved.resolvedModule) found.set(key, resolved);
      return resolved;
    });
}
