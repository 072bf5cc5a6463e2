import { type SymmetricEigen, symmetricEigen } from './eigen.js';
import type { Matrix } from './matrix.js';
import { orthonormal } from './orthonormal.js';
import { random } from './random.js';

const SPARE = 3; // vectors beyond k in a block, so that eigenvalues of equal size are all found
const MOST_VECTORS = 320;
const TOLERANCE = 1e-9;

/**
 * The k largest eigenvalues of a symmetric positive semidefinite matrix and their eigenvectors, from the space of
 * `Q, G Q, G² Q …` with a block Q of random vectors (block Lanczos with complete orthogonalisation: Golub & Underwood
 * 1977), until each residual is below 1e-9 of the largest eigenvalue or the space has 320 dimensions, when what is
 * left lies between eigenvalues too close to matter.
 * @param G - d × d.
 */
export function leadingEigen(G: Matrix, k: number): SymmetricEigen {
  const block = Math.min(G.rows, k + SPARE);
  let Q = orthonormal(startVectors(block, G.cols));
  let GQ = timesSymmetric(Q, G);
  for (let check = 4 * block; ; check = Math.ceil(1.5 * check)) {
    const most = Math.min(G.rows, Math.max(MOST_VECTORS, 4 * block));
    while (Q.rows < Math.min(check, most)) {
      const added = Math.min(block, most - Q.rows);
      const next = lastRows(GQ, added);
      Q = orthonormal(stacked(Q, next), Q.rows);
      GQ = stacked(GQ, timesSymmetric(lastRows(Q, added), G));
    }
    const { values, vectors: R } = symmetricEigen(products(Q, GQ));
    const leading = firstRows(R, k);
    const ritz = combine(leading, Q);
    const done = worstResidual(ritz, combine(leading, GQ), values, k) <= TOLERANCE * values[0];
    if (done || Q.rows >= most) return { values: values.slice(0, k), vectors: ritz };
  }
}

function startVectors(rows: number, cols: number): Matrix {
  const r = random('subspace');
  return { rows, cols, data: Float64Array.from({ length: rows * cols }, () => r.normal()) };
}

function stacked(A: Matrix, B: Matrix): Matrix {
  const data = new Float64Array(A.data.length + B.data.length);
  data.set(A.data);
  data.set(B.data, A.data.length);
  return { rows: A.rows + B.rows, cols: A.cols, data };
}

const lastRows = (A: Matrix, count: number): Matrix => ({
  rows: count,
  cols: A.cols,
  data: A.data.subarray((A.rows - count) * A.cols),
});

const firstRows = (A: Matrix, count: number): Matrix => ({
  rows: count,
  cols: A.cols,
  data: A.data.subarray(0, count * A.cols),
});

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

function dot(a: Float64Array, data: Float64Array, at: number): number {
  let sum = 0;
  for (let j = 0; j < a.length; j++) sum += a[j] * data[at + j];
  return sum;
}
