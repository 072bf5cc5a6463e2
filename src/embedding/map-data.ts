import type { Matrix } from '../numeric/matrix.js';
import { columnMeans } from '../numeric/statistics.js';
import { doublesAt, floatsAt } from '../numeric/wasm/shared-memory.js';

/** Points per tile of the neighbour kernel: the transposed data are padded to a multiple of it. */
export const TILE = 256;

/** What the neighbour kernel must know about the data beside the data. */
export interface DataBounds {
  /** Where single-precision copies have their origin, and their unit: the largest distance from it in any column. */
  readonly mean: Float64Array;
  readonly unit: number;
  /** Length of the longest point, in that unit. */
  readonly largest: number;
  /** Bound on the error of a squared distance in single precision, relative to (|a| + |b|)². */
  readonly slack: number;
}

/** Addresses of the data in a shared memory; see `writeData`. */
export interface DataPlaces {
  /** n × d doubles, as they came. */
  readonly exact: number;
  /** d × n floats, n padded to a multiple of 256, around the mean. */
  readonly transposed: number;
  /** Squared lengths of the points, infinite in the padding. */
  readonly norms: number;
}

/** Bytes that each place takes. */
export function dataSizes(n: number, d: number): DataPlaces {
  const padded = TILE * Math.ceil(n / TILE);
  return { exact: 8 * n * d, transposed: 4 * d * padded, norms: 4 * padded };
}

/** Writes the points to be searched. */
export function writeData(memory: WebAssembly.Memory, at: DataPlaces, X: Matrix): DataBounds {
  const { rows: n, cols: d } = X;
  const padded = TILE * Math.ceil(n / TILE);
  doublesAt(memory, at.exact, n * d).set(X.data);
  const transposed = floatsAt(memory, at.transposed, d * padded);
  const norms = floatsAt(memory, at.norms, padded).fill(Number.POSITIVE_INFINITY);
  const { mean, unit } = originAndUnit(X);
  let largest = 0;
  for (let i = 0; i < n; i++) {
    let norm = 0;
    for (let j = 0; j < d; j++) {
      const x = (X.data[i * d + j] - mean[j]) / unit;
      transposed[j * padded + i] = x;
      norm += x * x;
    }
    norms[i] = norm;
    largest = Math.max(largest, norm);
  }
  return { mean, unit, largest: Math.sqrt(largest), slack: (d + 16) * 2 ** -24 };
}

/** Writes rows `from … from + count` as queries: count × d floats. */
export function writeQueries(
  memory: WebAssembly.Memory,
  address: number,
  X: Matrix,
  { mean, unit }: DataBounds,
  from = 0,
  count = X.rows,
): void {
  const out = floatsAt(memory, address, count * X.cols);
  for (let o = 0, x = from * X.cols; o < out.length; o++, x++) out[o] = (X.data[x] - mean[o % X.cols]) / unit;
}

function originAndUnit(X: Matrix): { mean: Float64Array; unit: number } {
  const mean = columnMeans(X);
  let unit = 0;
  for (let k = 0; k < X.data.length; k++) unit = Math.max(unit, Math.abs(X.data[k] - mean[k % X.cols]));
  return { mean, unit: unit > 0 ? unit : 1 };
}
