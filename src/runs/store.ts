import { randomUUID } from 'node:crypto';
import { access, mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { sha256 } from '../frames/locate.js';
import { markShared, patiently } from './patience.js';
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
  /** How long a read or a write waits for a shared folder that has gone away. */
  readonly patienceSeconds: number;

  /** @param options.patienceSeconds - default 0: a folder that is not there is an error at once. */
  constructor(folder: string, { patienceSeconds = 0 }: { patienceSeconds?: number } = {}) {
    this.folder = folder;
    this.patienceSeconds = patienceSeconds;
  }

  /** The same folder, with more patience. */
  patient(patienceSeconds: number): TaskStore {
    return new TaskStore(this.folder, { patienceSeconds });
  }

  /** Makes the folder, and marks it as there for those who wait for it. */
  async prepare(): Promise<void> {
    await mkdir(this.folder, { recursive: true });
    await markShared(this.folder);
  }

  /** Keeps an input under the SHA-256 of its text. */
  async putValue(value: unknown): Promise<string> {
    const text = plainText(value);
    const key = sha256(Buffer.from(text));
    if ((await this.read('inputs', key)) === null) await this.write('inputs', key, text);
    return key;
  }

  /**
   * An input by its SHA-256.
   * @throws Error when it is missing or damaged.
   */
  async value(key: string): Promise<unknown> {
    const stored = await this.read('inputs', key);
    if (stored) return stored.value;
    throw new Error(
      `input ${key.slice(0, 12)} is missing from ${this.folder} or damaged; start the run again`,
    );
  }

  async putResult(key: string, value: unknown): Promise<void> {
    await this.write('results', key, plainText(value));
    await this.clearFailure(key);
  }

  /** The result of a task, or `null` where there is none or it is damaged. */
  result(key: string): Promise<Stored | null> {
    return this.read('results', key);
  }

  /** Whether a result is there; only `result` says whether it is whole. */
  hasResult(key: string): Promise<boolean> {
    return this.has('results', key);
  }

  /** The size of a result's file; 0 where there is none. */
  resultBytes(key: string): Promise<number> {
    return stat(this.path('results', key)).then(
      ({ size }) => size,
      () => 0,
    );
  }

  /** Writes down which tasks there are, so that anybody can say later what is missing. */
  async putNames(tasks: readonly { readonly key: string; readonly label: string }[]): Promise<void> {
    const names = tasks.map(({ key, label }) => ({ key, label }));
    const text = plainText(names);
    await writeWhole(join(this.folder, 'names', `${sha256(Buffer.from(text))}.json`), text);
  }

  /** The labels of all tasks that were ever asked for here, by key. */
  async names(): Promise<Map<string, string>> {
    const folder = join(this.folder, 'names');
    const files = (await readdir(folder).catch(() => [])).filter((file) => file.endsWith('.json'));
    const texts = await Promise.all(files.map((file) => readFile(join(folder, file), 'utf8')));
    const lists = texts.map((text) => fromPlainText(text) as { key: string; label: string }[]);
    return new Map(lists.flat().map(({ key, label }) => [key, label]));
  }

  async putFailure(key: string, failure: Failure): Promise<void> {
    await this.write('failures', key, plainText(failure));
  }

  /** Why the task failed when it was last tried, or `null`. */
  async failure(key: string): Promise<Failure | null> {
    return (await this.read('failures', key))?.value as Failure | null;
  }

  hasFailure(key: string): Promise<boolean> {
    return this.has('failures', key);
  }

  async clearFailure(key: string): Promise<void> {
    await this.patiently(() => rm(this.path('failures', key), { force: true }));
  }

  private read(kind: Kind, key: string): Promise<Stored | null> {
    return this.patiently(() => readStored(this.path(kind, key), key));
  }

  private write(kind: Kind, key: string, text: string): Promise<void> {
    return this.patiently(() => writeStored(this.path(kind, key), key, text));
  }

  private has(kind: Kind, key: string): Promise<boolean> {
    const found = () =>
      access(this.path(kind, key)).then(
        () => true,
        (error: NodeJS.ErrnoException) => {
          if (error.code === 'ENOENT') return false;
          throw error;
        },
      );
    return this.patiently(found);
  }

  private patiently<T>(action: () => Promise<T>): Promise<T> {
    return patiently(this.folder, this.patienceSeconds, action);
  }

  /** Two-letter folders keep each one small. */
  private path(kind: Kind, key: string): string {
    return join(this.folder, kind, key.slice(0, 2), key);
  }
}

type Kind = 'inputs' | 'results' | 'failures';

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
    await rm(part, { force: true }).catch(() => {});
    throw isFull(error) ? new NoSpaceError(dirname(path), error) : error;
  }
}

const isFull = (error: unknown): boolean =>
  ['ENOSPC', 'EDQUOT'].includes((error as NodeJS.ErrnoException).code ?? '');

/** A disk or a quota is full. */
export class NoSpaceError extends Error {
  override readonly name = 'NoSpaceError';

  constructor(folder: string, cause: unknown) {
    super(`there is no space left in ${folder}; free some, then resume: what is done is kept`, { cause });
  }
}
