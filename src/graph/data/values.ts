import type * as tf from '@tensorflow/tfjs-node';
import type { Matrix } from '../../numeric/matrix.js';

/** Rows of numbers: a tensor, a matrix, a typed array row after row, or arrays in arrays. */
export type Values = tf.Tensor | Matrix | ArrayLike<number> | Nested;
export type Nested = readonly (number | Nested)[];

/** Values for each input or output: in order, by name, or alone where there is one. */
export type PerName = Values | readonly Values[] | Readonly<Record<string, Values>>;

/**
 * Values in the order of names.
 * @throws RangeError when the number of entries or a name does not fit.
 */
export function inOrder(argument: string, given: PerName, names: readonly string[]): Values[] {
  if (isNamed(given)) {
    const missing = names.find((name) => given[name] === undefined);
    const unknown = Object.keys(given).find((name) => !names.includes(name));
    if (missing === undefined && unknown === undefined) return names.map((name) => given[name]);
    const what = missing === undefined ? `names "${unknown}"` : `leaves out "${missing}"`;
    throw new RangeError(`${argument} must name ${names.join(', ')}, but ${what}`);
  }
  if (names.length === 1 && !isListOfOne(given)) return [given as Values];
  if (!Array.isArray(given) || given.length !== names.length)
    throw new RangeError(
      `${argument} must be a list of ${names.length} (${names.join(', ')}), but ${Array.isArray(given) ? `has ${given.length}` : 'is one'}`,
    );
  return given as Values[];
}

const isTensor = (value: unknown): value is tf.Tensor =>
  typeof (value as tf.Tensor | null)?.dataSync === 'function';

const isMatrix = (value: unknown): value is Matrix =>
  typeof value === 'object' && value !== null && 'rows' in value && 'cols' in value && 'data' in value;

const isNamed = (value: PerName): value is Readonly<Record<string, Values>> =>
  typeof value === 'object' &&
  !Array.isArray(value) &&
  !ArrayBuffer.isView(value) &&
  !isTensor(value) &&
  !isMatrix(value) &&
  !('length' in value);

/** `[tensor]`, which tfjs takes for one input too. */
const isListOfOne = (value: PerName): boolean =>
  Array.isArray(value) &&
  value.length === 1 &&
  (isTensor(value[0]) || isMatrix(value[0]) || ArrayBuffer.isView(value[0]));

/** Numbers row after row. */
export interface Rows<T extends Float32Array | Int32Array = Float32Array | Int32Array> {
  readonly count: number;
  /** Numbers in a row. */
  readonly width: number;
  readonly data: T;
}

/**
 * Values as 32-bit numbers.
 * @param shape - a row's shape.
 * @throws RangeError when the numbers do not make whole rows, or one is not finite; TypeError when it is no number.
 */
export function toRows(
  name: string,
  values: Values,
  shape: readonly number[],
  dtype: 'float32' | 'int32' = 'float32',
): Rows {
  const width = shape.reduce((product, length) => product * length, 1);
  const numbers = flatten(name, values);
  const count = numbers.length / width;
  if (!Number.isInteger(count) || count === 0)
    throw new RangeError(
      `${name} must hold rows of ${shape.join(' × ') || 1} = ${width} numbers, but holds ${numbers.length} numbers`,
    );
  const data = dtype === 'int32' ? toInts(numbers) : toFloats(numbers);
  for (let k = 0; k < data.length; k++)
    if (!Number.isFinite(data[k]))
      throw new RangeError(`${name} must be finite, but row ${Math.floor(k / width)} holds ${numbers[k]}`);
  return { count, width, data };
}

const toFloats = (numbers: ArrayLike<number>) =>
  numbers instanceof Float32Array ? numbers : Float32Array.from(numbers);

const toInts = (numbers: ArrayLike<number>) =>
  numbers instanceof Int32Array ? numbers : Int32Array.from(numbers);

/** The numbers of values, row after row. */
export function flatten(name: string, values: Values): ArrayLike<number> {
  if (isTensor(values)) return values.dataSync() as Float32Array;
  if (isMatrix(values)) return values.data;
  if (ArrayBuffer.isView(values)) return values as unknown as ArrayLike<number>;
  if (!Array.isArray(values))
    throw new TypeError(`${name} must be a tensor, a matrix or an array of numbers, but is ${typeof values}`);
  const flat = values.some(Array.isArray) ? (values as unknown[]).flat(Number.POSITIVE_INFINITY) : values;
  const bad = flat.findIndex((value) => typeof value !== 'number');
  if (bad >= 0) throw new TypeError(`${name} must hold numbers, but entry ${bad} is ${typeof flat[bad]}`);
  return flat as number[];
}
