import { createRequire } from 'node:module';
import type { TypeScript } from './internals.js';

export interface Stripped {
  js: string;
  /** Source map from `js` to the TypeScript given. */
  map: string;
}

type Oxc = typeof import('oxc-transform');
let oxc: Oxc | undefined;

/**
 * TypeScript to JavaScript. oxc does it in hundredths of a millisecond; decorators go through TypeScript itself,
 * which needs no helper package for them.
 */
export function strip(ts: TypeScript, text: string, root: string): Stripped {
  if (/@\s*[\w(]/.test(text)) return stripWithTypeScript(ts, text);
  oxc ??= createRequire(`${root}/notebook.js`)('oxc-transform') as Oxc;
  const { code, map, errors } = oxc.transformSync('cell.ts', text, { target: 'es2022', sourcemap: true });
  if (errors.length > 0 || !map) return stripWithTypeScript(ts, text);
  return { js: code, map: JSON.stringify(map) };
}

function stripWithTypeScript(ts: TypeScript, text: string): Stripped {
  const { outputText, sourceMapText } = ts.transpileModule(text, {
    compilerOptions: {
      module: ts.ModuleKind.ESNext,
      target: ts.ScriptTarget.ES2022,
      sourceMap: true,
      experimentalDecorators: true,
    },
  });
  return { js: outputText.replace(/\n\/\/# sourceMappingURL=.*\s*$/, ''), map: sourceMapText! };
}
