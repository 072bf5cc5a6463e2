import { type Attribute, FLOAT32, INT32, type Node, type Program, type Size } from '../recording.js';
import { attr, type Builder } from './builder.js';
import { drawRandom } from './random.js';
import type { AttrValue } from './saved-model.js';
import { type Lengths, lengths } from './sizes.js';

/** Where a program's values come from when it becomes part of a graph. */
export interface Surroundings {
  /** Names of the inputs, in the program's order; the first axis of the first is the batch. */
  readonly inputs: readonly string[];
  /** The name of a variable's value, by its place. */
  readonly read: (variable: number) => string;
  /** Two whole numbers that random numbers start from: the seed and the count of steps. */
  readonly draw: () => string;
}

/**
 * Writes what some values of a program need, and no more, into a graph.
 * @returns what tells the name of a value in the graph.
 */
export function emit(
  graph: Builder,
  program: Program,
  wanted: readonly number[],
  surroundings: Surroundings,
): (value: number) => string {
  const names = new Map<number, string>();
  const sizes = lengths(graph, surroundings.inputs[0], program.values[program.inputs[0]].dtype);
  program.inputs.forEach((value, i) => {
    names.set(value, surroundings.inputs[i]);
  });
  const variables = new Map(program.variables.map((value, i) => [value, i]));
  const nameOf = (value: number): string => {
    const variable = variables.get(value);
    if (!names.has(value) && variable !== undefined) names.set(value, surroundings.read(variable));
    return names.get(value)!;
  };
  let drawn = 0;
  for (const node of needed(program, wanted)) {
    const name =
      node.kind === 'random'
        ? drawRandom(graph, node, sizes.vector(node.shape), surroundings.draw(), drawn++)
        : emitNode(graph, program, node, nameOf, sizes);
    node.outputs.forEach((value, k) => {
      names.set(value, k === 0 ? name : `${name}:${k}`);
    });
  }
  return nameOf;
}

/** The nodes that values need, each after what it needs itself. Without recursion: recurrent nets are deep. */
function needed(program: Program, wanted: readonly number[]): Node<Size>[] {
  const madeBy = new Map(
    program.nodes.flatMap((node) => node.outputs.map((value) => [value, node] as const)),
  );
  const done = new Set<Node<Size>>();
  const order: Node<Size>[] = [];
  const stack = wanted.map((value) => madeBy.get(value));
  while (stack.length > 0) {
    const node = stack.at(-1);
    const inputs = node?.kind === 'operation' && !done.has(node) ? node.inputs : [];
    const missing = inputs.map((value) => madeBy.get(value)).filter((one) => one && !done.has(one));
    if (missing.length > 0) {
      stack.push(...missing);
      continue;
    }
    stack.pop();
    if (!node || done.has(node)) continue;
    done.add(node);
    order.push(node);
  }
  return order;
}

type Fixed = Exclude<Node<Size>, { kind: 'random' }>;

function emitNode(
  graph: Builder,
  program: Program,
  node: Fixed,
  nameOf: (value: number) => string,
  sizes: Lengths,
): string {
  const { shape, dtype } = program.values[node.outputs[0]];
  switch (node.kind) {
    case 'operation': {
      const attributes = node.attributes.map((one) => [one.name, toProto(one)]);
      return graph.add(node.operation, node.inputs.map(nameOf), Object.fromEntries(attributes));
    }
    case 'constant':
      return graph.constant(node.values, shape as number[]);
    case 'fill': {
      const value = dtype === INT32 ? Int32Array.of(node.value) : Float32Array.of(node.value);
      const types = { T: attr.type(dtype), index_type: attr.type(INT32) };
      return graph.add('Fill', [sizes.vector(node.shape), graph.constant(value, [])], types);
    }
    case 'sizes':
      return sizes.shaped(node.sizes, shape as number[]);
    case 'scaled':
      return reshaped(graph, sizes.scaled(node.scale, node.power), shape as number[]);
  }
}

function reshaped(graph: Builder, name: string, shape: readonly number[]): string {
  if (shape.length === 0) return name;
  const to = graph.constant(Int32Array.from(shape), [shape.length]);
  return graph.add('Reshape', [name, to], { T: attr.type(FLOAT32), Tshape: attr.type(INT32) });
}

function toProto({ name, type, value }: Attribute): AttrValue {
  const list = Array.isArray(value);
  switch (type) {
    case 'int':
      return list ? attr.ints(value) : attr.int(Number(value));
    case 'float':
      return list ? attr.floats(value) : attr.float(value as number);
    case 'type':
      return attr.type(value as number);
    case 'bool':
      return attr.bool(Boolean(value));
    case 'string':
      return attr.string(value as string);
    case 'shape':
      return attr.shape(value as number[]);
    default:
      throw new TypeError(`attribute "${name}" has an unknown type ${type}`);
  }
}
