import type { Matrix } from '../../numeric/matrix.js';

/** A matrix with each value replaced by its rank among the distinct values of its column. */
export interface Bins {
  readonly rows: number;
  readonly cols: number;
  /** cols × rows ranks from 0 on: column j begins at `j * rows`. */
  readonly codes: Uint16Array;
  /** Smallest and largest value of each bin, per column. */
  readonly lows: readonly Float64Array[];
  readonly highs: readonly Float64Array[];
}

/** What a 16-bit rank can tell apart. */
export const MOST_BINS = 65536;

/**
 * Ranks the values of each column. A column with more distinct values than `most` has neighbouring ones merged into
 * bins of about as many rows each.
 * @param X - n × d finite values.
 */
export function binFeatures(X: Matrix, most = MOST_BINS): Bins {
  const { rows, cols } = X;
  const codes = new Uint16Array(rows * cols);
  const lows: Float64Array[] = [];
  const highs: Float64Array[] = [];
  const values = new Float64Array(rows);
  for (let j = 0; j < cols; j++) {
    for (let i = 0; i < rows; i++) values[i] = X.data[i * cols + j];
    const { low, high } = binsOf(values.slice().sort(), most);
    lows.push(low);
    highs.push(high);
    for (let i = 0; i < rows; i++) codes[j * rows + i] = binOf(values[i], high);
  }
  return { rows, cols, codes, lows, highs };
}

function binsOf(sorted: Float64Array, most: number): { low: Float64Array; high: Float64Array } {
  const distinct = sorted.filter((value, i) => i === 0 || value !== sorted[i - 1]);
  if (distinct.length <= most) return { low: distinct, high: distinct };
  const low: number[] = [];
  const high: number[] = [];
  const n = sorted.length;
  for (let from = 0; from < n; ) {
    // The k-th bin ends at the first change of value after k / most of the rows.
    let to = Math.max(from + 1, Math.ceil(((low.length + 1) * n) / most));
    while (to < n && sorted[to] === sorted[to - 1]) to++;
    low.push(sorted[from]);
    high.push(sorted[to - 1]);
    from = to;
  }
  return { low: Float64Array.from(low), high: Float64Array.from(high) };
}

/** The first bin whose largest value is not below `value`. */
function binOf(value: number, high: Float64Array): number {
  let from = 0;
  let to = high.length - 1;
  while (from < to) {
    const middle = (from + to) >> 1;
    if (high[middle] < value) from = middle + 1;
    else to = middle;
  }
  return from;
}

/** The threshold half way between two bins of a column: `x <= threshold` for the lower one only. */
export function thresholdBetween(
  { lows, highs }: Bins,
  feature: number,
  lower: number,
  upper: number,
): number {
  const below = highs[feature][lower];
  const above = lows[feature][upper];
  const middle = below + (above - below) / 2;
  return middle < above ? middle : below;
}
