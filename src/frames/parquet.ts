import { parquetMetadata, parquetRead, parquetSchema } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import { type Cell, tableFromCells } from './cells.js';
import { quoted, type Table } from './table.js';

export interface ParquetOptions {
  /** Columns to read; default all. */
  readonly columns?: readonly string[];
  /** Name of the file, for messages. */
  readonly name?: string;
}

/**
 * A Parquet file, flat columns only.
 * @throws RangeError when the file is cut off, is no Parquet, has nested columns, or lacks a column asked for.
 */
export async function readParquet(
  bytes: Uint8Array,
  { columns, name = 'file' }: ParquetOptions = {},
): Promise<Table> {
  const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
  try {
    const metadata = parquetMetadata(file);
    const children = parquetSchema(metadata).children;
    const nested = children.find((child) => child.children.length > 0);
    if (nested) throw new RangeError(`column "${nested.element.name}" is nested; only flat columns are read`);
    const all = children.map((child) => child.element.name);
    const wanted = columns ? [...columns] : all;
    const absent = wanted.filter((column) => !all.includes(column));
    if (absent.length > 0) throw new RangeError(`it has no column ${quoted(absent)}; it has ${quoted(all)}`);
    const cells = await readColumns(file, metadata, wanted);
    return tableFromCells(wanted, cells, []);
  } catch (error) {
    throw new RangeError(`${name} cannot be read as Parquet: ${(error as Error).message}`);
  }
}

async function readColumns(
  file: ArrayBuffer,
  metadata: ReturnType<typeof parquetMetadata>,
  columns: string[],
): Promise<Cell[][]> {
  const rows = Number(metadata.num_rows);
  const cells = new Map(columns.map((column) => [column, new Array<Cell>(rows).fill(null)]));
  await parquetRead({
    file,
    metadata,
    columns,
    compressors,
    onChunk({ columnName, columnData, rowStart }) {
      const into = cells.get(columnName)!;
      for (let i = 0; i < columnData.length; i++) into[rowStart + i] = columnData[i] as Cell;
    },
  });
  return columns.map((column) => cells.get(column)!);
}
