import { checkFinite, checkRows, checkWhole } from '../../numeric/check.js';
import type { Matrix } from '../../numeric/matrix.js';

/** What every classical model lets one choose about its classes. */
export interface ClassOptions {
  /** How many classes there are, `0 … classes − 1`; default: one more than the largest label. */
  readonly classes?: number;
  /** How much a row of each class counts; `balanced`: n / (classes · rows of the class). Default: every row as one. */
  readonly classWeights?: 'balanced' | readonly number[];
}

/** Labels checked against their rows. */
export interface Labels {
  readonly classes: number;
  /** n class numbers. */
  readonly labels: Int32Array;
  /** n weights. */
  readonly weights: Float64Array;
}

/**
 * Checks rows and labels before a classical model is fitted.
 * @param X - n × d.
 * @param y - n class numbers from 0 on.
 * @throws RangeError when X has a value that is not finite, when labels are not class numbers, when they differ in
 * length or are all of one class.
 */
export function checkLabels(X: Matrix, y: ArrayLike<number>, options: ClassOptions = {}): Labels {
  checkRows('X', X, 2);
  if (X.cols === 0) throw new RangeError('X must have at least one column, but has none');
  checkFinite('X', X);
  if (y.length !== X.rows)
    throw new RangeError(`y must have ${X.rows} labels, one per row of X, but has ${y.length}`);
  const labels = Int32Array.from(y);
  const classes = options.classes ?? Math.max(2, 1 + labels.reduce((a, b) => Math.max(a, b), 0));
  checkWhole('classes', classes, 2);
  for (let i = 0; i < labels.length; i++)
    if (labels[i] !== y[i] || labels[i] < 0 || labels[i] >= classes)
      throw new RangeError(`y must hold class numbers in 0 … ${classes - 1}, but row ${i} is ${y[i]}`);
  const counts = countsOf(labels, classes);
  if (counts.filter((count) => count > 0).length < 2)
    throw new RangeError(`y must hold at least two classes, but all ${y.length} rows are class ${labels[0]}`);
  const each = weightsOf(counts, options.classWeights);
  return { classes, labels, weights: Float64Array.from(labels, (label) => each[label]) };
}

function countsOf(labels: Int32Array, classes: number): number[] {
  const counts = new Array<number>(classes).fill(0);
  for (const label of labels) counts[label]++;
  return counts;
}

function weightsOf(counts: readonly number[], choice: ClassOptions['classWeights']): readonly number[] {
  const present = counts.filter((count) => count > 0).length;
  const rows = counts.reduce((a, b) => a + b, 0);
  if (choice === undefined) return counts.map(() => 1);
  if (choice === 'balanced') return counts.map((count) => rows / (present * Math.max(1, count)));
  if (choice.length !== counts.length)
    throw new RangeError(
      `classWeights must have ${counts.length} weights, one per class, but has ${choice.length}`,
    );
  const bad = choice.findIndex((weight) => !(Number.isFinite(weight) && weight > 0));
  if (bad >= 0)
    throw new RangeError(`classWeights must be above 0, but that of class ${bad} is ${choice[bad]}`);
  return choice;
}

/**
 * The probability of class 1.
 * @param probabilities - n × 2.
 * @throws RangeError when there are more classes than two.
 */
export function ofClassOne(probabilities: Matrix, use: string): Float64Array {
  if (probabilities.cols !== 2)
    throw new RangeError(`the model must have 2 classes, but has ${probabilities.cols}; use ${use}`);
  return Float64Array.from({ length: probabilities.rows }, (_, i) => probabilities.data[2 * i + 1]);
}
