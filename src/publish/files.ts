import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, isAbsolute, join, relative, sep } from 'node:path';

/** Writes a file so that it is there whole or not at all: beside its place, then renamed. */
export function writeWhole(path: string, content: string | Uint8Array): void {
  mkdirSync(dirname(path), { recursive: true });
  const part = `${path}.${process.pid}.part`;
  writeFileSync(part, content);
  renameSync(part, path);
}

/** A path inside `folder`; throws RangeError for a name that leads out of it. */
export function inside(folder: string, name: string): string {
  const path = join(folder, name);
  const from = relative(folder, path);
  if (from === '' || from === '..' || from.startsWith(`..${sep}`) || isAbsolute(from))
    throw new RangeError(`"${name}" leads out of ${folder}; give it a name without ".."`);
  return path;
}

/** A file name as a web address has it: letters, digits, dots, dashes. */
export const slug = (words: string): string =>
  words.replace(/[^\p{L}\p{N}._-]+/gu, '-').replace(/^[-.]+|[-.]+$/g, '') || 'untitled';

export const escapeHtml = (words: string): string =>
  words.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);

/** SHA-256 in hexadecimal digits. */
export const digest = (content: string | Uint8Array): string =>
  createHash('sha256').update(content).digest('hex');

/** What a JSON file holds, or undefined where there is none that is whole. */
export function readJson<T>(path: string): T | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as T;
  } catch {
    return undefined;
  }
}
