import { groupFolds, type Split, stratifiedFolds } from '../../frames/splits.js';
import { checkColumns, checkFinite, checkWhole } from '../../numeric/check.js';
import { sigmoid } from '../../numeric/elementary.js';
import { type Matrix, takeRows } from '../../numeric/matrix.js';
import { columnMeans, square } from '../../numeric/statistics.js';
import { type ClassOptions, checkLabels, type Labels } from './labels.js';
import { fitPlatt, type PlattSigmoid } from './platt.js';
import { type DualSolution, solveDual } from './smo.js';
import { kernelRow, kernelRows, type SvmKernel, squaredNorms } from './svm-kernel.js';

export interface SvmOptions extends Omit<ClassOptions, 'classes'> {
  /** Seed of the inner folds from which probabilities are learned. */
  readonly seed: number;
  /** `rbf` (default) or `linear`. */
  readonly kernel?: SvmKernel['kind'];
  /** What a row on the wrong side costs; 1. */
  readonly C?: number;
  /** Of the RBF kernel; `scale` (default) is 1 / (columns · variance of all values). */
  readonly gamma?: 'scale' | number;
  /** Largest violation of the optimality conditions that is let pass; 0.001. */
  readonly tolerance?: number;
  /** Inner folds for the probabilities; 5, fewer where a class or the groups are fewer. */
  readonly folds?: number;
  /** One name per row: rows of a group stay together in the inner folds. */
  readonly groups?: readonly string[];
  /** Most steps of the solver; 100,000, or 100 a row where that is more. */
  readonly maximumSteps?: number;
  /** Memory for rows of the kernel matrix; 256 MB. */
  readonly cacheBytes?: number;
}

/** A fitted support vector machine: plain data, which JSON holds as it is. */
export interface SvmModel {
  readonly kind: 'svm';
  readonly classes: 2;
  /** How many columns it was fitted on. */
  readonly features: number;
  readonly kernel: SvmKernel;
  /** Support vectors, row after row. */
  readonly vectors: readonly number[];
  /** α y of each support vector. */
  readonly coefficients: readonly number[];
  readonly intercept: number;
  readonly sigmoid: PlattSigmoid;
  /** Whether the solver reached its tolerance. */
  readonly converged: boolean;
}

/**
 * A support vector machine for two classes (Cortes & Vapnik 1995, doi:10.1007/BF00994018), solved by SMO, with
 * probabilities by Platt's sigmoid on the decision values of inner folds. An inner fold whose training side has one
 * class only decides ±1 for it; with fewer than two rows of a class the sigmoid is fitted on the training rows.
 *
 * @param X - n × d finite values, scaled: kernels treat all columns alike.
 * @param y - n labels, 0 or 1.
 * @throws RangeError when rows, labels or options do not fit.
 */
export function fitSvm(X: Matrix, y: ArrayLike<number>, options: SvmOptions): SvmModel {
  const labels = checkLabels(X, y, { classWeights: options.classWeights, classes: 2 });
  const kernel = checkedKernel(X, options);
  checkPositive('C', options.C ?? 1);
  checkPositive('tolerance', options.tolerance ?? 1e-3);
  const machine = fitMachine(X, labels, kernel, options);
  const decisions = innerDecisions(X, labels, kernel, options) ?? decide(machine, X);
  return { ...machine, sigmoid: fitPlatt(decisions, labels.labels) };
}

type Machine = Omit<SvmModel, 'sigmoid'>;

function checkedKernel(X: Matrix, { kernel = 'rbf', gamma = 'scale' }: SvmOptions): SvmKernel {
  if (kernel === 'linear') return { kind: 'linear' };
  if (kernel !== 'rbf') throw new RangeError(`kernel must be rbf or linear, but is ${kernel}`);
  if (gamma === 'scale') return { kind: 'rbf', gamma: scaleGamma(X) };
  checkPositive('gamma', gamma);
  return { kind: 'rbf', gamma };
}

/** 1 / (d · variance of all values); 1 where nothing varies. */
function scaleGamma(X: Matrix): number {
  const mean = columnMeans({ rows: X.data.length, cols: 1, data: X.data })[0];
  const variance = X.data.reduce((sum, value) => sum + square(value - mean), 0) / X.data.length;
  return variance > 0 ? 1 / (X.cols * variance) : 1;
}

