import type { Groups } from './groups.js';

/** Per group: how many values are filled, their sum, squared distances from their mean, least and largest. */
export interface Moments {
  readonly count: Float64Array;
  readonly sum: Float64Array;
  readonly squares: Float64Array;
  readonly min: Float64Array;
  readonly max: Float64Array;
}

/** A column and what is asked of it; what is not asked for stays at its start. */
export interface MomentsRequest {
  readonly values: Float64Array;
  readonly wanted: ReadonlySet<'count' | 'sum' | 'mean' | 'sd' | 'min' | 'max'>;
}

/** Rows that stay in the processor's cache while every column's passes go over them. */
const BLOCK = 4096;

/**
 * The moments of several columns, block by block, so that memory is read once. Squares are summed about each block's
 * own means and blocks joined by Chan, Golub & LeVeque (1983), doi:10.1080/00031305.1983.10483115: nothing cancels.
 */
export function momentsOf(requests: readonly MomentsRequest[], { codes, first }: Groups): Moments[] {
  const size = first.length;
  const totals = requests.map(() => empty(size));
  const block = empty(size);
  for (let start = 0; start < codes.length; start += Math.max(BLOCK, 4 * size)) {
    const end = Math.min(codes.length, start + Math.max(BLOCK, 4 * size));
    requests.forEach(({ values, wanted }, j) => {
      if (wanted.has('sd')) {
        addSums(values, codes, start, end, block);
        addSquares(values, codes, start, end, block);
        join(totals[j], block);
      } else addSums(values, codes, start, end, totals[j]);
      if (wanted.has('min')) keepLeast(values, codes, start, end, totals[j].min);
      if (wanted.has('max')) keepLargest(values, codes, start, end, totals[j].max);
    });
  }
  return totals;
}

function empty(size: number): Moments {
  return {
    count: new Float64Array(size),
    sum: new Float64Array(size),
    squares: new Float64Array(size),
    min: new Float64Array(size).fill(Number.POSITIVE_INFINITY),
    max: new Float64Array(size).fill(Number.NEGATIVE_INFINITY),
  };
}

type Values = Float64Array;
type Codes = Int32Array;

function addSums(values: Values, codes: Codes, start: number, end: number, { count, sum }: Moments): void {
  for (let i = start; i < end; i++) {
    const value = values[i];
    if (Number.isNaN(value)) continue;
    count[codes[i]]++;
    sum[codes[i]] += value;
  }
}

/** About the means of the block's own sums. */
function addSquares(values: Values, codes: Codes, start: number, end: number, block: Moments): void {
  const { count, sum, squares } = block;
  const mean = sum.map((total, k) => total / count[k]);
  for (let i = start; i < end; i++) {
    const distance = values[i] - mean[codes[i]];
    if (Number.isNaN(distance)) continue;
    squares[codes[i]] += distance * distance;
  }
}

/** Adds a block to the totals and empties it. */
function join(total: Moments, block: Moments): void {
  for (let k = 0; k < total.count.length; k++) {
    const n = total.count[k];
    const more = block.count[k];
    if (more === 0) continue;
    const apart = n > 0 ? block.sum[k] / more - total.sum[k] / n : 0;
    total.squares[k] += block.squares[k] + (apart * apart * n * more) / (n + more);
    total.count[k] = n + more;
    total.sum[k] += block.sum[k];
  }
  block.count.fill(0);
  block.sum.fill(0);
  block.squares.fill(0);
}

function keepLeast(values: Values, codes: Codes, start: number, end: number, min: Float64Array): void {
  for (let i = start; i < end; i++) if (values[i] < min[codes[i]]) min[codes[i]] = values[i];
}

function keepLargest(values: Values, codes: Codes, start: number, end: number, max: Float64Array): void {
  for (let i = start; i < end; i++) if (values[i] > max[codes[i]]) max[codes[i]] = values[i];
}
