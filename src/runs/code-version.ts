import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sha256 } from '../frames/locate.js';
import { localSources } from './typescript.js';

/** Rooms whose code shows or asks, but computes nothing that a result depends on. */
const WITHOUT_RESULTS = ['kernel', 'cli', 'plots'];

const home = fileURLToPath(new URL('../', import.meta.url));

let own: string | undefined;

/**
 * What the code that computes a result is: nurdle's version with a digest of its compiled files, and the digest of the
 * module and what it imports where that is somebody's own. A result is only taken up again by the code that made it.
 * @param module - a path inside `src`, or a `file:` URL.
 */
export function codeVersion(module: string): string {
  own ??= `${packageVersion()}+${digest()}`;
  if (!module.startsWith('file:')) return own;
  const known = users.get(module) ?? digestOfUser(module);
  users.set(module, known);
  return `${own}, ${known}`;
}

const users = new Map<string, string>();

const digestOfUser = (module: string): string =>
  sha256(
    Buffer.from(
      localSources(module)
        .map((url) => sha256(readFileSync(fileURLToPath(url))))
        .join(),
    ),
  ).slice(0, 16);

/** nurdle's version, from its package.json. */
export function packageVersion(): string {
  return JSON.parse(readFileSync(join(home, '../../package.json'), 'utf8')).version;
}

function digest(): string {
  const files = readdirSync(home, { recursive: true, encoding: 'utf8' })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => /\.(js|wasm)$/.test(file) && !WITHOUT_RESULTS.includes(file.split('/')[0]))
    .sort();
  const lines = files.map((file) => `${file} ${sha256(readFileSync(join(home, file)))}`);
  return sha256(Buffer.from(lines.join('\n'))).slice(0, 16);
}
