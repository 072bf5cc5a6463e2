import type { Matrix } from './matrix.js';

/** Eigenvalues in falling order, and the eigenvectors as the rows of `vectors` in the same order. */
export interface SymmetricEigen {
  readonly values: Float64Array;
  readonly vectors: Matrix;
}

/**
 * All eigenvalues and eigenvectors of a symmetric matrix, by Householder's tridiagonal form and the implicit QL
 * iteration (Bowdler, Martin, Reinsch & Wilkinson 1968, doi:10.1007/BF02161360). Only sums, products, quotients and
 * square roots, so the bits are the same on every machine.
 * @param A - d × d symmetric.
 */
export function symmetricEigen(A: Matrix): SymmetricEigen {
  const d = A.rows;
  const V = Float64Array.from(A.data);
  const diagonal = new Float64Array(d);
  const off = new Float64Array(d);
  if (d > 0) {
    tridiagonalise(V, diagonal, off, d);
    implicitQl(V, diagonal, off, d);
  }
  return sorted(V, diagonal, d);
}

/** V becomes Q (stored as rows: row j holds what column j of Q would) with `Qᵀ A Q` tridiagonal. */
function tridiagonalise(V: Float64Array, diagonal: Float64Array, off: Float64Array, d: number): void {
  const betas = new Float64Array(d);
  const p = new Float64Array(d);
  for (let k = d - 1; k >= 2; k--) betas[k] = reflect(V, off, p, k, d);
  if (d > 1) off[1] = V[d];
  for (let i = 0; i < d; i++) diagonal[i] = V[i * d + i];
  accumulate(V, betas, d);
}

/** One Householder step: the first k entries of row k are mapped onto its (k − 1)th; v stays in row k. */
function reflect(V: Float64Array, off: Float64Array, p: Float64Array, k: number, d: number): number {
  const v = V.subarray(k * d, k * d + k);
  let largest = 0;
  for (let i = 0; i < k; i++) largest = Math.max(largest, Math.abs(v[i]));
  let rest = 0;
  for (let i = 0; i < k - 1; i++) rest += Math.abs(v[i]);
  if (rest === 0) {
    off[k] = v[k - 1];
    return 0;
  }
  let norm = 0;
  for (let i = 0; i < k; i++) norm += (v[i] / largest) * (v[i] / largest);
  norm = largest * Math.sqrt(norm);
  const alpha = v[k - 1] > 0 ? -norm : norm;
  off[k] = alpha;
  v[k - 1] -= alpha;
  const scale = 1 / largest;
  for (let i = 0; i < k; i++) v[i] *= scale;
  let vv = 0;
  for (let i = 0; i < k; i++) vv += v[i] * v[i];
  const beta = 2 / vv;
  symmetricTimes(V, v, p, k, d);
  let pv = 0;
  for (let i = 0; i < k; i++) pv += (p[i] *= beta) * v[i];
  const half = (beta * pv) / 2;
  for (let i = 0; i < k; i++) p[i] -= half * v[i];
  for (let i = 0; i < k; i++) for (let j = 0, o = i * d; j <= i; j++) V[o + j] -= v[i] * p[j] + p[i] * v[j];
  return beta;
}

/** p = A v for the leading k × k block, of which only the lower triangle is kept. */
function symmetricTimes(V: Float64Array, v: Float64Array, p: Float64Array, k: number, d: number): void {
  p.fill(0, 0, k);
  for (let i = 0; i < k; i++) {
    let sum = 0;
    const vi = v[i];
    const o = i * d;
    for (let j = 0; j < i; j++) {
      sum += V[o + j] * v[j];
      p[j] += V[o + j] * vi;
    }
    p[i] += sum + V[o + i] * vi;
  }
}

/** The product of the reflections, last made first: `Qᵀ`, whose rows are the columns of Q. */
function accumulate(V: Float64Array, betas: Float64Array, d: number): void {
  const v = new Float64Array(d);
  const w = new Float64Array(d);
  for (let k = 0; k < d; k++) {
    const beta = k >= 2 ? betas[k] : 0;
    v.set(V.subarray(k * d, k * d + k));
    for (let j = 0; j < k; j++) V[k * d + j] = V[j * d + k] = 0;
    V[k * d + k] = 1;
    if (beta === 0) continue;
    for (let i = 0; i < k; i++) {
      let sum = 0;
      for (let j = 0; j < k; j++) sum += V[i * d + j] * v[j];
      w[i] = beta * sum;
    }
    for (let i = 0; i < k; i++) for (let j = 0; j < k; j++) V[i * d + j] -= w[i] * v[j];
  }
}

/** QL with Wilkinson's shift; the rotations are applied to the rows of V, which are contiguous. */
function implicitQl(V: Float64Array, diagonal: Float64Array, off: Float64Array, d: number): void {
  off.copyWithin(0, 1);
  off[d - 1] = 0;
  for (let l = 0; l < d; l++)
    for (let sweep = 0; ; sweep++) {
      const m = smallOffDiagonal(diagonal, off, l, d);
      if (m === l) break;
      if (sweep === 60)
        throw new RangeError('eigenvalues do not converge; the matrix must hold finite numbers');
      rotateFrom(V, diagonal, off, l, m, d);
    }
}

function smallOffDiagonal(diagonal: Float64Array, off: Float64Array, l: number, d: number): number {
  let m = l;
  for (; m < d - 1; m++) {
    const scale = Math.abs(diagonal[m]) + Math.abs(diagonal[m + 1]);
    if (Math.abs(off[m]) <= Number.EPSILON * scale) break;
  }
  return m;
}

function rotateFrom(
  V: Float64Array,
  diagonal: Float64Array,
  off: Float64Array,
  l: number,
  m: number,
  d: number,
): void {
  let g = (diagonal[l + 1] - diagonal[l]) / (2 * off[l]);
  let r = Math.sqrt(g * g + 1);
  g = diagonal[m] - diagonal[l] + off[l] / (g + (g >= 0 ? r : -r));
  let s = 1;
  let c = 1;
  let p = 0;
  for (let i = m - 1; i >= l; i--) {
    const f = s * off[i];
    const b = c * off[i];
    r = Math.sqrt(f * f + g * g);
    off[i + 1] = r;
    if (r === 0) {
      diagonal[i + 1] -= p;
      off[m] = 0;
      return;
    }
    s = f / r;
    c = g / r;
    g = diagonal[i + 1] - p;
    r = (diagonal[i] - g) * s + 2 * c * b;
    p = s * r;
    diagonal[i + 1] = g + p;
    g = c * r - b;
    rotateRows(V, i * d, c, s, d);
  }
  diagonal[l] -= p;
  off[l] = g;
  off[m] = 0;
}

function rotateRows(V: Float64Array, at: number, c: number, s: number, d: number): void {
  for (let k = at; k < at + d; k++) {
    const f = V[k + d];
    V[k + d] = s * V[k] + c * f;
    V[k] = c * V[k] - s * f;
  }
}

function sorted(V: Float64Array, diagonal: Float64Array, d: number): SymmetricEigen {
  const order = Array.from(diagonal.keys()).sort((a, b) => diagonal[b] - diagonal[a] || a - b);
  const data = new Float64Array(d * d);
  for (let i = 0; i < d; i++) data.set(V.subarray(order[i] * d, (order[i] + 1) * d), i * d);
  return { values: Float64Array.from(order, (k) => diagonal[k]), vectors: { rows: d, cols: d, data } };
}
