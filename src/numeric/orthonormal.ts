import type { Matrix } from './matrix.js';

/**
 * Gram–Schmidt, twice over; a row that vanishes (a component without variance) is replaced by the first unit vector
 * that is independent of the rows before it.
 * @param known - how many rows at the start are orthonormal already.
 */
export function orthonormal(V: Matrix, known = 0): Matrix {
  const { rows: k, cols: d } = V;
  const data = Float64Array.from(V.data);
  let spare = 0;
  for (let c = known; c < k; c++) {
    const v = data.subarray(c * d, (c + 1) * d);
    const before = norm(v);
    removeRows(data, c, v);
    removeRows(data, c, v);
    while (!(norm(v) > 1e-8 * before)) {
      v.fill(0);
      v[spare++] = 1;
      removeRows(data, c, v);
      removeRows(data, c, v);
      if (norm(v) > 1e-8) break;
    }
    const length = norm(v);
    for (let j = 0; j < d; j++) v[j] /= length;
  }
  return { rows: k, cols: d, data };
}

function removeRows(data: Float64Array, count: number, v: Float64Array): void {
  for (let r = 0; r < count; r++) {
    const at = r * v.length;
    let overlap = 0;
    for (let j = 0; j < v.length; j++) overlap += v[j] * data[at + j];
    for (let j = 0; j < v.length; j++) v[j] -= overlap * data[at + j];
  }
}

function norm(v: Float64Array): number {
  let sum = 0;
  for (let j = 0; j < v.length; j++) sum += v[j] * v[j];
  return Math.sqrt(sum);
}
