import type { Matrix } from '../../numeric/matrix.js';
import type { Loss, TrainOptions } from './options.js';

/** Targets as a network with `outputs` columns must meet them, and the weight of each row. */
export interface Targets {
  /** n × outputs, row-major. */
  readonly values: Float32Array;
  /** n factors on the rows' losses. */
  readonly weights: Float32Array;
}

/**
 * Targets from a vector or a matrix. For the losses of classes, a vector holds class numbers 0, 1, … where the
 * network has several outputs, and 0 or 1 (or a probability) where it has one.
 * @throws RangeError when sizes, classes or class weights do not fit; the message names the row.
 */
export function targets(
  y: ArrayLike<number> | Matrix,
  n: number,
  outputs: number,
  {
    loss = 'binaryCrossentropy',
    classWeights,
    sampleWeights,
  }: Pick<TrainOptions, 'loss' | 'classWeights' | 'sampleWeights'>,
): Targets {
  const { data, cols } = 'rows' in y ? { data: y.data, cols: y.cols } : { data: y, cols: 1 };
  const rows = 'rows' in y ? y.rows : y.length;
  if (rows !== n) throw new RangeError(`y must have one row per row of X, ${n}, but has ${rows}`);
  const asClasses = cols === 1 && outputs > 1 && isCategorical(loss, outputs);
  if (!asClasses && cols !== outputs)
    throw new RangeError(`y must have ${outputs} columns like the network's output, but has ${cols}`);
  const values = asClasses ? oneHot(data, outputs) : Float32Array.from(data);
  checkValues(values, outputs, loss);
  const weights = rowWeights(values, n, outputs, loss, classWeights);
  if (sampleWeights) weighRows(weights, sampleWeights);
  return { values, weights };
}

/** Whether a row's outputs are the probabilities of exclusive classes. */
export const isCategorical = (loss: Loss, outputs: number): boolean =>
  loss === 'categoricalCrossentropy' || (loss === 'focal' && outputs > 1);

function oneHot(classes: ArrayLike<number>, count: number): Float32Array {
  const values = new Float32Array(classes.length * count);
  for (let i = 0; i < classes.length; i++) {
    const c = classes[i];
    if (!(Number.isInteger(c) && c >= 0 && c < count))
      throw new RangeError(`y must hold classes 0 … ${count - 1}, but row ${i} is ${c}`);
    values[i * count + c] = 1;
  }
  return values;
}

function checkValues(values: Float32Array, outputs: number, loss: Loss): void {
  const fits = {
    binaryCrossentropy: { test: (t: number) => t >= 0 && t <= 1, words: 'lie in 0 … 1' },
    categoricalCrossentropy: { test: (t: number) => t >= 0 && t <= 1, words: 'lie in 0 … 1' },
    focal: { test: (t: number) => t === 0 || t === 1, words: 'be 0 or 1' },
    meanSquaredError: { test: Number.isFinite, words: 'be finite' },
    huber: { test: Number.isFinite, words: 'be finite' },
  }[loss];
  const bad = values.findIndex((t) => !fits.test(t));
  if (bad >= 0)
    throw new RangeError(
      `y must ${fits.words} for the loss ${loss}, but row ${Math.floor(bad / outputs)} is ${values[bad]}`,
    );
}

function rowWeights(
  values: Float32Array,
  n: number,
  outputs: number,
  loss: Loss,
  classWeights: ArrayLike<number> | undefined,
): Float32Array {
  const weights = new Float32Array(n).fill(1);
  if (!classWeights) return weights;
  const classes = classCount(loss, outputs);
  if (classWeights.length !== classes)
    throw new RangeError(
      `classWeights must have one factor for each of ${classes} classes, but has ${classWeights.length}`,
    );
  for (let c = 0; c < classes; c++)
    if (!(Number.isFinite(classWeights[c]) && classWeights[c] >= 0))
      throw new RangeError(
        `classWeights must be finite and not negative, but class ${c} has ${classWeights[c]}`,
      );
  for (let i = 0; i < n; i++) weights[i] = classWeights[classOf(values, i, outputs)];
  return weights;
}

function weighRows(weights: Float32Array, sampleWeights: ArrayLike<number>): void {
  const n = weights.length;
  if (sampleWeights.length !== n)
    throw new RangeError(
      `sampleWeights must have one factor for each of ${n} rows, but has ${sampleWeights.length}`,
    );
  for (let i = 0; i < n; i++) {
    if (!(Number.isFinite(sampleWeights[i]) && sampleWeights[i] >= 0))
      throw new RangeError(
        `sampleWeights must be finite and not negative, but row ${i} has ${sampleWeights[i]}`,
      );
    weights[i] *= sampleWeights[i];
  }
  if (!weights.some((weight) => weight > 0))
    throw new RangeError('sampleWeights must leave a row that counts, but the weight of every row is 0');
}

function classCount(loss: Loss, outputs: number): number {
  if (isCategorical(loss, outputs)) return outputs;
  if (outputs === 1 && (loss === 'binaryCrossentropy' || loss === 'focal')) return 2;
  throw new RangeError(
    `classWeights need a loss of classes that exclude each other, but the loss is ${loss} on ${outputs} outputs`,
  );
}

function classOf(values: Float32Array, i: number, outputs: number): number {
  if (outputs === 1) return values[i] >= 0.5 ? 1 : 0;
  let best = 0;
  for (let j = 1; j < outputs; j++) if (values[i * outputs + j] > values[i * outputs + best]) best = j;
  return best;
}
