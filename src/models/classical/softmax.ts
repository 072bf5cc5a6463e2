import { exp, log } from '../../numeric/elementary.js';
import type { Matrix } from '../../numeric/matrix.js';

/** Probabilities of each class from scores, row by row: `e^s / Σ e^s`. */
export function softmaxRows(scores: Matrix): Matrix {
  const { rows, cols } = scores;
  const data = new Float64Array(rows * cols);
  for (let at = 0; at < data.length; at += cols) {
    const most = largest(scores.data, at, cols);
    let sum = 0;
    for (let k = at; k < at + cols; k++) sum += data[k] = exp(scores.data[k] - most);
    for (let k = at; k < at + cols; k++) data[k] /= sum;
  }
  return { rows, cols, data };
}

/** `−Σ w log p` of the labels under the softmax of their scores. */
export function negativeLogLikelihood(scores: Matrix, labels: Int32Array, weights: Float64Array): number {
  const { rows, cols, data } = scores;
  let loss = 0;
  for (let i = 0, at = 0; i < rows; i++, at += cols) {
    const most = largest(data, at, cols);
    let sum = 0;
    for (let k = at; k < at + cols; k++) sum += exp(data[k] - most);
    loss += weights[i] * (log(sum) + most - data[at + labels[i]]);
  }
  return loss;
}

function largest(data: Float64Array, at: number, count: number): number {
  let most = data[at];
  for (let k = at + 1; k < at + count; k++) if (data[k] > most) most = data[k];
  return most;
}
