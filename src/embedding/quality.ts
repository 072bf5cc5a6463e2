import { checkRows, checkWhole } from '../numeric/check.js';
import type { Matrix } from '../numeric/matrix.js';
import { nearestNeighbours } from './nearest-neighbours.js';

export interface QualityOptions {
  /** Size of the neighbourhood. Default 12. */
  readonly neighbours?: number;
}

/**
 * How far neighbours on the map are neighbours in the data: 1 when none is false. Venna & Kaski (2001),
 * doi:10.1007/3-540-44668-0_68.
 * @param X - n × d data.
 * @param map - n × 2 (or more) embedding.
 * @throws RangeError when the neighbourhood is not smaller than n / 2.
 */
export function trustworthiness(X: Matrix, map: Matrix, { neighbours = 12 }: QualityOptions = {}): number {
  checkMaps(X, map, neighbours);
  return 1 - intrusion(X, map, neighbours);
}

/** How far neighbours in the data stay neighbours on the map: 1 when none is lost (Venna & Kaski 2001). */
export function continuity(X: Matrix, map: Matrix, { neighbours = 12 }: QualityOptions = {}): number {
  checkMaps(X, map, neighbours);
  return 1 - intrusion(map, X, neighbours);
}

/** Share of the nearest neighbours in the data that are among as many nearest on the map. */
export function neighbourPreservation(
  X: Matrix,
  map: Matrix,
  { neighbours = 12 }: QualityOptions = {},
): number {
  checkMaps(X, map, neighbours);
  const inData = nearestNeighbours(X, neighbours).indices;
  const onMap = nearestNeighbours(map, neighbours).indices;
  let kept = 0;
  for (let i = 0; i < X.rows; i++) {
    const known = new Set(inData.subarray(i * neighbours, (i + 1) * neighbours));
    for (let r = 0; r < neighbours; r++) if (known.has(onMap[i * neighbours + r])) kept++;
  }
  return kept / (X.rows * neighbours);
}

/** Mean excess rank in `truth` of the neighbours in `shown`, scaled so that the worst is 1. */
function intrusion(truth: Matrix, shown: Matrix, k: number): number {
  const n = truth.rows;
  const { indices } = nearestNeighbours(shown, k);
  let excess = 0;
  for (let i = 0; i < n; i++) excess += excessRanks(truth, i, indices.subarray(i * k, (i + 1) * k), k);
  return (2 * excess) / (n * k * (2 * n - 3 * k - 1));
}

/** Sum over the given rows of how far their rank by distance from row i exceeds k; one count serves all of them. */
function excessRanks(X: Matrix, i: number, members: Int32Array, k: number): number {
  const limits = Float64Array.from(members, (m) => squaredDistance(X, i, m)).sort();
  const closer = new Int32Array(k + 1);
  for (let m = 0; m < X.rows; m++) if (m !== i) closer[countUpTo(limits, squaredDistance(X, i, m))]++;
  let excess = 0;
  for (let r = 0, rank = 1; r < k; r++) {
    rank += closer[r]; // rows strictly closer than limits[r]
    if (rank > k) excess += rank - k;
  }
  return excess;
}

/** How many of the sorted limits are at most the value. */
function countUpTo(limits: Float64Array, value: number): number {
  if (value < limits[0]) return 0;
  let low = 0;
  let high = limits.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (limits[middle] <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}

function squaredDistance(X: Matrix, a: number, b: number): number {
  let sum = 0;
  for (let j = 0, p = a * X.cols, q = b * X.cols; j < X.cols; j++, p++, q++)
    sum += (X.data[p] - X.data[q]) * (X.data[p] - X.data[q]);
  return sum;
}

function checkMaps(X: Matrix, map: Matrix, neighbours: number): void {
  checkRows('X', X, 3);
  if (map.rows !== X.rows) throw new RangeError(`map must have ${X.rows} rows like X, but has ${map.rows}`);
  checkWhole('neighbours', neighbours, 1, Math.ceil(X.rows / 2) - 1);
}
