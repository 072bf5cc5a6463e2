import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import type * as tf from '@tensorflow/tfjs-node';
import { attr, builder, shapeOf } from './emit/builder.js';
import { emit } from './emit/emit.js';
import { encodeSavedModel, type TensorInfo } from './emit/saved-model.js';
import { programOf } from './engine/programs.js';
import type { Program, Size } from './recording.js';
import type { Named } from './step/objective.js';
import type { Steps } from './step/steps.js';

/**
 * Saves the prediction of a net as a SavedModel with its weights inside, which Python's TensorFlow and
 * `tf.node.loadSavedModel` load: `tf.saved_model.load(folder).signatures['serving_default']`, with the inputs and
 * outputs of the model by name.
 * @param weights - the model's weights, in the order of the steps' variables.
 * @throws Error when the folder exists and is no SavedModel.
 */
export async function exportSavedModel(
  model: tf.LayersModel,
  steps: Steps,
  weights: readonly Float32Array[],
  folder: string,
): Promise<void> {
  const target = resolve(folder);
  if (existsSync(target) && !existsSync(join(target, 'saved_model.pb')))
    throw new Error(`${folder} exists and holds no SavedModel; name another folder`);
  const bytes = frozenPrediction(model, steps, weights);
  await mkdir(dirname(target), { recursive: true });
  const part = await mkdtemp(join(dirname(target), `.${basename(target)}-`));
  try {
    await writeFile(join(part, 'saved_model.pb'), bytes);
    await rm(target, { recursive: true, force: true });
    await rename(part, target);
  } finally {
    await rm(part, { recursive: true, force: true });
  }
}

/** A graph whose weights are constants, with one signature. */
function frozenPrediction(model: tf.LayersModel, steps: Steps, weights: readonly Float32Array[]): Uint8Array {
  const variables = steps.variables.slice(0, weights.length);
  const program = programOf(model, steps.inputs, variables, (tensors) => steps.predict(tensors));
  const graph = builder();
  const typed = (values: Float32Array, dtype: string) =>
    dtype === 'int32' ? Int32Array.from(values) : values;
  const known = new Map<number, string>();
  const inputs = program.inputs.map((value) => {
    const { dtype, shape } = program.values[value];
    return graph.placeholder(dtype, withBatch(shape));
  });
  const read = (i: number) => {
    if (!known.has(i))
      known.set(i, graph.constant(typed(weights[i], variables[i].dtype), variables[i].shape));
    return known.get(i)!;
  };
  const zero = () => graph.constant(Int32Array.of(0, 0), [2]);
  const nameOf = emit(graph, program, Object.values(program.outputs), { inputs, read, draw: zero });
  const outputs = steps.outputs.map((_, i) => {
    const value = program.outputs[`${i}`];
    return graph.add('Identity', [nameOf(value)], { T: attr.type(program.values[value].dtype) });
  });
  const infos = (specs: readonly Named[], names: readonly string[], values: readonly number[]) =>
    Object.fromEntries(specs.map(({ name }, i) => [name, tensorInfo(program, names[i], values[i])]));
  const given = steps.outputs.map((_, i) => program.outputs[`${i}`]);
  return encodeSavedModel(graph.nodes, {
    serving_default: {
      inputs: infos(steps.inputs, inputs, program.inputs),
      outputs: infos(steps.outputs, outputs, given),
    },
  });
}

function tensorInfo({ values }: Program, name: string, value: number): TensorInfo {
  const { dtype, shape } = values[value];
  return { name: `${name}:0`, dtype, tensor_shape: shapeOf(withBatch(shape)) };
}

const withBatch = (shape: readonly Size[]): number[] =>
  shape.map((size) => (typeof size === 'number' ? size : -1));
