import { readFileSync } from 'node:fs';

/** Reference values that a script in this folder wrote. */
export function reference<T>(name: string): T {
  const path = new URL(`../../../test/reference/${name}.json`, import.meta.url);
  return JSON.parse(readFileSync(path, 'utf8')) as T;
}
