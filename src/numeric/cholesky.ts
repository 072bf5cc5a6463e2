import type { Matrix } from './matrix.js';

/**
 * Lower triangular L with `L Lᵀ = A`, or `undefined` when A is not positive definite to working precision
 * (a pivot below d · ε times the largest entry of the diagonal).
 * @param A - d × d symmetric; only its lower triangle is read.
 */
export function cholesky(A: Matrix): Matrix | undefined {
  const d = A.rows;
  const L = new Float64Array(d * d);
  let largest = 0;
  for (let i = 0; i < d; i++) largest = Math.max(largest, A.data[i * d + i]);
  for (let i = 0; i < d; i++) {
    for (let j = 0; j < i; j++) L[i * d + j] = (A.data[i * d + j] - dot(L, i * d, j * d, j)) / L[j * d + j];
    const pivot = A.data[i * d + i] - dot(L, i * d, i * d, i);
    if (!(pivot > d * Number.EPSILON * largest)) return undefined;
    L[i * d + i] = Math.sqrt(pivot);
  }
  return { rows: d, cols: d, data: L };
}

/** Solves `L y = b`, then `Lᵀ x = y`: x of `A x = b`. */
export function choleskySolve(L: Matrix, b: ArrayLike<number>): Float64Array {
  const d = L.rows;
  const x = forwardSubstitution(L, b);
  for (let i = d - 1; i >= 0; i--) {
    for (let k = i + 1; k < d; k++) x[i] -= L.data[k * d + i] * x[k];
    x[i] /= L.data[i * d + i];
  }
  return x;
}

/** Solves `L y = b`: b in units in which the covariance `L Lᵀ` is the identity. */
export function forwardSubstitution(L: Matrix, b: ArrayLike<number>): Float64Array {
  const d = L.rows;
  const y = Float64Array.from(b);
  for (let i = 0; i < d; i++) y[i] = (y[i] - dotWith(L.data, i * d, y, i)) / L.data[i * d + i];
  return y;
}

/** The inverse of L, lower triangular. */
export function invertLower(L: Matrix): Matrix {
  const d = L.rows;
  const R = new Float64Array(d * d);
  for (let i = 0; i < d; i++) {
    const out = R.subarray(i * d, i * d + i);
    for (let k = 0; k < i; k++) {
      const l = L.data[i * d + k];
      for (let j = 0; j <= k; j++) out[j] -= l * R[k * d + j];
    }
    const pivot = 1 / L.data[i * d + i];
    for (let j = 0; j < i; j++) out[j] *= pivot;
    R[i * d + i] = pivot;
  }
  return { rows: d, cols: d, data: R };
}

function dot(data: Float64Array, a: number, b: number, length: number): number {
  let sum = 0;
  for (let k = 0; k < length; k++) sum += data[a + k] * data[b + k];
  return sum;
}

function dotWith(data: Float64Array, a: number, y: Float64Array, length: number): number {
  let sum = 0;
  for (let k = 0; k < length; k++) sum += data[a + k] * y[k];
  return sum;
}
