import { cholesky, choleskySolve } from '../../numeric/cholesky.js';
import { matrix } from '../../numeric/matrix.js';

export interface PolynomialOptions {
  readonly degree: number;
  readonly tolerance: number;
  readonly iterations: number;
}

/**
 * A polynomial that sinks under the bands: points above the fit are taken down to it and the fit is repeated.
 *
 * Lieber & Mahadevan-Jansen (2003), doi:10.1366/000370203322554518; Gan, Ruan & Mo (2006), doi:10.1016/j.chemolab.2005.08.009
 * @param x - n ascending abscissae.
 */
export function modifiedPolynomial(
  x: Float64Array,
  y: Float64Array,
  { degree, tolerance, iterations }: PolynomialOptions,
): Float64Array {
  const project = polynomialProjection(x, degree);
  let fit = project(y);
  let clipped = y;
  for (let turn = 0; turn < iterations; turn++) {
    const before = fit;
    clipped = clipped.map((value, i) => Math.min(value, before[i]));
    fit = project(clipped);
    if (distance(before, fit) < tolerance * norm(before)) break;
  }
  return fit;
}

/** The least-squares polynomial of y on the points x, by Legendre's polynomials so that high degrees stay exact. */
export function polynomialProjection(x: Float64Array, degree: number): (y: Float64Array) => Float64Array {
  const basis = legendre(x, degree);
  const size = basis.length;
  const gram = matrix(size, size);
  for (let a = 0; a < size; a++)
    for (let b = 0; b < size; b++) gram.data[a * size + b] = dot(basis[a], basis[b]);
  const L = cholesky(gram);
  if (!L) throw new RangeError(`a polynomial of degree ${degree} needs more than ${x.length} points`);
  return (y) => {
    const coefficients = choleskySolve(
      L,
      basis.map((column) => dot(column, y)),
    );
    const out = new Float64Array(x.length);
    basis.forEach((column, d) => {
      for (let i = 0; i < out.length; i++) out[i] += coefficients[d] * column[i];
    });
    return out;
  };
}

/** P₀ … P_degree on x stretched over −1 … 1. */
export function legendre(x: Float64Array, degree: number): Float64Array[] {
  const [low, high] = [x[0], x[x.length - 1]];
  const t = x.map((value) => (2 * value - low - high) / (high - low || 1));
  const columns = [new Float64Array(x.length).fill(1), t];
  for (let d = 1; d < degree; d++)
    columns.push(
      t.map((value, i) => ((2 * d + 1) * value * columns[d][i] - d * columns[d - 1][i]) / (d + 1)),
    );
  return columns.slice(0, degree + 1);
}

function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}

const norm = (a: Float64Array): number => Math.sqrt(dot(a, a));

const distance = (a: Float64Array, b: Float64Array): number => norm(a.map((value, i) => b[i] - value));
