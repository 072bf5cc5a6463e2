import { checkColumns, checkFinite } from '../../numeric/check.js';
import { cholesky, choleskySolve } from '../../numeric/cholesky.js';
import { gram } from '../../numeric/gram.js';
import type { Matrix } from '../../numeric/matrix.js';
import { type ClassOptions, checkLabels, type Labels, ofClassOne } from './labels.js';
import { negativeLogLikelihood, softmaxRows } from './softmax.js';

export interface LogisticOptions extends ClassOptions {
  /** λ of `Σ loss + λ/2 · |coefficients|²`; the intercept is free. 1, which is scikit-learn's `C = 1 / λ`. */
  readonly penalty?: number;
}

/** A fitted logistic regression: plain data, which JSON holds as it is. */
export interface LogisticModel {
  readonly kind: 'logistic';
  readonly classes: number;
  /** How many columns it was fitted on. */
  readonly features: number;
  /** One row for two classes, one per class for more. */
  readonly coefficients: readonly (readonly number[])[];
  readonly intercepts: readonly number[];
}

const MOST_STEPS = 100;
/** A Newton step that would lower the loss by less than this share of it is the last one. */
const CONVERGED = 1e-14;

/**
 * L2-penalised logistic regression by Newton's method (iteratively re-weighted least squares); several classes by
 * softmax. The loss is convex, so there is one answer, found to rounding.
 *
 * @param X - n × d finite values, scaled: the penalty treats all columns alike.
 * @param y - n class numbers from 0 on.
 * @throws RangeError when rows, labels or penalty do not fit, or when without a penalty there is no single answer.
 */
export function fitLogistic(X: Matrix, y: ArrayLike<number>, options: LogisticOptions = {}): LogisticModel {
  const labels = checkLabels(X, y, options);
  const { penalty = 1 } = options;
  if (!(penalty >= 0 && penalty < Number.POSITIVE_INFINITY))
    throw new RangeError(`penalty must be a number from 0 on, but is ${penalty}`);
  const outputs = labels.classes === 2 ? 1 : labels.classes;
  const design = withIntercept(X);
  let theta: Float64Array = new Float64Array(outputs * design.cols);
  let now = lossAt(design, labels, theta, penalty);
  for (let step = 0; step < MOST_STEPS; step++) {
    const direction = newtonDirection(design, labels, theta, now.probabilities, penalty);
    if (direction.drop <= CONVERGED * now.loss) break;
    const next = descend(design, labels, theta, now.loss, direction, penalty);
    if (!next) break;
    ({ theta, now } = next);
  }
  return modelOf(theta, X.cols, outputs, labels.classes);
}

interface LossAt {
  readonly loss: number;
  /** n × classes. */
  readonly probabilities: Matrix;
}

interface Direction {
  readonly step: Float64Array;
  /** What the quadratic model promises: half of `gradientᵀ H⁻¹ gradient`. */
  readonly drop: number;
}

/** X with a last column of ones. */
function withIntercept(X: Matrix): Matrix {
  const cols = X.cols + 1;
  const data = new Float64Array(X.rows * cols).fill(1);
  for (let i = 0; i < X.rows; i++) data.set(X.data.subarray(i * X.cols, (i + 1) * X.cols), i * cols);
  return { rows: X.rows, cols, data };
}

function lossAt(Z: Matrix, labels: Labels, theta: Float64Array, penalty: number): LossAt {
  const scores = scoresOf(Z, theta, labels.classes);
  let loss = negativeLogLikelihood(scores, labels.labels, labels.weights);
  for (let at = 0; at < theta.length; at++)
    if (at % Z.cols !== Z.cols - 1) loss += (penalty / 2) * theta[at] * theta[at];
  return { loss, probabilities: softmaxRows(scores) };
}

/** Linear scores, n × classes; of two classes the first has score 0. */
function scoresOf(Z: Matrix, theta: Float64Array, classes: number): Matrix {
  const { rows, cols } = Z;
  const data = new Float64Array(rows * classes);
  const outputs = theta.length / cols;
  for (let i = 0; i < rows; i++)
    for (let k = 0; k < outputs; k++) {
      let sum = 0;
      for (let j = 0; j < cols; j++) sum += Z.data[i * cols + j] * theta[k * cols + j];
      data[i * classes + k + classes - outputs] = sum;
    }
  return { rows, cols: classes, data };
}

function newtonDirection(
  Z: Matrix,
  labels: Labels,
  theta: Float64Array,
  probabilities: Matrix,
  penalty: number,
): Direction {
  const gradient = gradientOf(Z, labels, theta, probabilities, penalty);
  const L = cholesky(hessianOf(Z, labels, theta.length / Z.cols, probabilities, penalty));
  if (!L)
    throw new RangeError(
      `the loss has no single minimum at penalty ${penalty}: columns of X depend on each other or separate the classes; raise penalty`,
    );
  const step = choleskySolve(L, gradient);
  let drop = 0;
  for (let at = 0; at < step.length; at++) drop += (gradient[at] * step[at]) / 2;
  return { step, drop };
}

