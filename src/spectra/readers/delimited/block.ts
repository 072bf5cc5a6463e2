import type { Lines } from './lines.js';
import { isDataRow, type Shape, splitCells } from './shape.js';

/** Where the numbers of a file stand. */
export interface NumberBlock {
  /** First line, and the line behind the last. */
  readonly from: number;
  readonly to: number;
  /** Data rows among them. */
  readonly rows: number;
  /** Cells of the widest row. */
  readonly columns: number;
  /** The line with the names of the columns; −1 where there is none. */
  readonly header: number;
  /** Data rows elsewhere in the file. */
  readonly others: number;
}

/** The longest run of data rows, blank lines passed over; `null` where there is no data row. */
export function findBlock(lines: Lines, shape: Shape): NumberBlock | null {
  let best = { from: 0, to: 0, rows: 0, columns: 0 };
  let run = { ...best };
  let total = 0;
  for (let k = 0; k < lines.count; k++) {
    const line = lines.text(k);
    if (line.trim() === '') continue;
    const cells = splitCells(line, shape.delimiter);
    if (!isDataRow(cells, shape.decimal)) run = { from: k + 1, to: k + 1, rows: 0, columns: 0 };
    else {
      if (run.rows === 0) run.from = k;
      run = { ...run, to: k + 1, rows: run.rows + 1, columns: Math.max(run.columns, cells.length) };
      total++;
      if (run.rows > best.rows) best = run;
    }
  }
  if (best.rows === 0) return null;
  return { ...best, header: headerLine(lines, best.from, shape, best.columns), others: total - best.rows };
}

/** The last line before the numbers that is not blank, where it has as many cells as they: names, not a remark. */
function headerLine(lines: Lines, from: number, { delimiter }: Shape, columns: number): number {
  for (let k = from - 1; k >= 0; k--) {
    const line = lines.text(k);
    if (line.trim() === '') continue;
    const cells = splitCells(line, delimiter).length;
    const isRemark = delimiter === ' ' && /[:=]/.test(line);
    const fits = cells >= columns || (columns > 2 && cells === columns - 1);
    return fits && !isRemark ? k : -1;
  }
  return -1;
}
