import type * as tf from '@tensorflow/tfjs-node';
import { tensorflow } from '../../numeric/tensorflow.js';
import { attr, type Builder, builder } from '../emit/builder.js';
import { emit } from '../emit/emit.js';
import { encodeSavedModel } from '../emit/saved-model.js';
import { FLOAT32, INT32, type Program } from '../recording.js';
import { openSession } from '../session.js';
import { takeNumbers } from './tensors.js';

/** Programs that share variables, loaded as one graph. */
export interface Functions<Name extends string> {
  /**
   * Runs a program; its tensors are disposed of.
   * @param draw - two numbers that random numbers start from.
   * @returns the outputs that were wanted, in their order.
   */
  run(name: Name, tensors: readonly tf.Tensor[], draw?: readonly number[]): Float32Array[];
  read(): Float32Array[];
  write(values: readonly Float32Array[]): void;
  dispose(): void;
}

/** A program with the outputs that are wanted of it. */
export interface Wanted {
  readonly program: Program;
  readonly outputs: readonly string[];
}

type Variables = readonly Pick<tf.Variable, 'shape' | 'dtype'>[];

/** Writes programs into one graph and loads it. The variables must be written before anything is run. */
export function loadFunctions<Name extends string>(
  programs: Readonly<Record<Name, Wanted>>,
  variables: Variables,
): Functions<Name> {
  const graph = builder();
  const handles = variables.map((one, i) => graph.variable(typeOf(one.dtype), one.shape, `v${i}`));
  const reads = handles.map((handle, i) => graph.read(handle, typeOf(variables[i].dtype)));
  const draw = graph.placeholder(INT32, [2]);
  const written = Object.fromEntries(
    Object.entries<Wanted>(programs).map(([name, wanted]) => [
      name,
      addFunction(graph, wanted, handles, draw),
    ]),
  );
  const setter = addSetter(graph, handles, variables);
  const session = openSession(encodeSavedModel(graph.nodes));
  return {
    run(name, tensors, start = [0, 0]) {
      const { inputs, outputs } = written[name];
      const drawn = tensorflow().tensor1d([...start], 'int32');
      const given = inputs.map((input, i) => [input, tensors[i]] as const);
      try {
        return takeNumbers(session.run([...given, [draw, drawn]], outputs));
      } finally {
        tensorflow().dispose([...tensors, drawn]);
      }
    },
    read: () => takeNumbers(session.run([], reads)),
    write(values) {
      const tensors = values.map((value, i) =>
        tensorflow().tensor(value, variables[i].shape, variables[i].dtype),
      );
      const given = setter.inputs.map((name, i) => [name, tensors[i]] as const);
      tensorflow().dispose([...session.run(given, setter.outputs), ...tensors]);
    },
    dispose: () => session.dispose(),
  };
}

const typeOf = (dtype: string): number => (dtype === 'int32' ? INT32 : FLOAT32);

function addFunction(graph: Builder, { program, outputs }: Wanted, handles: readonly string[], draw: string) {
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
    draw: () => draw,
    read(variable) {
      if (!read.has(variable)) read.set(variable, graph.read(handles[variable], typeOfVariable(variable)));
      return read.get(variable)!;
    },
  });
  // A loss that is not finite ends the run before anything is assigned.
  const checked = program.updates.size > 0 ? [checkFinite(graph, nameOf(program.outputs['loss']))] : [];
  const updates = [...program.updates].map(([variable, value]) => {
    const earlier = read.get(variable);
    const after = earlier === undefined ? checked : [...checked, earlier];
    return graph.assign(handles[variable], nameOf(value), typeOfVariable(variable), after);
  });
  const given = outputs.map((name) => {
    const value = program.outputs[name];
    return graph.add('Identity', [nameOf(value)], { T: attr.type(program.values[value].dtype) }, updates);
  });
  return { inputs, outputs: given };
}

const checkFinite = (graph: Builder, loss: string): string =>
  graph.add('CheckNumerics', [loss], { T: attr.type(FLOAT32), message: attr.string('loss') });

function addSetter(graph: Builder, handles: readonly string[], variables: Variables) {
  const inputs = variables.map(({ shape, dtype }) => graph.placeholder(typeOf(dtype), shape));
  const done = inputs.map((input, i) => graph.assign(handles[i], input, typeOf(variables[i].dtype)));
  const nothing = graph.constant(Float32Array.of(0), []);
  return { inputs, outputs: [graph.add('Identity', [nothing], { T: attr.type(FLOAT32) }, done)] };
}
