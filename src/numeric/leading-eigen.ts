import { type SymmetricEigen, symmetricEigen } from './eigen.js';
import type { Matrix } from './matrix.js';
import { orthonormal } from './orthonormal.js';
import { random } from './random.js';

const EXTRA = 10;
const MOST_ITERATIONS = 200;
const TOLERANCE = 1e-9;

/**
 * The k largest eigenvalues of a symmetric positive semidefinite matrix and their eigenvectors, by subspace iteration
 * with a few spare vectors (Rutishauser 1969, doi:10.1007/BF02219773), until each residual is below 1e-9 of the
 * largest eigenvalue; where eigenvalues lie too close for that, by the complete decomposition.
 * @param G - d × d.
 */
export function leadingEigen(G: Matrix, k: number): SymmetricEigen {
  const size = Math.min(G.rows, k + EXTRA);
  let Q = orthonormal(startVectors(size, G.cols));
  for (let iteration = 0; iteration < MOST_ITERATIONS; iteration++) {
    const GQ = timesSymmetric(Q, G);
    const { values, vectors: R } = symmetricEigen(products(Q, GQ));
    const ritz = combine(R, Q);
    const image = combine(R, GQ);
    if (worstResidual(ritz, image, values, k) <= TOLERANCE * values[0]) return first(values, ritz, k);
    Q = orthonormal(image);
  }
  const all = symmetricEigen(G);
  return first(all.values, all.vectors, k);
}

function startVectors(rows: number, cols: number): Matrix {
  const r = random('subspace');
  return { rows, cols, data: Float64Array.from({ length: rows * cols }, () => r.normal()) };
}

/** Rows of Q times G. */
function timesSymmetric(Q: Matrix, G: Matrix): Matrix {
  const d = G.cols;
  const data = new Float64Array(Q.data.length);
  for (let a = 0; a < d; a++) {
    const g = G.data.subarray(a * d, (a + 1) * d);
    for (let r = 0; r < Q.rows; r++) data[r * d + a] = dot(g, Q.data, r * d);
  }
  return { ...Q, data };
}

/** `A Bᵀ`. */
function products(A: Matrix, B: Matrix): Matrix {
  const data = new Float64Array(A.rows * B.rows);
  for (let i = 0; i < A.rows; i++) {
    const a = A.data.subarray(i * A.cols, (i + 1) * A.cols);
    for (let j = 0; j < B.rows; j++) data[i * B.rows + j] = dot(a, B.data, j * A.cols);
  }
  return { rows: A.rows, cols: B.rows, data };
}

/** `R Q`. */
function combine(R: Matrix, Q: Matrix): Matrix {
  const data = new Float64Array(R.rows * Q.cols);
  for (let i = 0; i < R.rows; i++)
    for (let k = 0; k < R.cols; k++) {
      const r = R.data[i * R.cols + k];
      for (let j = 0; j < Q.cols; j++) data[i * Q.cols + j] += r * Q.data[k * Q.cols + j];
    }
  return { rows: R.rows, cols: Q.cols, data };
}

function worstResidual(V: Matrix, GV: Matrix, values: Float64Array, k: number): number {
  let worst = 0;
  for (let c = 0; c < k; c++) {
    let sum = 0;
    for (let j = c * V.cols; j < (c + 1) * V.cols; j++) {
      const r = GV.data[j] - values[c] * V.data[j];
      sum += r * r;
    }
    worst = Math.max(worst, Math.sqrt(sum));
  }
  return worst;
}

function first(values: Float64Array, vectors: Matrix, k: number): SymmetricEigen {
  return {
    values: values.slice(0, k),
    vectors: { rows: k, cols: vectors.cols, data: vectors.data.slice(0, k * vectors.cols) },
  };
}

function dot(a: Float64Array, data: Float64Array, at: number): number {
  let sum = 0;
  for (let j = 0; j < a.length; j++) sum += a[j] * data[at + j];
  return sum;
}
