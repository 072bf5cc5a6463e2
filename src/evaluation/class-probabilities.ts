import type { Matrix } from '../numeric/matrix.js';

/** The two columns 1 − p and p: what many-class functions take for a probability of class 1. */
export function twoClasses(probabilities: ArrayLike<number>): Matrix {
  const data = new Float64Array(2 * probabilities.length);
  for (let i = 0; i < probabilities.length; i++) {
    data[2 * i] = 1 - probabilities[i];
    data[2 * i + 1] = probabilities[i];
  }
  return { rows: probabilities.length, cols: 2, data };
}

/**
 * Checks n labels 0 … K − 1 against n × K probabilities.
 * @throws RangeError when their numbers differ, a label is no class, or a probability is not in 0 … 1.
 */
export function checkClasses(labels: ArrayLike<number>, probabilities: Matrix): void {
  if (labels.length !== probabilities.rows)
    throw new RangeError(
      `labels must be one for each of ${probabilities.rows} rows of probabilities, but are ${labels.length}`,
    );
  for (let i = 0; i < labels.length; i++)
    if (!(Number.isInteger(labels[i]) && labels[i] >= 0 && labels[i] < probabilities.cols))
      throw new RangeError(
        `labels must be whole numbers in 0 … ${probabilities.cols - 1}, but row ${i} is ${labels[i]}`,
      );
  checkProbabilityMatrix(probabilities);
}

/** @throws RangeError at the first probability that is not in 0 … 1. */
export function checkProbabilityMatrix({ data, cols }: Matrix): void {
  for (let k = 0; k < data.length; k++)
    if (!(data[k] >= 0 && data[k] <= 1))
      throw new RangeError(
        `probabilities must lie in 0 … 1, but row ${Math.floor(k / cols)}, class ${k % cols} is ${data[k]}`,
      );
}
