import type * as tf from '@tensorflow/tfjs-node';
import { tensorflow } from '../../numeric/tensorflow.js';
import { attr, type Builder, builder } from '../emit/builder.js';
import { emit } from '../emit/emit.js';
import { encodeSavedModel } from '../emit/saved-model.js';
import { FLOAT32, INT32, type Program } from '../recording.js';
import { openSession } from '../session.js';
import type { Steps } from '../step/steps.js';
import type { Engine, HostBatch } from './engine.js';
import { type Programs, programsOf } from './programs.js';
import { flat, inputTensors, takeNumbers, toTensors } from './tensors.js';

/** One function of a net inside a graph. */
interface Function {
  readonly inputs: readonly string[];
  readonly draw: string;
  readonly outputs: readonly string[];
}

const typeOf = (dtype: string): number => (dtype === 'int32' ? INT32 : FLOAT32);

/**
 * The functions of a net as one TensorFlow graph with variables of its own, filled with what the model holds now.
 * @throws NotCompilable naming the layer that cannot become part of a graph.
 */
export function graphEngine(model: tf.LayersModel, steps: Steps): Engine {
  const written = write(programsOf(model, steps), steps);
  const session = openSession(encodeSavedModel(written.graph.nodes));
  const { train, evaluate, predict, set, reads } = written;
  const { variables } = steps;

  function run({ inputs, draw, outputs }: Function, tensors: readonly tf.Tensor[], seed?: readonly number[]) {
    const drawn = tensorflow().tensor1d([...(seed ?? [0, 0])], 'int32');
    const given = inputs.map((name, i) => [name, tensors[i]] as const);
    try {
      return takeNumbers(session.run([...given, [draw, drawn]], outputs));
    } finally {
      tensorflow().dispose([...tensors, drawn]);
    }
  }

  const engine: Engine = {
    kind: 'graph',
    train(batch, rate, draw) {
      const tensors = [...flat(toTensors(steps, batch)), tensorflow().scalar(rate)];
      try {
        return run(train, tensors, draw)[0];
      } catch (error) {
        // TensorFlow's own check of the loss, which stands before all updates.
        if (/Tensor had (NaN|Inf|-Inf)/.test((error as Error).message)) return Float32Array.of(Number.NaN);
        throw error;
      }
    },
    evaluate: (batch: HostBatch) => run(evaluate, flat(toTensors(steps, batch)))[0],
    predict: (rows, inputs) => run(predict, inputTensors(steps.inputs, rows, inputs)),
    read: () => takeNumbers(session.run([], reads)),
    write(values) {
      const tensors = values.map((value, i) =>
        tensorflow().tensor(value, variables[i].shape, variables[i].dtype),
      );
      const given = set.inputs.map((name, i) => [name, tensors[i]] as const);
      tensorflow().dispose([...session.run(given, set.outputs), ...tensors]);
    },
    dispose: () => session.dispose(),
  };
  engine.write(variables.map((variable) => variable.dataSync() as Float32Array));
  return engine;
}

/** Writes all functions into one graph. */
function write(programs: Programs, { variables, outputs }: Steps) {
  const graph = builder();
  const handles = variables.map((one, i) => graph.variable(typeOf(one.dtype), one.shape, `v${i}`));
  const reads = handles.map((handle, i) => graph.read(handle, typeOf(variables[i].dtype)));
  const draw = graph.placeholder(INT32, [2]);
  const add = (program: Program, names: readonly string[]) =>
    addFunction(graph, program, names, handles, draw);
  return {
    ...{ graph, reads },
    train: add(programs.train, ['scores']),
    evaluate: add(programs.evaluate, ['scores']),
    predict: add(
      programs.predict,
      outputs.map((_, i) => `${i}`),
    ),
    set: addSetter(graph, handles, variables),
  };
}

function addFunction(
  graph: Builder,
  program: Program,
  names: readonly string[],
  handles: readonly string[],
  draw: string,
): Function {
  const inputs = program.inputs.map((value) => {
    const { shape, dtype } = program.values[value];
    return graph.placeholder(
      dtype,
      shape.map((size) => (typeof size === 'number' ? size : -1)),
    );
  });
  const typeOfVariable = (place: number) => program.values[program.variables[place]].dtype;
  const read = new Map<number, string>();
  const wanted = [...Object.values(program.outputs), ...program.updates.values()];
  const nameOf = emit(graph, program, wanted, {
    inputs,
    batchOf: inputs[0],
    draw: () => draw,
    read(variable) {
      if (!read.has(variable)) read.set(variable, graph.read(handles[variable], typeOfVariable(variable)));
      return read.get(variable)!;
    },
  });
  const { loss } = program.outputs;
  const checked = program.updates.size > 0 ? [checkFinite(graph, nameOf(loss))] : [];
  const updates = [...program.updates].map(([variable, value]) => {
    const earlier = read.get(variable);
    const after = earlier === undefined ? checked : [...checked, earlier];
    return graph.assign(handles[variable], nameOf(value), typeOfVariable(variable), after);
  });
  const outputs = names.map((name) => {
    const value = program.outputs[name];
    return graph.add('Identity', [nameOf(value)], { T: attr.type(program.values[value].dtype) }, updates);
  });
  return { inputs, draw, outputs };
}

const checkFinite = (graph: Builder, loss: string): string =>
  graph.add('CheckNumerics', [loss], { T: attr.type(FLOAT32), message: attr.string('loss') });

function addSetter(graph: Builder, handles: readonly string[], variables: Steps['variables']) {
  const inputs = variables.map(({ shape, dtype }) => graph.placeholder(typeOf(dtype), shape));
  const done = inputs.map((input, i) => graph.assign(handles[i], input, typeOf(variables[i].dtype)));
  const nothing = graph.constant(Float32Array.of(0), []);
  return { inputs, outputs: [graph.add('Identity', [nothing], { T: attr.type(FLOAT32) }, done)] };
}
