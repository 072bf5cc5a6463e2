import type { Matrix } from '../numeric/matrix.js';
import { columnMeans } from '../numeric/statistics.js';
import { doublesAt, floatsAt } from '../numeric/wasm/shared-memory.js';
import { type MapMemory, TILE } from './map-memory.js';

/** What the neighbour kernel must know about the data beside the data. */
export interface DataBounds {
  /** Largest squared length of a centred point. */
  readonly largest: number;
  /** Bound on the error of a squared distance in single precision, relative to (|a| + |b|)². */
  readonly slack: number;
}

/**
 * Writes the centred data in single precision (rows, and transposed with squared lengths) and in doubles. They are
 * first brought to a largest entry of 1, so that no unit overflows single precision.
 */
export function writeData({ memory, n, d, at }: MapMemory, data: Matrix): DataBounds {
  const padded = TILE * Math.ceil(n / TILE);
  const exact = doublesAt(memory, at.exact, n * d);
  const rows = floatsAt(memory, at.X, n * d);
  const transposed = floatsAt(memory, at.transposed, d * padded);
  const norms = floatsAt(memory, at.norms, padded).fill(Number.POSITIVE_INFINITY);
  writeCentred(data, exact);
  let largest = 0;
  for (let i = 0; i < n; i++) {
    let norm = 0;
    for (let j = 0; j < d; j++) {
      const x = exact[i * d + j];
      rows[i * d + j] = x;
      transposed[j * padded + i] = x;
      norm += x * x;
    }
    norms[i] = norm;
    largest = Math.max(largest, norm);
  }
  return { largest, slack: (d + 16) * 2 ** -24 };
}

function writeCentred(data: Matrix, out: Float64Array): void {
  const mean = columnMeans(data);
  let extent = 0;
  for (let k = 0; k < out.length; k++) {
    out[k] = data.data[k] - mean[k % data.cols];
    extent = Math.max(extent, Math.abs(out[k]));
  }
  if (extent > 0) for (let k = 0; k < out.length; k++) out[k] /= extent;
}
