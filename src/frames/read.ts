import { closeSync, openSync, readSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { readCsv, readCsvFile } from './csv/csv.js';
import type { CsvOptions } from './csv/reading.js';
import { readParquet } from './parquet/parquet.js';
import type { Table } from './table.js';
import { readXlsx } from './xlsx.js';

export interface ReadOptions extends CsvOptions {
  /** Sheet of a workbook; default the first. */
  readonly sheet?: string;
}

/**
 * Any table file by what its first bytes say: XLSX, Parquet, else CSV (also `;`, tab and gz).
 * @throws Error when there is no such file; RangeError or TypeError for what a reader cannot read.
 */
export async function readTable(path: string, options: ReadOptions = {}): Promise<Table> {
  const named = { name: basename(path), ...options };
  const kind = kindOf(firstBytes(path));
  return kind === 'csv' ? readCsvFile(path, named) : tableFromBytes(await readFile(path), named);
}

/** The same from bytes that are in memory already. */
export async function tableFromBytes(bytes: Uint8Array, options: ReadOptions = {}): Promise<Table> {
  const kind = kindOf(bytes);
  if (kind === 'xlsx') return readXlsx(bytes, options);
  return kind === 'parquet' ? readParquet(bytes, options) : readCsv(bytes, options);
}

function firstBytes(path: string): Uint8Array {
  const file = openSync(path, 'r');
  const head = new Uint8Array(4);
  readSync(file, head);
  closeSync(file);
  return head;
}

function kindOf(bytes: Uint8Array): 'xlsx' | 'parquet' | 'csv' {
  const head = String.fromCharCode(...bytes.subarray(0, 4));
  if (head === 'PK\x03\x04') return 'xlsx';
  return head === 'PAR1' ? 'parquet' : 'csv';
}
