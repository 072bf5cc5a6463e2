import type { Matrix } from '../numeric/matrix.js';

/**
 * Euclidean distances between `W x` and `W c` for each row x and each centre c.
 * @param X - m × d.
 * @param centres - k × d.
 * @param W - d × d, lower triangular.
 * @returns m × k.
 */
export function whitenedDistances(X: Matrix, centres: Matrix, W: Matrix): Matrix {
  const [m, k, d] = [X.rows, centres.rows, X.cols];
  const whiteCentres = Array.from({ length: k }, (_, c) =>
    whiten(centres.data.subarray(c * d, (c + 1) * d), centres.data, W),
  );
  const data = new Float64Array(m * k);
  for (let i = 0; i < m; i++) {
    const white = whiten(X.data.subarray(i * d, (i + 1) * d), centres.data, W);
    for (let c = 0; c < k; c++) data[i * k + c] = distance(white, whiteCentres[c]);
  }
  return { rows: m, cols: k, data };
}

/** `W (x − origin)`, origin the first centre: differences stay small where values are large. */
function whiten(x: Float64Array, origin: Float64Array, W: Matrix): Float64Array {
  const d = W.rows;
  const out = new Float64Array(d);
  const shifted = x.map((v, j) => v - origin[j]);
  for (let i = 0; i < d; i++) {
    let sum = 0;
    for (let j = 0, o = i * d; j <= i; j++) sum += W.data[o + j] * shifted[j];
    out[i] = sum;
  }
  return out;
}

function distance(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let j = 0; j < a.length; j++) sum += (a[j] - b[j]) * (a[j] - b[j]);
  return Math.sqrt(sum);
}
