import type * as tf from '@tensorflow/tfjs-node';
import { tensorflow } from '../../numeric/tensorflow.js';
import type { InputSpec, Steps, TensorBatch } from '../step/steps.js';
import type { HostBatch } from './engine.js';

/** A batch as tensors, to be disposed of by the caller. */
export function toTensors(
  { inputs, targets }: Pick<Steps, 'inputs' | 'targets'>,
  { rows, inputs: values, truths, weights }: HostBatch,
): TensorBatch {
  return {
    inputs: inputTensors(inputs, rows, values),
    truths: targets.map(({ shape }, i) => tensorflow().tensor(truths[i], [rows, ...shape])),
    weights: weights.map((factors) => tensorflow().tensor(factors, [rows])),
  };
}

export const inputTensors = (
  specs: readonly InputSpec[],
  rows: number,
  values: HostBatch['inputs'],
): tf.Tensor[] => specs.map(({ shape, dtype }, i) => tensorflow().tensor(values[i], [rows, ...shape], dtype));

/** All tensors of a batch in the order in which a graph takes them. */
export const flat = ({ inputs, truths, weights }: TensorBatch): tf.Tensor[] => [
  ...inputs,
  ...truths,
  ...weights,
];

/** Takes the numbers out of tensors and disposes of them. */
export function takeNumbers(tensors: readonly tf.Tensor[]): Float32Array[] {
  const values = tensors.map((tensor) => tensor.dataSync() as Float32Array);
  tensorflow().dispose([...tensors]);
  return values;
}
