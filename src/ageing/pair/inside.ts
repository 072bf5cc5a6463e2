import { isAbsolute, join, normalize, sep } from 'node:path';

/**
 * The path of a file that a table names.
 * @throws RangeError when it would lie outside the table's folder: a table may come from a stranger.
 */
export function inside(folder: string, name: string): string {
  const path = normalize(name.replaceAll('\\', '/'));
  if (isAbsolute(path) || path === '..' || path.startsWith(`..${sep}`) || /^[a-z]:/i.test(path))
    throw new RangeError(`"${name}" lies outside the table's folder; put the file into it`);
  return join(folder, path);
}
