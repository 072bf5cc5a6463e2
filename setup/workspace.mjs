// Where things live, what has been done already, and how a step runs a program. Plain Node, no dependencies: this
// runs before anything is installed.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  appendFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));
/** Everything the set-up makes, but for node_modules/ and dist/; never committed. */
export const state = join(root, '.nurdle');
export const logFile = join(state, 'setup.log');
export const jupyterPrefix = join(state, 'jupyter');
export const python = join(state, 'venv', process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python');

/** A failure whose message is meant for the person at the keyboard: no stack trace. */
export class SetupError extends Error {}

/**
 * Runs `work` unless it was already completed for the same `key`. The stamp goes first and comes back last, so that a
 * step killed in the middle is done again.
 */
export async function step(name, title, key, work) {
  const stamp = join(state, 'stamps', name);
  if (read(stamp) === key) return false;
  rmSync(stamp, { force: true });
  const start = Date.now();
  process.stderr.write(`${title} … `);
  try {
    await work();
  } catch (error) {
    process.stderr.write('failed\n');
    throw error;
  }
  process.stderr.write(`${((Date.now() - start) / 1000).toFixed(1)} s\n`);
  writeWhole(stamp, key);
  return true;
}

/** Runs a program with its output in the log; rejects with the last lines it printed. */
export function run(command, args, { env = {}, cwd = root, timeoutMs = 0 } = {}) {
  mkdirSync(state, { recursive: true });
  appendFileSync(logFile, `\n$ ${command} ${args.join(' ')}\n`);
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: timeoutMs || undefined,
    });
    let output = '';
    const keep = (chunk) => {
      output = (output + chunk).slice(-100_000);
      appendFileSync(logFile, chunk);
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.on('error', (error) => reject(new SetupError(`${command} could not be started: ${error.message}`)));
    child.on('close', (code, signal) => {
      if (code === 0) return resolve(output);
      const tail = output.trimEnd().split('\n').slice(-12).join('\n');
      reject(
        new SetupError(
          `${command} ended with ${signal ?? `exit code ${code}`}:\n${tail}\nThe whole log is in ${logFile}.`,
        ),
      );
    });
  });
}

/** SHA-256 over the given texts and files (paths under the project), for a step's key. */
export function hashOf(...parts) {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(`${part.length}:`).update(part);
  return hash.digest('hex');
}

/** The contents of every file below the folders, in a fixed order, for a step's key. */
export function hashOfFolders(folders, accept = () => true) {
  const hash = createHash('sha256');
  for (const folder of folders) hashFolder(hash, join(root, folder), accept);
  return hash.digest('hex');
}

function hashFolder(hash, folder, accept) {
  for (const name of listing(folder).sort()) {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) hashFolder(hash, path, accept);
    else if (accept(path)) hash.update(path.slice(root.length)).update(readFileSync(path));
  }
}

function listing(folder) {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** The text of a file, or undefined where there is none. */
export function read(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

/** Writes a file so that it is there whole or not at all. */
export function writeWhole(path, text) {
  mkdirSync(dirname(path), { recursive: true });
  const temporary = `${path}.${process.pid}.part`;
  writeFileSync(temporary, text);
  renameSync(temporary, path);
}

/** One set-up at a time: a second one waits for the first, and takes over from one that died. */
export async function withLock(work) {
  const lock = join(state, 'setup.lock');
  mkdirSync(state, { recursive: true });
  for (let told = false; !takeLock(lock); told = true) {
    if (!told) console.error('Another set-up is running in this folder; waiting for it.');
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
  try {
    return await work();
  } finally {
    rmSync(lock, { force: true });
  }
}

function takeLock(lock) {
  try {
    writeFileSync(lock, String(process.pid), { flag: 'wx' });
    return true;
  } catch {
    const owner = Number(read(lock));
    if (owner && owner !== process.pid && isAlive(owner)) return false;
    rmSync(lock, { force: true });
    return false;
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