function gradientOf(
  Z: Matrix,
  { labels, weights, classes }: Labels,
  theta: Float64Array,
  p: Matrix,
  penalty: number,
): Float64Array {
  const { rows, cols } = Z;
  const outputs = theta.length / cols;
  const gradient = theta.map((value, at) => (at % cols === cols - 1 ? 0 : penalty * value));
  for (let i = 0; i < rows; i++)
    for (let k = 0; k < outputs; k++) {
      const c = k + classes - outputs;
      const residual = weights[i] * (p.data[i * classes + c] - Number(labels[i] === c));
      for (let j = 0; j < cols; j++) gradient[k * cols + j] += residual * Z.data[i * cols + j];
    }
  return gradient;
}

/** Blocks `Σ w p_a (δ_ab − p_b) z zᵀ` for each pair of outputs, and the penalty on the diagonal. */
function hessianOf(
  Z: Matrix,
  { weights, classes }: Labels,
  outputs: number,
  p: Matrix,
  penalty: number,
): Matrix {
  const size = outputs * Z.cols;
  const H: Matrix = { rows: size, cols: size, data: new Float64Array(size * size) };
  const shift = classes - outputs;
  for (let a = 0; a < outputs; a++)
    for (let b = 0; b <= a; b++) {
      const curvature = (i: number): number => {
        const pa = p.data[i * classes + a + shift];
        return weights[i] * pa * (a === b ? 1 - pa : p.data[i * classes + b + shift]);
      };
      putBlock(H, gram(scaledRows(Z, (i) => Math.sqrt(curvature(i)))), a, b, a === b ? 1 : -1);
    }
  for (let at = 0; at < size; at++) if (at % Z.cols !== Z.cols - 1) H.data[at * size + at] += penalty;
  if (outputs > 1) fixIntercepts(H, Z.cols, outputs);
  return H;
}

function scaledRows(Z: Matrix, factor: (row: number) => number): Matrix {
  const data = new Float64Array(Z.data.length);
  for (let i = 0, at = 0; i < Z.rows; i++) {
    const f = factor(i);
    for (let j = 0; j < Z.cols; j++, at++) data[at] = f * Z.data[at];
  }
  return { rows: Z.rows, cols: Z.cols, data };
}

function putBlock(H: Matrix, block: Matrix, a: number, b: number, sign: number): void {
  const { cols } = block;
  for (let i = 0; i < cols; i++)
    for (let j = 0; j < cols; j++)
      H.data[(a * cols + i) * H.cols + b * cols + j] = sign * block.data[i * cols + j];
}

/** Softmax does not feel one number added to all intercepts: curvature along that line keeps their sum at zero. */
function fixIntercepts(H: Matrix, cols: number, outputs: number): void {
  for (let a = 0; a < outputs; a++)
    for (let b = 0; b < outputs; b++) H.data[((a + 1) * cols - 1) * H.cols + (b + 1) * cols - 1] += 1;
}

/** Halves the step until the loss falls; `undefined` when no step makes it fall. */
function descend(
  Z: Matrix,
  labels: Labels,
  theta: Float64Array,
  loss: number,
  { step }: Direction,
  penalty: number,
): { theta: Float64Array; now: LossAt } | undefined {
  for (let length = 1; length > 1e-10; length /= 2) {
    const next = theta.map((value, at) => value - length * step[at]);
    const now = lossAt(Z, labels, next, penalty);
    if (now.loss < loss) return { theta: next, now };
  }
  return undefined;
}

function modelOf(theta: Float64Array, features: number, outputs: number, classes: number): LogisticModel {
  const cols = features + 1;
  const rows = Array.from({ length: outputs }, (_, k) =>
    Array.from(theta.subarray(k * cols, (k + 1) * cols)),
  );
  const coefficients = rows.map((row) => row.slice(0, features));
  return { kind: 'logistic', classes, features, coefficients, intercepts: rows.map((row) => row[features]) };
}

/**
 * The probability of class 1 for each row.
 * @throws RangeError when the columns are not those of the fit, a value is not finite, or there are more than two classes.
 */
export const predictLogistic = (model: LogisticModel, X: Matrix): Float64Array =>
  ofClassOne(logisticProbabilities(model, X), 'logisticProbabilities');

/** The probability of each class: n × classes. */
export function logisticProbabilities(model: LogisticModel, X: Matrix): Matrix {
  const { classes, features, coefficients, intercepts } = model;
  checkColumns('X', X, features);
  checkFinite('X', X);
  const theta = Float64Array.from(coefficients.flatMap((row, k) => [...row, intercepts[k]]));
  return softmaxRows(scoresOf(withIntercept(X), theta, classes));
}
