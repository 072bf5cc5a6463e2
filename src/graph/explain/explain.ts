import type * as tf from '@tensorflow/tfjs-node';
import { layersOf } from '../../models/freeze.js';
import { checkWhole } from '../../numeric/check.js';
import { tensorflow } from '../../numeric/tensorflow.js';
import { inputRows } from '../data/data-set.js';
import type { PerName, Rows } from '../data/values.js';
import { type Functions, loadFunctions, type Wanted } from '../engine/functions.js';
import { programOf } from '../engine/programs.js';
import { inputTensors } from '../engine/tensors.js';
import type { Program, Size } from '../recording.js';
import type { Steps } from '../step/steps.js';
import { gradCam, inputGradients } from './functions.js';

/** Which of a net's outputs is asked about. */
export interface OutputChoice {
  /** The output's name. Default: the first. */
  readonly output?: string;
  /** The class or element of that output, for all rows or for each. Default: the largest of each row. */
  readonly unit?: number | ArrayLike<number>;
}

/** Chosen outputs and their gradients by each input. */
export interface Gradients {
  /** n. */
  readonly values: tf.Tensor1D;
  /** Like the inputs, in their order. */
  readonly gradients: tf.Tensor[];
}

/** What a net can say about its predictions; every question is compiled when it is first asked. */
export interface Explainer {
  gradient(x: PerName, choice?: OutputChoice): Gradients;
  gradCam(x: PerName, layer: string, choice?: OutputChoice): tf.Tensor;
  attentionMaps(x: PerName, layer: string): tf.Tensor;
  dispose(): void;
}

const ROWS = 64; // at a time

/**
 * @param weights - the net's weights as they are now. @param predictLargest - the largest unit of an output, by row.
 */
export function explainer(
  model: tf.LayersModel,
  steps: Steps,
  weights: () => readonly Float32Array[],
): Explainer {
  const variables = steps.variables.slice(0, steps.weightCount);
  const asked = new Map<string, { functions: Functions<'ask'>; wanted: Wanted }>();

  /** Asks in portions and joins the answers. */
  function ask(key: string, make: () => Wanted, inputs: readonly Rows[], selector?: Rows): tf.Tensor[] {
    if (!asked.has(key)) {
      const wanted = make();
      asked.set(key, { wanted, functions: loadFunctions({ ask: wanted }, variables) });
    }
    const { wanted, functions } = asked.get(key)!;
    functions.write(weights());
    const n = inputs[0].count;
    const parts = Array.from({ length: Math.ceil(n / ROWS) }, (_, k) => {
      const [from, to] = [k * ROWS, Math.min(n, (k + 1) * ROWS)];
      const cut = ({ data, width }: Rows) => data.subarray(from * width, to * width);
      const tensors = inputTensors(steps.inputs, to - from, inputs.map(cut));
      if (selector) tensors.push(tensorflow().tensor(cut(selector), [to - from, selector.width]));
      return functions.run('ask', tensors);
    });
    return wanted.outputs.map((name, i) => {
      const shape = wanted.program.values[wanted.program.outputs[name]].shape;
      return tensorflow().tensor(joined(parts.map((part) => part[i])), [n, ...shapeOf(shape)]);
    });
  }

  function chosen(inputs: readonly Rows[], { output, unit }: OutputChoice) {
    const place = output === undefined ? 0 : steps.outputs.findIndex(({ name }) => name === output);
    if (place < 0)
      throw new RangeError(
        `output must name one of ${steps.outputs.map(({ name }) => name).join(', ')}, but is "${output}"`,
      );
    const width = steps.outputs[place].shape.reduce((product, length) => product * length, 1);
    const units = unit ?? largest(inputs, place, width);
    return { place, selector: selectorOf(units, inputs[0].count, width) };
  }

  function largest(inputs: readonly Rows[], place: number, width: number): ArrayLike<number> {
    const make = () => predictProgram(model, steps, place);
    const [values] = ask(`predict ${place}`, make, inputs);
    const result = values.reshape([-1, width]).argMax(1).dataSync();
    values.dispose();
    return result;
  }

  const programs = (
    run: (tensors: readonly tf.Tensor[]) => ReturnType<typeof inputGradients>,
    width: number,
  ) => programOf(model, [...steps.inputs, { shape: [width], dtype: 'float32' }], variables, run);

  return {
    gradient(x, choice = {}) {
      const inputs = inputRows(steps, x);
      const { place, selector } = chosen(inputs, choice);
      const make = (): Wanted => ({
        program: programs((tensors) => inputGradients(steps, place, tensors), selector.width),
        outputs: ['values', ...steps.inputs.map((_, i) => `${i}`)],
      });
      const [values, ...gradients] = ask(`gradient ${place}`, make, inputs, selector);
      return { values: values as tf.Tensor1D, gradients };
    },
    gradCam(x, layer, choice = {}) {
      checkLayer(model, layer);
      const inputs = inputRows(steps, x);
      const { place, selector } = chosen(inputs, choice);
      const make = (): Wanted => ({
        program: programs((tensors) => gradCam(model, steps, place, layer, tensors), selector.width),
        outputs: ['map'],
      });
      return ask(`cam ${place} ${layer}`, make, inputs, selector)[0];
    },
    attentionMaps(x, layer) {
      checkLayer(model, layer);
      return ask(`attention ${layer}`, () => attentionProgram(model, steps, layer), inputRows(steps, x))[0];
    },
    dispose() {
      for (const { functions } of asked.values()) functions.dispose();
      asked.clear();
    },
  };
}

function joined(parts: readonly Float32Array[]): Float32Array {
  const all = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

const shapeOf = (shape: readonly Size[]): number[] => shape.slice(1) as number[];

/** Ones at the chosen units of each row. */
function selectorOf(units: number | ArrayLike<number>, rows: number, width: number): Rows<Float32Array> {
  const data = new Float32Array(rows * width);
  if (typeof units !== 'number' && units.length !== rows)
    throw new RangeError(`unit must have one entry per row, ${rows}, but has ${units.length}`);
  for (let i = 0; i < rows; i++) {
    const unit = typeof units === 'number' ? units : units[i];
    checkWhole('unit', unit, 0, width - 1);
    data[i * width + unit] = 1;
  }
  return { count: rows, width, data };
}

function predictProgram(model: tf.LayersModel, steps: Steps, place: number): Wanted {
  const variables = steps.variables.slice(0, steps.weightCount);
  const program = programOf(model, steps.inputs, variables, (tensors) => steps.predict(tensors));
  return { program, outputs: [`${place}`] };
}

/** The last softmax inside of a layer: n × heads × queries × values for `attention`. */
function attentionProgram(model: tf.LayersModel, steps: Steps, layer: string): Wanted {
  const { program } = predictProgram(model, steps, 0);
  const softmax = program.nodes.findLast(
    (node) => node.kind === 'operation' && node.operation === 'Softmax' && node.layer === layer,
  );
  if (!softmax) throw new RangeError(`layer "${layer}" must hold a softmax, but has none`);
  const outputs: Program['outputs'] = { ...program.outputs, map: softmax.outputs[0] };
  return { program: { ...program, outputs }, outputs: ['map'] };
}

function checkLayer(model: tf.LayersModel, name: string): void {
  const names = layersOf(model).map((layer) => layer.name);
  if (!names.includes(name))
    throw new RangeError(`layer must be one of ${names.join(', ')}, but is "${name}"`);
}
