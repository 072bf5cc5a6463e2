import type { TargetSpec } from '../step/targets.js';
import { flatten, type Rows, toRows, type Values } from './values.js';

/** Targets as the loss of an output must meet them: class numbers become one-hot, and the other way round. */
export function toTruths(spec: TargetSpec, values: Values, rows: number): Rows<Float32Array> {
  const name = `y for output "${spec.name}"`;
  const numbers = flatten(name, values);
  const found =
    convert(spec, name, numbers, rows) ?? (toRows(name, values, spec.shape) as Rows<Float32Array>);
  if (found.count !== rows)
    throw new RangeError(`${name} must have one row per row of x, ${rows}, but has ${found.count}`);
  checkRange(name, found, spec.range);
  return found;
}

function checkRange(name: string, { data, width }: Rows<Float32Array>, range: TargetSpec['range']): void {
  if (range === undefined) return;
  const fits = range === 'ends' ? (t: number) => t === 0 || t === 1 : (t: number) => t >= 0 && t <= 1;
  const bad = data.findIndex((value) => !fits(value));
  if (bad < 0) return;
  const words = range === 'ends' ? 'be 0 or 1' : 'lie in 0 … 1';
  throw new RangeError(
    `${name} must ${words} for its loss, but row ${Math.floor(bad / width)} holds ${data[bad]}`,
  );
}

function convert(
  { kind, shape }: TargetSpec,
  name: string,
  numbers: ArrayLike<number>,
  rows: number,
): Rows<Float32Array> | undefined {
  const width = shape.reduce((product, length) => product * length, 1);
  const classes = shape.at(-1)!;
  if (kind === 'classes' && numbers.length === (rows * width) / classes)
    return { count: rows, width, data: oneHot(name, numbers, classes) };
  if (kind === 'labels' && rows > 0 && numbers.length > rows && numbers.length % rows === 0)
    return { count: rows, width: 1, data: largest(numbers, numbers.length / rows) };
  return undefined;
}

function oneHot(name: string, labels: ArrayLike<number>, classes: number): Float32Array {
  const data = new Float32Array(labels.length * classes);
  for (let i = 0; i < labels.length; i++) {
    const label = labels[i];
    if (!(Number.isInteger(label) && label >= 0 && label < classes))
      throw new RangeError(`${name} must hold classes 0 … ${classes - 1}, but entry ${i} is ${label}`);
    data[i * classes + label] = 1;
  }
  return data;
}

/** The place of the largest number in each row. */
function largest(numbers: ArrayLike<number>, classes: number): Float32Array {
  return Float32Array.from({ length: numbers.length / classes }, (_, i) => {
    let best = 0;
    for (let c = 1; c < classes; c++) if (numbers[i * classes + c] > numbers[i * classes + best]) best = c;
    return best;
  });
}

/** Factors for classes: a list, or by class number. */
export type ClassWeights = ArrayLike<number> | Readonly<Record<number, number>>;

/**
 * A factor for each row: its class's, times its own.
 * @throws RangeError when a class has no factor, or one is negative.
 */
export function rowWeights(
  spec: TargetSpec,
  truths: Rows<Float32Array>,
  classWeights?: ClassWeights,
  sampleWeights?: ArrayLike<number>,
): Float32Array {
  if (sampleWeights && sampleWeights.length !== truths.count)
    throw new RangeError(
      `sampleWeights must have one entry per row, ${truths.count}, but has ${sampleWeights.length}`,
    );
  return Float32Array.from({ length: truths.count }, (_, i) => {
    const own = sampleWeights?.[i] ?? 1;
    const ofClass = classWeights ? weightOf(spec, truths, i, classWeights) : 1;
    if (!(own >= 0 && ofClass >= 0))
      throw new RangeError(`weights must not be negative, but row ${i} has ${own} × ${ofClass}`);
    return own * ofClass;
  });
}

/** A row with shares in several classes gets shares of their factors. */
function weightOf(
  { kind, shape }: TargetSpec,
  { data, width }: Rows<Float32Array>,
  i: number,
  weights: ClassWeights,
): number {
  const one = (label: number): number => {
    const weight = (weights as ArrayLike<number>)[label];
    if (typeof weight === 'number') return weight;
    throw new RangeError(`classWeights must have a factor for each class, but has none for class ${label}`);
  };
  if (kind !== 'classes') return one(Math.round(data[i * width]));
  const classes = shape.at(-1)!;
  let sum = 0;
  for (let k = 0; k < width; k++) if (data[i * width + k] > 0) sum += data[i * width + k] * one(k % classes);
  return (sum * classes) / width;
}
