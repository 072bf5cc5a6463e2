import { checkColumns, checkFinite, checkRows, checkWhole } from '../numeric/check.js';
import type { Matrix } from '../numeric/matrix.js';
import { type FoundNeighbours, searchNeighbours } from './neighbour-search.js';

export interface NearestNeighbours {
  /** n × k row numbers, nearest first; of two as near, the earlier row first. */
  readonly indices: Int32Array;
  /** n × k Euclidean distances. */
  readonly distances: Float64Array;
  readonly k: number;
}

export interface NearestNeighboursOptions {
  /** Rows to find neighbours of. Default: X itself, each row without itself. */
  readonly query?: Matrix;
}

/**
 * The k nearest rows of X to each row, exactly: candidates by dot products in single precision, then distances in
 * doubles, with a bound on what single precision could have missed.
 * @param X - n × d.
 * @throws RangeError when k is not in 1 … n (n − 1 without a query).
 */
export function nearestNeighbours(
  X: Matrix,
  k: number,
  { query }: NearestNeighboursOptions = {},
): NearestNeighbours {
  checkRows('X', X, query ? 1 : 2);
  checkWhole('k', k, 1, query ? X.rows : X.rows - 1);
  checkFinite('X', X);
  if (query) {
    checkColumns('query', query, X.cols);
    checkFinite('query', query);
  }
  const found = searchNeighbours(X, query ?? X, k, query !== undefined);
  for (const i of found.unproven) settle(X, query ?? X, i, query === undefined, found);
  return { indices: found.indices, distances: found.squares.map(Math.sqrt), k };
}

/** One row by a plain search in doubles, where single precision could not tell its neighbours apart. */
function settle(X: Matrix, Q: Matrix, i: number, skipsOwn: boolean, found: FoundNeighbours): void {
  const squares = squaredDistances(X, Q, i);
  if (skipsOwn) squares[i] = Number.POSITIVE_INFINITY;
  const order = smallest(squares, found.k);
  found.indices.set(order, i * found.k);
  for (let r = 0; r < found.k; r++) found.squares[i * found.k + r] = squares[order[r]];
}

function squaredDistances(X: Matrix, Q: Matrix, i: number): Float64Array {
  const d = X.cols;
  const q = Q.data.subarray(i * d, (i + 1) * d);
  const out = new Float64Array(X.rows);
  for (let r = 0, o = 0; r < X.rows; r++) {
    let sum = 0;
    for (let j = 0; j < d; j++, o++) sum += (X.data[o] - q[j]) * (X.data[o] - q[j]);
    out[r] = sum;
  }
  return out;
}

/** Positions of the k smallest values, in rising order: a heap whose root is the worst kept. */
function smallest(values: Float64Array, k: number): Int32Array {
  const heap = new Int32Array(k);
  const worse = (a: number, b: number): boolean =>
    values[a] > values[b] || (values[a] === values[b] && a > b);
  const sift = (at: number, size: number): void => {
    for (;;) {
      let child = 2 * at + 1;
      if (child >= size) return;
      if (child + 1 < size && worse(heap[child + 1], heap[child])) child++;
      if (!worse(heap[child], heap[at])) return;
      [heap[at], heap[child]] = [heap[child], heap[at]];
      at = child;
    }
  };
  for (let i = 0; i < k; i++) heap[i] = i;
  for (let at = k >> 1; at >= 0; at--) sift(at, k);
  for (let i = k; i < values.length; i++)
    if (values[i] < values[heap[0]]) {
      heap[0] = i;
      sift(0, k);
    }
  for (let size = k - 1; size > 0; size--) {
    [heap[0], heap[size]] = [heap[size], heap[0]];
    sift(0, size);
  }
  return heap;
}
