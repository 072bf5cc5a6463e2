import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { sha256 } from '../frames/locate.js';
import { fromPlainText, plainText } from './plain.js';

/** A value with the SHA-256 of the text that it is stored as. */
export interface Stored {
  readonly value: unknown;
  readonly sha256: string;
}

/** Why a task has no result. */
export interface Failure {
  readonly label: string;
  readonly message: string;
  readonly stack?: string;
}

/** What the first line of a stored file says of the rest. */
interface Header {
  readonly nurdle: 'value';
  readonly key: string;
  readonly sha256: string;
}

/**
 * A folder with the results of tasks under their keys, and the inputs that many tasks share under their SHA-256. Every
 * file carries the SHA-256 of its content, and is there whole or not at all: processes and machines may share the
 * folder, and a kill at any moment costs no more than the task it hit.
 */
export class TaskStore {
  readonly folder: string;

  constructor(folder: string) {
    this.folder = folder;
  }

  /** Keeps an input under the SHA-256 of its text. */
  async putValue(value: unknown): Promise<string> {
    const text = plainText(value);
    const key = sha256(Buffer.from(text));
    if ((await readStored(this.path('inputs', key), key)) === null)
      await writeStored(this.path('inputs', key), key, text);
    return key;
  }

  /**
   * An input by its SHA-256.
   * @throws Error when it is missing or damaged.
   */
  async value(key: string): Promise<unknown> {
    const stored = await readStored(this.path('inputs', key), key);
    if (stored) return stored.value;
    throw new Error(
      `input ${key.slice(0, 12)} is missing from ${this.folder} or damaged; start the run again`,
    );
  }

  async putResult(key: string, value: unknown): Promise<void> {
    await writeStored(this.path('results', key), key, plainText(value));
    await rm(this.path('failures', key), { force: true });
  }

  /** The result of a task, or `null` where there is none or it is damaged. */
  result(key: string): Promise<Stored | null> {
    return readStored(this.path('results', key), key);
  }

  async putFailure(key: string, failure: Failure): Promise<void> {
    await writeStored(this.path('failures', key), key, plainText(failure));
  }

  /** Why the task failed when it was last tried, or `null`. */
  async failure(key: string): Promise<Failure | null> {
    return (await readStored(this.path('failures', key), key))?.value as Failure | null;
  }

  /** Two-letter folders keep each one small. */
  private path(kind: 'inputs' | 'results' | 'failures', key: string): string {
    return join(this.folder, kind, key.slice(0, 2), key);
  }
}

async function writeStored(path: string, key: string, text: string): Promise<void> {
  const header: Header = { nurdle: 'value', key, sha256: sha256(Buffer.from(text)) };
  await writeWhole(path, `${JSON.stringify(header)}\n${text}\n`);
}

async function readStored(path: string, key: string): Promise<Stored | null> {
  const file = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (file === null) return null;
  try {
    const end = file.indexOf('\n');
    const header = JSON.parse(file.slice(0, end)) as Header;
    const text = file.slice(end + 1, -1);
    const whole = header.key === key && sha256(Buffer.from(text)) === header.sha256;
    return whole ? { value: fromPlainText(text), sha256: header.sha256 } : null;
  } catch {
    return null;
  }
}

/** Writes a file that is there whole or not at all, with the folders above it. */
export async function writeWhole(path: string, content: string | Uint8Array): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const part = join(dirname(path), `.part-${randomUUID()}`);
  try {
    await writeFile(part, content);
    await rename(part, path);
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
}
