import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Card, CardFile } from './cards.js';
import { download } from './download.js';

/** Where a data set's file may be; every default comes from the environment. */
export interface Places {
  /** A folder with one folder per data set; default `NURDLE_DATA`. */
  readonly dataFolder?: string;
  /** Where downloads are kept; default `$XDG_CACHE_HOME/nurdle`, else `~/.cache/nurdle`. */
  readonly cacheFolder?: string;
  /** Never download; default whether `NURDLE_OFFLINE` is set. */
  readonly offline?: boolean;
}

export interface Located {
  readonly path: string;
  readonly from: 'folder' | 'cache' | 'download';
  readonly bytes: Uint8Array;
}

/**
 * The file of a data set, checked against its card's SHA-256: from `NURDLE_DATA`, else from the cache, else downloaded
 * into the cache.
 * @throws Error when it can be had nowhere, or is not the file the card describes.
 */
export async function locate(card: Card, places: Places = {}): Promise<Located> {
  const file = card.file;
  if (!file) throw new RangeError(`data set "${card.id}" has no file: it is made by its generator`);
  const local = findLocal(card, places);
  if (local) return { path: local, from: 'folder', bytes: await readChecked(local, file, card.id) };
  const cached = cachePath(card, places);
  if (existsSync(cached)) {
    const bytes = await readFile(cached);
    if (sha256(bytes) === file.sha256) return { path: cached, from: 'cache', bytes };
  }
  if (file.url === '' || (places.offline ?? Boolean(process.env['NURDLE_OFFLINE'])))
    throw new Error(`data set "${card.id}" is not at hand and may not be downloaded; ${advice(card)}`);
  await download(card.id, file, cached, advice(card));
  return { path: cached, from: 'download', bytes: await readFile(cached) };
}

/** Where the file would be found without a download, or `null`. */
export function findFile(card: Card, places: Places = {}): string | null {
  if (!card.file) return null;
  const cached = cachePath(card, places);
  return findLocal(card, places) ?? (existsSync(cached) ? cached : null);
}

function findLocal(card: Card, { dataFolder = process.env['NURDLE_DATA'] }: Places): string | null {
  if (!dataFolder) return null;
  const names = [card.folder ?? card.id, card.id, '.'].map((folder) =>
    join(dataFolder, folder, card.file!.name),
  );
  return names.find((name) => existsSync(name)) ?? null;
}

function cachePath(card: Card, { cacheFolder = defaultCache() }: Places): string {
  return join(cacheFolder, 'data', card.id, card.file!.name);
}

const defaultCache = (): string => join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'nurdle');

async function readChecked(path: string, file: CardFile, id: string): Promise<Uint8Array> {
  const bytes = await readFile(path);
  const found = sha256(bytes);
  if (found === file.sha256) return bytes;
  const reason =
    bytes.length < file.bytes
      ? `is cut off: it has ${bytes.length} of ${file.bytes} bytes`
      : `is not the file that the card describes: its SHA-256 is ${found}, expected ${file.sha256}`;
  throw new Error(`${path} of data set "${id}" ${reason}; replace it or take it away`);
}

/** SHA-256 of the bytes as hexadecimal digits. */
export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

const advice = (card: Card): string =>
  `put ${card.file!.name} into the folder ${card.folder ?? card.id} under NURDLE_DATA${card.kind === 'spectra' ? '' : ', or work with synthetic-cytotoxicity'}`;
