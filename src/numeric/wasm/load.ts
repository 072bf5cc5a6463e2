import { readFileSync } from 'node:fs';
import type { Arena } from './arena.js';

const modules = new Map<string, WebAssembly.Module>();

/**
 * The functions of `assembly/<name>.ts`, working on an arena. The module is compiled once per thread.
 * @throws Error when the kernel was not built.
 */
export function loadKernels<K>(name: string, arena: Pick<Arena, 'memory'>): K {
  let module = modules.get(name);
  if (!module) modules.set(name, (module = compile(name)));
  const instance = new WebAssembly.Instance(module, { env: { memory: arena.memory, abort } });
  return instance.exports as K;
}

function compile(name: string): WebAssembly.Module {
  const file = new URL(`./${name}.wasm`, import.meta.url);
  try {
    return new WebAssembly.Module(readFileSync(file));
  } catch (error) {
    throw new Error(`kernel "${name}" is missing or broken at ${file.pathname}; run npm run build`, {
      cause: error,
    });
  }
}

function abort(): never {
  throw new Error('a WebAssembly kernel gave up');
}
