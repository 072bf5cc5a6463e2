import type { HostBatch } from '../engine/engine.js';
import type { Steps } from '../step/steps.js';
import { type ClassWeights, rowWeights, toTruths } from './truths.js';
import { inOrder, type PerName, type Rows, toRows } from './values.js';

/** All rows of a training or a validation. */
export interface DataSet {
  readonly rows: number;
  readonly inputs: readonly Rows[];
  readonly truths: readonly Rows<Float32Array>[];
  /** A factor for each row, for each output. */
  readonly weights: readonly Float32Array[];
}

/** @param options.classWeights - of the first output. */
export function dataSet(
  { inputs, targets }: Pick<Steps, 'inputs' | 'targets'>,
  x: PerName,
  y: PerName,
  {
    classWeights,
    sampleWeights,
  }: { readonly classWeights?: ClassWeights; readonly sampleWeights?: ArrayLike<number> } = {},
): DataSet {
  const given = inputRows({ inputs }, x);
  const rows = given[0].count;
  const names = targets.map(({ name }) => name);
  const truths = inOrder('y', y, names).map((values, i) => toTruths(targets[i], values, rows));
  const weights = targets.map((target, i) =>
    rowWeights(target, truths[i], i === 0 ? classWeights : undefined, sampleWeights),
  );
  return { rows, inputs: given, truths, weights };
}

/** The inputs of a model, each with as many rows as the first. */
export function inputRows({ inputs }: Pick<Steps, 'inputs'>, x: PerName): Rows[] {
  const names = inputs.map(({ name }) => name);
  const given = inOrder('x', x, names).map((values, i) =>
    toRows(`x for input "${names[i]}"`, values, inputs[i].shape, inputs[i].dtype),
  );
  const other = given.findIndex(({ count }) => count !== given[0].count);
  if (other < 0) return given;
  throw new RangeError(
    `x for input "${names[other]}" must have ${given[0].count} rows like "${names[0]}", but has ${given[other].count}`,
  );
}

/** The first rows, and the share of the last ones. */
export function splitRows(data: DataSet, share: number): [first: DataSet, last: DataSet] {
  const cut = Math.round(data.rows * (1 - share));
  if (cut === 0 || cut === data.rows)
    throw new RangeError(
      `validationSplit must leave rows on both sides, but ${share} of ${data.rows} rows leaves ${cut} to train on`,
    );
  return [sliceRows(data, 0, cut), sliceRows(data, cut, data.rows)];
}

function sliceRows({ inputs, truths, weights }: DataSet, from: number, to: number): DataSet {
  const slice = <T extends Float32Array | Int32Array>({ data, width }: Rows<T>): Rows<T> => ({
    ...{ count: to - from, width },
    data: data.subarray(from * width, to * width) as T,
  });
  return {
    rows: to - from,
    inputs: inputs.map(slice),
    truths: truths.map(slice),
    weights: weights.map((values) => values.subarray(from, to)),
  };
}

/** Some rows as a batch. */
export function takeBatch({ inputs, truths, weights }: DataSet, rows: ArrayLike<number>): HostBatch {
  return {
    rows: rows.length,
    inputs: inputs.map((one) => takeRows(one, rows)),
    truths: truths.map((one) => takeRows(one, rows)),
    weights: weights.map((one) => takeRows({ count: one.length, width: 1, data: one }, rows)),
  };
}

/** Copies of some rows, in the order in which they are asked for. */
export function takeRows<T extends Float32Array | Int32Array>(
  { data, width }: Rows<T>,
  rows: ArrayLike<number>,
): T {
  const taken = new (data.constructor as new (length: number) => T)(rows.length * width);
  for (let i = 0; i < rows.length; i++)
    taken.set(data.subarray(rows[i] * width, (rows[i] + 1) * width), i * width);
  return taken;
}
