import { existsSync, readFileSync } from 'node:fs';
import { register } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';

let registered = false;

/** Lets this thread import a user's TypeScript files, with their neighbours named as TypeScript names them. */
export function importTypeScript(): void {
  if (registered) return;
  register('./typescript-hooks.js', import.meta.url);
  registered = true;
}

/** A file of a user's and the files of the user's that it imports, directly or not. */
export function localSources(url: string, found = new Set<string>()): string[] {
  if (found.has(url) || !existsSync(fileURLToPath(url))) return [...found];
  found.add(url);
  const code = readFileSync(fileURLToPath(url), 'utf8');
  const imports = code.matchAll(/\b(?:from|import)\s*\(?\s*['"](\.{1,2}\/[^'"]+)['"]/g);
  for (const [, path] of imports) {
    const target = typeScriptFile(new URL(path, url).href);
    if (target) localSources(target, found);
  }
  return [...found];
}

/** What an import means that a compiler would have found: itself, `x.ts` for `x.js`, `x.ts` for `x`. */
export function typeScriptFile(url: string): string | undefined {
  const candidates = [url, url.replace(/\.(m?)js$/, '.$1ts'), `${url}.ts`, `${url}/index.ts`];
  return candidates.find((one) => /\.\w+$/.test(one) && existsSync(fileURLToPath(one)));
}

/** The module of a user's file. */
export const moduleOf = (path: string): string => pathToFileURL(path).href;
