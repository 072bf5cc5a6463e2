/**
 * The typings of Node's own modules, left out until a cell needs them: two thirds of `@types/node` declare modules
 * such as `fs` and nothing global, and most notebooks touch none of them.
 */
export interface NodeTypes {
  /** Whether `text` of `file` declares modules only and waits; remembers which. */
  defers(file: string, text: string): boolean;
  /** The files that declare the module `specifier` and what it imports, as far as they wait; they wait no longer. */
  claim(specifier: string): string[];
}

export function createNodeTypes(folder: string, read: (file: string) => string | undefined): NodeTypes {
  const waiting = new Map<string, string>();
  const claimed = new Set<string>();
  const claim = (specifier: string): string[] => {
    const file = waiting.get(specifier);
    if (file === undefined || claimed.has(file)) return [];
    claimed.add(file);
    const imported = [...(read(file) ?? '').matchAll(IMPORTED_MODULE)].map(([, name]) => name);
    return [file, ...imported.flatMap(claim)];
  };
  return {
    claim,
    defers: (file, text) => {
      if (!file.startsWith(folder) || claimed.has(file) || !isModulesOnly(text)) return false;
      for (const [, name] of text.matchAll(DECLARED_MODULE)) waiting.set(name, file);
      return true;
    },
  };
}

const DECLARED_MODULE = /^declare module ["']([^"']+)["']/gm;
const IMPORTED_MODULE = /^ +(?:import|export)\b[^;]*? from ["']([^"']+)["'];/gm;
const GLOBAL_STATEMENT =
  /^\s*(?:declare\s+)?global\s*\{|^declare (?!module ["'])|^(?:interface|type|import|export)\b/m;

function isModulesOnly(text: string): boolean {
  return /^declare module ["']/m.test(text) && !GLOBAL_STATEMENT.test(text);
}
