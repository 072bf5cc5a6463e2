import type ts from 'typescript';

/** What tslab writes before each cell. */
export const SOURCE_PREFIX = 'export {};\n';

const INLINE_MAP = /\n?\/\/# sourceMappingURL=data:application\/json;base64,([A-Za-z0-9+/=]+)\s*$/;
const KEPT = 200;

const maps = new Map<string, readonly string[]>();

/** The source maps of code that `recordMaps` saw, from the code back to the cell. */
export function mapsOf(js: string): readonly string[] | undefined {
  return maps.get(js);
}

/**
 * `transpileModule` as tslab calls it, for the second of its two steps (ES modules to CommonJS), except that the
 * maps of both steps are kept. The first step leaves its map at the end of its code.
 */
export function recordMaps(transpile: typeof ts.transpileModule): typeof ts.transpileModule {
  return (js, options) => {
    const [comment = '', inline] = INLINE_MAP.exec(js) ?? [];
    const compilerOptions = { ...options.compilerOptions, sourceMap: true };
    const result = transpile(comment ? js.slice(0, -comment.length) : js, { ...options, compilerOptions });
    const outputText = result.outputText.replace(/\n?\/\/# sourceMappingURL=.*\s*$/, '\n');
    if (inline) remember(outputText, [result.sourceMapText!, Buffer.from(inline, 'base64').toString()]);
    return { ...result, outputText };
  };
}

/** Only the latest cells: each is asked for right after it was made. */
function remember(js: string, trail: readonly string[]): void {
  maps.set(js, trail);
  const [oldest] = maps.keys();
  if (maps.size > KEPT) maps.delete(oldest);
}
