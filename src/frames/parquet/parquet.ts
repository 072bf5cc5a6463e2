import { mapOnWorkers } from '../../numeric/workers.js';
import type { Table } from '../table.js';
import type { ParquetColumns, ParquetRequest } from './decode.js';

export interface ParquetOptions {
  /** Columns to read; default all. */
  readonly columns?: readonly string[];
  /** Name of the file, for messages. */
  readonly name?: string;
  /** Seconds until reading is given up: a damaged page can claim more work than can be done. Default 60. */
  readonly patience?: number;
}

/**
 * A Parquet file, flat columns only: numbers, booleans (1 and 0), texts, dates. Integers beyond 2⁵³ are refused.
 * It is decoded on a thread of its own, which can be ended.
 * @throws RangeError when the file is cut off or damaged, is no Parquet, or holds what is not read.
 */
export async function readParquet(
  bytes: Uint8Array,
  { columns, name = 'file', patience = 60 }: ParquetOptions = {},
): Promise<Table> {
  const signal = AbortSignal.timeout(1000 * patience);
  try {
    const decode = new URL('./decode.js', import.meta.url);
    const request: ParquetRequest = { bytes, columns };
    const [decoded] = await mapOnWorkers<ParquetRequest, ParquetColumns>(decode, 'decodeParquet', [request], {
      workers: 1,
      signal,
    });
    return { rows: decoded.rows, columns: new Map(decoded.columns) };
  } catch (error) {
    const why = signal.aborted ? `not done after ${patience} s; is it damaged?` : (error as Error).message;
    throw new RangeError(`${name}: cannot be read as Parquet: ${why}`, { cause: error });
  }
}
