import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { readCsv } from './csv/csv.js';
import { readParquet } from './parquet.js';
import type { Table } from './table.js';
import { readXlsx } from './xlsx.js';

export interface ReadOptions {
  /** Sheet of a workbook; default the first. */
  readonly sheet?: string;
  /** Delimiter of a CSV file; default the one its first line suggests. */
  readonly delimiter?: string;
  /** Words that mean "missing"; default the usual ones (`NA`, `n/a`, `NaN`, …). */
  readonly missing?: readonly string[];
}

/**
 * Any table file by what its first bytes say: XLSX, Parquet, else CSV (also `;`, tab and gz).
 * @param path - the file.
 */
export async function readTable(path: string, options: ReadOptions = {}): Promise<Table> {
  return tableFromBytes(await readFile(path), { ...options, name: basename(path) });
}

/** The same from bytes that are in memory already. */
export async function tableFromBytes(
  bytes: Uint8Array,
  options: ReadOptions & { name?: string } = {},
): Promise<Table> {
  if (startsWith(bytes, 'PK')) return readXlsx(bytes, options);
  if (startsWith(bytes, 'PAR1')) return readParquet(bytes, options);
  return readCsv(bytes, options);
}

function startsWith(bytes: Uint8Array, magic: string): boolean {
  return [...magic].every((character, i) => bytes[i] === character.charCodeAt(0));
}
