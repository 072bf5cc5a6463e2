import { createHash } from 'node:crypto';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { CardFile } from './cards.js';

/** Longest silence of the server, in milliseconds. */
const PATIENCE = 30_000;

/**
 * Downloads a file and moves it into place once its size and SHA-256 are right; until then it has another name, and on
 * any failure nothing stays.
 * @param advice - what to do instead, for messages.
 * @throws Error for a refused connection, an answer other than 200, a cut-off or a wrong file.
 */
export async function download(id: string, file: CardFile, path: string, advice: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const part = `${path}.${process.pid}.part`;
  try {
    await fetchInto(part, id, file, advice);
    await rename(part, path);
  } finally {
    await rm(part, { force: true });
  }
}

async function fetchInto(part: string, id: string, file: CardFile, advice: string): Promise<void> {
  const stop = new AbortController();
  const body = await answerOf(id, file, advice, stop);
  const hash = createHash('sha256');
  const out = await open(part, 'w');
  let received = 0;
  try {
    for await (const piece of patient(body, stop)) {
      received += piece.length;
      if (received > file.bytes) throw new Error(`it is larger than the ${file.bytes} bytes of its card`);
      hash.update(piece);
      await out.write(piece);
    }
  } catch (error) {
    stop.abort();
    const why = received > file.bytes ? (error as Error).message : `it was cut off: ${cut(received, file)}`;
    throw new Error(`data set "${id}" from ${file.url} was refused: ${why}; nothing was kept; ${advice}`);
  } finally {
    await out.close();
  }
  const found = hash.digest('hex');
  if (found === file.sha256) return;
  const why = received < file.bytes ? `it was cut off: ${cut(received, file)}` : wrongHash(found, file);
  throw new Error(`data set "${id}" from ${file.url} was refused: ${why}; nothing was kept; ${advice}`);
}

const cut = (received: number, file: CardFile): string => `${received} of ${file.bytes} bytes arrived`;

const wrongHash = (found: string, file: CardFile): string =>
  `its SHA-256 is ${found}, but its card says ${file.sha256}`;

async function answerOf(
  id: string,
  { url }: CardFile,
  advice: string,
  stop: AbortController,
): Promise<AsyncIterable<Uint8Array>> {
  const timer = setTimeout(() => stop.abort(), PATIENCE);
  const response = await fetch(url, { signal: stop.signal }).catch((error: Error) => {
    const cause = (error.cause as Error | undefined)?.message ?? error.message;
    throw new Error(`data set "${id}" could not be downloaded from ${url}: ${cause}; ${advice}`);
  });
  clearTimeout(timer);
  if (response.ok && response.body) return response.body as unknown as AsyncIterable<Uint8Array>;
  throw new Error(
    `data set "${id}" could not be downloaded from ${url}: the server answered ${response.status}; ${advice}`,
  );
}

/** The pieces as they come; gives up after a long silence. */
async function* patient(body: AsyncIterable<Uint8Array>, stop: AbortController): AsyncIterable<Uint8Array> {
  let timer = setTimeout(() => stop.abort(), PATIENCE);
  try {
    for await (const piece of body) {
      clearTimeout(timer);
      yield piece;
      timer = setTimeout(() => stop.abort(), PATIENCE);
    }
  } finally {
    clearTimeout(timer);
  }
}
