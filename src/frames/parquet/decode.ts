import type { FileMetaData } from 'hyparquet';
import { type Column, quoted, textColumn } from '../table.js';

/** What is to be decoded. */
export interface ParquetRequest {
  readonly bytes: Uint8Array;
  readonly columns: readonly string[] | undefined;
}

/** The columns with their names, so that their buffers can be moved between threads. */
export interface ParquetColumns {
  readonly rows: number;
  readonly columns: readonly (readonly [name: string, column: Column])[];
}

type Chunk = ArrayLike<unknown>;

const MOST_ROWS = 2n ** 31n;

/**
 * Decodes flat columns, one after another: the decoder's cells take many times the room of the numbers.
 * @throws RangeError or Error when the file is damaged, or holds what is not read.
 */
export async function decodeParquet({ bytes, columns }: ParquetRequest): Promise<ParquetColumns> {
  const { parquetMetadata, parquetSchema } = await import('hyparquet');
  const file = wholeBuffer(bytes);
  const metadata = parquetMetadata(file);
  checkMetadata(metadata, file.byteLength);
  const wanted = columnsWanted(parquetSchema(metadata).children, columns);
  const rows = Number(metadata.num_rows);
  const decoded: [string, Column][] = [];
  for (const name of wanted) decoded.push([name, join(name, await readChunks(file, metadata, name), rows)]);
  return { rows, columns: decoded };
}

/** The bytes as a buffer of their own. */
function wholeBuffer({ buffer, byteOffset, byteLength }: Uint8Array): ArrayBuffer {
  if (byteLength === buffer.byteLength && buffer instanceof ArrayBuffer) return buffer;
  return buffer.slice(byteOffset, byteOffset + byteLength) as ArrayBuffer;
}

/** A damaged footer may claim any size; what it claims has to fit together and into the file. */
function checkMetadata({ num_rows, row_groups }: FileMetaData, bytes: number): void {
  const rows = row_groups.reduce((sum, group) => sum + group.num_rows, 0n);
  if (rows !== num_rows || num_rows > MOST_ROWS)
    throw new RangeError('the footer is damaged: row counts disagree');
  for (const { columns, num_rows } of row_groups)
    for (const { meta_data: chunk } of columns) {
      const end = chunk && chunk.data_page_offset + chunk.total_compressed_size;
      if (!end || chunk.num_values !== num_rows || chunk.data_page_offset < 4n || end > BigInt(bytes))
        throw new RangeError('the footer is damaged: a column lies outside the file');
    }
}

function columnsWanted(
  children: readonly { children: readonly unknown[]; element: { name: string } }[],
  columns: readonly string[] | undefined,
): string[] {
  const all = children.map((child) => child.element.name);
  const absent = columns?.filter((column) => !all.includes(column)) ?? [];
  if (absent.length > 0) throw new RangeError(`no column ${quoted(absent)}; there are ${quoted(all)}`);
  const wanted = children.filter((child) => !columns || columns.includes(child.element.name));
  const nested = wanted.find((child) => child.children.length > 0);
  if (nested) throw new RangeError(`column "${nested.element.name}" is nested; only flat columns are read`);
  return wanted.map((child) => child.element.name);
}

/** What hyparquet decodes of a column, in the order of the rows. */
async function readChunks(file: ArrayBuffer, metadata: FileMetaData, name: string): Promise<Chunk[]> {
  const { parquetRead } = await import('hyparquet');
  const { compressors } = await import('hyparquet-compressors');
  const chunks: Chunk[] = [];
  await parquetRead({
    ...{ file, metadata, columns: [name], compressors },
    onChunk: ({ columnData }) => void chunks.push(columnData as Chunk),
  });
  return chunks;
}

/** The chunks of one column as one column, of the kind of its first filled cell. */
function join(name: string, chunks: readonly Chunk[], rows: number): Column {
  const length = chunks.reduce((sum, chunk) => sum + chunk.length, 0);
  if (length !== rows) throw new RangeError(`column "${name}" has ${length} of ${rows} rows`);
  const sample = firstFilled(chunks);
  if (typeof sample === 'string') return textColumn(cellsOf(chunks) as Iterable<string>);
  if (sample instanceof Date) return { kind: 'date', values: joinNumbers(name, chunks, rows) };
  return { kind: 'number', values: joinNumbers(name, chunks, rows) };
}

function firstFilled(chunks: readonly Chunk[]): unknown {
  for (const cell of cellsOf(chunks)) if (cell !== null && cell !== undefined) return cell;
  return undefined;
}

function* cellsOf(chunks: readonly Chunk[]): Generator<unknown> {
  for (const chunk of chunks) for (let i = 0; i < chunk.length; i++) yield chunk[i];
}

function joinNumbers(name: string, chunks: readonly Chunk[], rows: number): Float64Array {
  const values = new Float64Array(rows);
  let at = 0;
  for (const chunk of chunks) {
    if (chunk instanceof Float64Array || chunk instanceof Float32Array || chunk instanceof Int32Array)
      values.set(chunk, at);
    else for (let i = 0; i < chunk.length; i++) values[at + i] = numberOf(chunk[i], name, at + i);
    at += chunk.length;
  }
  return values;
}

function numberOf(cell: unknown, name: string, row: number): number {
  if (typeof cell === 'number') return cell;
  if (cell === null || cell === undefined) return Number.NaN;
  if (typeof cell === 'boolean' || cell instanceof Date) return Number(cell);
  const value = typeof cell === 'bigint' ? Number(cell) : Number.NaN;
  if (Number.isSafeInteger(value)) return value;
  const what = typeof cell === 'bigint' ? `the integer ${cell}, beyond 2^53` : 'neither a number nor text';
  throw new RangeError(`row ${row + 1} of column "${name}" holds ${what}`);
}
