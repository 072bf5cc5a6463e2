import { statSync } from 'node:fs';
import type { LocalModule } from '../../execution/messages.js';
import type { TypeScript } from './internals.js';
import type { CellProgram } from './program.js';

/**
 * The notebook's own `.ts` modules, compiled to CommonJS when they are new or were edited since a cell last
 * imported them. Looks at the disk when called, and at the program when the returned function is.
 */
export function changedModules(
  ts: TypeScript,
  program: CellProgram,
  sent: Map<string, string>,
  code: string,
): () => LocalModule[] {
  if (!/\b(import|require)\b/.test(code)) return () => [];
  const edited = [...sent].filter(([path, stamp]) => stampOf(path) !== stamp).map(([path]) => path);
  if (edited.length > 0) program.library.invalidate(edited);
  return () => {
    const stale = edited.length > 0;
    const files = program.library.localModules().filter(({ fileName }) => stale || !sent.has(fileName));
    for (const { fileName } of files) sent.set(fileName, stampOf(fileName));
    return files.map(({ fileName, text }) => compileModule(ts, fileName, text));
  };
}

function stampOf(path: string): string {
  const { mtimeMs = 0, size = 0 } = statSync(path, { throwIfNoEntry: false }) ?? {};
  return `${mtimeMs} ${size}`;
}

function compileModule(ts: TypeScript, path: string, text: string): LocalModule {
  const { outputText, sourceMapText } = ts.transpileModule(text, {
    fileName: path,
    compilerOptions: {
      module: ts.ModuleKind.CommonJS,
      target: ts.ScriptTarget.ES2022,
      esModuleInterop: true,
      sourceMap: true,
      experimentalDecorators: true,
    },
  });
  return { path, js: outputText.replace(/\/\/# sourceMappingURL=.*\s*$/, ''), map: sourceMapText! };
}
