import { cholesky, choleskySolve, invertLower } from './cholesky.js';
import { type Matrix, matrix } from './matrix.js';

/** A model at its parameters: residuals y − f (n) and the derivatives of f by each parameter (n × k). */
export interface Linearised {
  readonly residuals: Float64Array;
  readonly J: Matrix;
}

export interface LeastSquaresOptions {
  /** Most steps. Default 200. */
  readonly iterations?: number;
  /** Brings parameters back to where they make sense, such as a width above zero. */
  readonly bound?: (parameters: Float64Array) => Float64Array;
}

export interface LeastSquaresFit {
  readonly parameters: Float64Array;
  /** Standard errors from the curvature at the minimum; infinite where a parameter is not determined. */
  readonly errors: Float64Array;
  readonly residuals: Float64Array;
  /** √(Σ r² / (n − k)) */
  readonly residualDeviation: number;
  readonly converged: boolean;
  readonly iterations: number;
}

/**
 * Non-linear least squares by Levenberg's and Marquardt's damped steps.
 *
 * Marquardt (1963), doi:10.1137/0111030
 * @param linearise - the model at some parameters.
 * @param start - k parameters to start from.
 */
export function leastSquaresFit(
  linearise: (parameters: Float64Array) => Linearised,
  start: Float64Array,
  { iterations: most = 200, bound = (parameters) => parameters }: LeastSquaresOptions = {},
): LeastSquaresFit {
  let parameters = start;
  let model = linearise(parameters);
  let sum = squares(model.residuals);
  let damping = 1e-3;
  let converged = false;
  let iterations = 0;
  for (; iterations < most && !converged; iterations++) {
    const step = dampedStep(model, damping);
    const trial = step && bound(parameters.map((value, k) => value + step[k]));
    const next = trial && linearise(trial);
    const lower = next ? squares(next.residuals) : Number.POSITIVE_INFINITY;
    if (trial && next && lower < sum) {
      converged = sum - lower < 1e-15 * sum || isNear(parameters, trial);
      [parameters, model, sum] = [trial, next, lower];
      damping = Math.max(damping / 10, 1e-15);
    } else {
      damping *= 10;
      converged = damping > 1e12;
    }
  }
  const variance = sum / (model.residuals.length - parameters.length);
  return {
    ...{ parameters, converged, iterations, residuals: model.residuals },
    ...{ errors: standardErrors(model.J, variance), residualDeviation: Math.sqrt(variance) },
  };
}

const squares = (values: Float64Array): number => values.reduce((sum, value) => sum + value * value, 0);

const isNear = (from: Float64Array, to: Float64Array): boolean =>
  from.every((value, k) => Math.abs(to[k] - value) <= 1e-12 * (Math.abs(value) + 1e-12));

/** (JᵀJ + λ diag) δ = Jᵀr; `null` when the damping is too weak for a solution. */
function dampedStep({ J, residuals }: Linearised, damping: number): Float64Array | null {
  const { A, scale } = normalEquations(J);
  const k = J.cols;
  for (let a = 0; a < k; a++) A.data[a * k + a] *= 1 + damping;
  const L = cholesky(A);
  if (!L) return null;
  const gradient = new Float64Array(k);
  for (let i = 0; i < J.rows; i++)
    for (let a = 0; a < k; a++) gradient[a] += (J.data[i * k + a] * residuals[i]) / scale[a];
  return choleskySolve(L, gradient).map((value, a) => value / scale[a]);
}

/** JᵀJ with its columns scaled to length one, so that parameters of different size weigh alike. */
function normalEquations(J: Matrix): { A: Matrix; scale: Float64Array } {
  const k = J.cols;
  const A = matrix(k, k);
  for (let i = 0; i < J.rows; i++)
    for (let a = 0; a < k; a++)
      for (let b = 0; b < k; b++) A.data[a * k + b] += J.data[i * k + a] * J.data[i * k + b];
  const scale = Float64Array.from({ length: k }, (_, a) => Math.sqrt(A.data[a * k + a]) || 1);
  for (let a = 0; a < k; a++) for (let b = 0; b < k; b++) A.data[a * k + b] /= scale[a] * scale[b];
  return { A, scale };
}

/** Square roots of the diagonal of variance · (JᵀJ)⁻¹. */
function standardErrors(J: Matrix, variance: number): Float64Array {
  const k = J.cols;
  const { A, scale } = normalEquations(J);
  const L = cholesky(A);
  if (!L) return new Float64Array(k).fill(Number.POSITIVE_INFINITY);
  const R = invertLower(L);
  return Float64Array.from({ length: k }, (_, a) => {
    let sum = 0;
    for (let i = a; i < k; i++) sum += R.data[i * k + a] * R.data[i * k + a];
    return Math.sqrt(variance * sum) / scale[a];
  });
}