function checkPositive(name: string, value: number): void {
  if (!(value > 0 && value < Number.POSITIVE_INFINITY))
    throw new RangeError(`${name} must be a number above 0, but is ${value}`);
}

function fitMachine(X: Matrix, { labels, weights }: Labels, kernel: SvmKernel, options: SvmOptions): Machine {
  const { C = 1, tolerance = 1e-3, cacheBytes = 256e6 } = options;
  const { maximumSteps = Math.max(100_000, 100 * X.rows) } = options;
  const signs = Float64Array.from(labels, (label) => 2 * label - 1);
  const solution = solveDual({
    ...{ signs, tolerance, maximumSteps },
    caps: weights.map((weight) => C * weight),
    diagonal: kernel.kind === 'linear' ? squaredNorms(X) : new Float64Array(X.rows).fill(1),
    kernel: kernelRows(kernel, X, cacheBytes),
  });
  return machineOf(X, kernel, signs, solution);
}

function machineOf(
  X: Matrix,
  kernel: SvmKernel,
  signs: Float64Array,
  { alpha, ...found }: DualSolution,
): Machine {
  const support = Array.from(alpha.keys()).filter((i) => alpha[i] > 0);
  return {
    ...{ kind: 'svm', classes: 2, features: X.cols, kernel, ...found },
    vectors: Array.from(takeRows(X, support).data),
    coefficients: support.map((i) => alpha[i] * signs[i]),
  };
}

/** The decision value of each row by a machine that was fitted without its fold. */
function innerDecisions(
  X: Matrix,
  { labels, weights }: Labels,
  kernel: SvmKernel,
  options: SvmOptions,
): Float64Array | undefined {
  const folds = innerFolds(labels, options);
  if (!folds) return undefined;
  const decisions = new Float64Array(X.rows);
  for (const { train, test } of folds) {
    const own = {
      classes: 2,
      labels: train.map((i) => labels[i]),
      weights: Float64Array.from(train, (i) => weights[i]),
    };
    const first = own.labels[0];
    const values = own.labels.every((label) => label === first)
      ? new Float64Array(test.length).fill(2 * first - 1)
      : decide(fitMachine(takeRows(X, train), own, kernel, options), takeRows(X, test));
    test.forEach((row, r) => {
      decisions[row] = values[r];
    });
  }
  return decisions;
}

function innerFolds(labels: Int32Array, { folds = 5, groups, seed }: SvmOptions): Split[] | undefined {
  checkWhole('folds', folds, 2);
  if (groups && groups.length !== labels.length)
    throw new RangeError(`groups must have ${labels.length} names, one per row, but has ${groups.length}`);
  const distinct = new Set(groups).size;
  if (groups && distinct >= 2) return groupFolds(groups, { k: Math.min(folds, distinct), labels, seed });
  const positives = labels.reduce((sum, label) => sum + label, 0);
  const fewest = Math.min(positives, labels.length - positives);
  return fewest >= 2 ? stratifiedFolds(labels, { k: Math.min(folds, fewest), seed }) : undefined;
}

/** `Σ α y K(x_i, x) + intercept` of each row: positive on the side of class 1. */
export function decide(
  { features, kernel, vectors, coefficients, intercept }: Machine,
  X: Matrix,
): Float64Array {
  checkColumns('X', X, features);
  checkFinite('X', X);
  const support: Matrix = { rows: coefficients.length, cols: features, data: Float64Array.from(vectors) };
  const norms = squaredNorms(support);
  const alike = new Float64Array(support.rows);
  return Float64Array.from({ length: X.rows }, (_, i) => {
    kernelRow(kernel, support, norms, X, i, alike);
    let sum = intercept;
    for (let r = 0; r < alike.length; r++) sum += coefficients[r] * alike[r];
    return sum;
  });
}

/**
 * The probability of class 1 for each row.
 * @throws RangeError when the columns are not those of the fit or a value is not finite.
 */
export function predictSvm(model: SvmModel, X: Matrix): Float64Array {
  const { slope, offset } = model.sigmoid;
  return decide(model, X).map((value) => sigmoid(slope * value + offset));
}
