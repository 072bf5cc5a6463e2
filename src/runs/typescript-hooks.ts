// Node's module hooks: run in a thread of their own, see typescript.ts.
import { readFile } from 'node:fs/promises';
import type { LoadHook, ResolveHook } from 'node:module';
import { fileURLToPath } from 'node:url';
import { transformSync } from 'oxc-transform';
import { typeScriptFile } from './typescript.js';

const nurdle = new URL('../index.js', import.meta.url).href;

export const resolve: ResolveHook = async (specifier, context, next) => {
  try {
    return await next(specifier, context);
  } catch (error) {
    if (specifier === 'nurdle') return { url: nurdle, shortCircuit: true };
    const local = /^\.{1,2}\//.test(specifier) && context.parentURL?.startsWith('file:');
    const url = local ? typeScriptFile(new URL(specifier, context.parentURL).href) : undefined;
    if (!url) throw error;
    return { url, shortCircuit: true };
  }
};

export const load: LoadHook = async (url, context, next) => {
  if (!/^file:.*\.m?ts$/.test(url)) return next(url, context);
  const path = fileURLToPath(url);
  const { code, errors } = transformSync(path, await readFile(path, 'utf8'), { target: 'es2022' });
  if (errors.length > 0) throw new SyntaxError(`${path}: ${errors[0].message}\n${errors[0].codeframe ?? ''}`);
  return { format: 'module', source: code, shortCircuit: true };
};
