import { cholesky, choleskySolve } from './cholesky.js';
import { exp, log, sigmoid } from './elementary.js';
import type { Matrix } from './matrix.js';

/** A logistic regression: `P(1) = sigmoid(X β)`. */
export interface LogisticFit {
  /** d coefficients, in the order of the columns. */
  readonly coefficients: Float64Array;
  /** d × d, `Xᵀ W X` at the solution: the inverse of the coefficients' covariance. */
  readonly information: Matrix;
  readonly converged: boolean;
}

const MOST_STEPS = 100;

/**
 * Maximum likelihood by Newton's method with halved steps where one would go too far.
 * @param X - n × d; add a column of ones for an intercept.
 * @param y - n targets in 0 … 1, which need not be whole.
 * @throws RangeError when columns are collinear or a combination of them separates the classes.
 */
export function fitLogistic(X: Matrix, y: ArrayLike<number>): LogisticFit {
  const beta = new Float64Array(X.cols);
  let converged = false;
  for (let step = 0; step < MOST_STEPS && !converged; step++) {
    const { gradient, information } = derivatives(X, y, beta);
    const L = cholesky(information);
    if (!L)
      throw new RangeError(
        `logistic regression on ${X.rows} × ${X.cols} values has no unique solution; drop collinear columns, or the classes are separated`,
      );
    const direction = choleskySolve(L, gradient);
    converged = dot(gradient, direction) < NEAR;
    walk(X, y, beta, direction, converged);
  }
  return { coefficients: beta, information: derivatives(X, y, beta).information, converged };
}

/** So near the end (twice the loss still to gain) one more whole step arrives: each squares the error. */
const NEAR = 1e-8;

/** Goes along the direction, halving the step until the loss does not rise; beta is changed in place. */
function walk(
  X: Matrix,
  y: ArrayLike<number>,
  beta: Float64Array,
  direction: Float64Array,
  whole: boolean,
): void {
  const loss = negativeLogLikelihood(X, y, beta);
  for (let size = 1; size > 1e-10; size /= 2) {
    const tried = beta.map((b, j) => b - size * direction[j]);
    if (!whole && negativeLogLikelihood(X, y, tried) > loss) continue;
    beta.set(tried);
    return;
  }
}

function derivatives(X: Matrix, y: ArrayLike<number>, beta: Float64Array) {
  const d = X.cols;
  const gradient = new Float64Array(d);
  const information = { rows: d, cols: d, data: new Float64Array(d * d) };
  for (let i = 0; i < X.rows; i++) {
    const x = X.data.subarray(i * d, (i + 1) * d);
    const p = sigmoid(dot(x, beta));
    const weight = p * (1 - p);
    for (let a = 0; a < d; a++) {
      gradient[a] += (p - y[i]) * x[a];
      for (let b = 0; b < d; b++) information.data[a * d + b] += weight * x[a] * x[b];
    }
  }
  return { gradient, information };
}

/** `Σ ln(1 + e^η) − y η`, without overflow. */
function negativeLogLikelihood(X: Matrix, y: ArrayLike<number>, beta: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < X.rows; i++) {
    const eta = dot(X.data.subarray(i * X.cols, (i + 1) * X.cols), beta);
    sum += Math.max(eta, 0) + log(1 + exp(-Math.abs(eta))) - y[i] * eta;
  }
  return sum;
}

function dot(x: Float64Array, beta: Float64Array): number {
  let sum = 0;
  for (let j = 0; j < x.length; j++) sum += x[j] * beta[j];
  return sum;
}
