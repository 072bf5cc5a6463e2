import { createRequire } from 'node:module';
import type { CellObject, WorkBook } from '@e965/xlsx';
import { type Cell, tableFromCells, uniqueNames } from './cells.js';
import { quoted, type Table } from './table.js';
import { unpackedSize } from './zip.js';

/** A workbook larger than this, unpacked, is refused: it would not fit into memory several times over. */
const LARGEST = 1 << 30;

export interface XlsxOptions {
  /** Name of the sheet; default the first. */
  readonly sheet?: string;
  /** Words that mean "missing". */
  readonly missing?: readonly string[];
  /** Name of the file, for messages. */
  readonly name?: string;
}

type Grid = readonly (readonly (CellObject | undefined)[] | undefined)[];

/**
 * One sheet of a workbook: the first row names the columns; rows and columns without a single filled cell are left
 * out.
 * @throws RangeError when the file is no workbook, has no such sheet, or the sheet is empty.
 */
export function readXlsx(bytes: Uint8Array, { sheet, missing, name = 'workbook' }: XlsxOptions = {}): Table {
  const grid = gridOf(openWorkbook(bytes, name), sheet, name);
  const header = grid[0] ?? [];
  const rows = grid.slice(1).filter((row) => row?.some((cell) => cellValue(cell) !== null));
  const width = Math.max(header.length, ...rows.map((row) => row!.length));
  const used = Array.from({ length: width }, (_, j) => j).filter(
    (j) => cellValue(header[j]) !== null || rows.some((row) => cellValue(row![j]) !== null),
  );
  if (used.length === 0) throw new RangeError(`${name}: the sheet has no filled cell`);
  const names = uniqueNames(used.map((j) => String(cellValue(header[j]) ?? '')));
  return tableFromCells(
    names,
    used.map((j) => rows.map((row) => cellValue(row![j]))),
    missing,
  );
}

/** The parser is 1 MB of JavaScript: loaded when the first workbook is read. */
function openWorkbook(bytes: Uint8Array, name: string): WorkBook {
  const size = unpackedSize(bytes);
  if (size === null) throw new RangeError(`${name}: not a whole XLSX file; it is cut off or of another kind`);
  if (size > LARGEST)
    throw new RangeError(`${name}: ${size >> 20} MiB when unpacked; save it as CSV instead`);
  const xlsx = createRequire(import.meta.url)('@e965/xlsx') as typeof import('@e965/xlsx');
  try {
    return xlsx.read(bytes, { dense: true, cellDates: true, UTC: true, ...WITHOUT });
  } catch (error) {
    throw new RangeError(`${name}: cannot be read as XLSX: ${(error as Error).message}`, { cause: error });
  }
}

/** What is not needed and costs time. */
const WITHOUT = { cellFormula: false, cellHTML: false, cellText: false };

function gridOf(workbook: WorkBook, sheet: string | undefined, name: string): Grid {
  const chosen = sheet ?? workbook.SheetNames[0];
  const found = workbook.Sheets[chosen];
  if (!found) throw new RangeError(`${name}: no sheet "${sheet}"; there are ${quoted(workbook.SheetNames)}`);
  return (found['!data'] as Grid | undefined) ?? [];
}

function cellValue(cell: CellObject | undefined): Cell {
  if (!cell || cell.t === 'z' || cell.t === 'e') return null;
  return (cell.v as Cell) ?? null;
}
