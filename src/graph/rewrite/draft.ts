import { INT32, type Node, type OperationNode, type Program, type Size } from '../recording.js';

/** A program that is being rewritten. Values may come to stand for others; nodes that nobody uses are never emitted. */
export interface Draft {
  readonly program: Program;
  /** The value that another stands for by now. */
  resolve(value: number): number;
  /** The node that makes a value, with resolved inputs; undefined for inputs and variables. */
  maker(value: number): Node<Size> | undefined;
  /** The operation that makes a value, when it has that name. */
  operation(value: number, name: string): OperationNode | undefined;
  /** The nodes that use a value. */
  users(value: number): readonly OperationNode[];
  shape(value: number): readonly Size[];
  dtype(value: number): number;
  /** The number that a constant holds everywhere, if it does. */
  number(value: number): number | undefined;
  isVariable(value: number): boolean;
  /** Whether the program gives a value back or keeps it in a variable. */
  isResult(value: number): boolean;
  /** Lets one value stand for another. */
  alias(value: number, instead: number): void;
  /** Puts a node in the place of the one with the same outputs. */
  put(node: OperationNode): void;
  /** A new operation with one output of that shape. */
  add(node: Omit<OperationNode, 'kind' | 'outputs'>, shape: readonly Size[], dtype: number): number;
  /** A shape as a value. */
  sizes(shape: readonly Size[]): number;
  finish(): Program;
}

/** Opens a program for rewriting; the program itself stays as it is. */
export function draft(program: Program): Draft {
  const values = [...program.values];
  const nodes = [...program.nodes];
  const standsFor = new Map<number, number>();
  const madeBy = new Map<number, number>();
  nodes.forEach((node, i) => {
    for (const output of node.outputs) madeBy.set(output, i);
  });
  const variables = new Set(program.variables);

  function resolve(value: number): number {
    let found = value;
    for (let next = standsFor.get(found); next !== undefined; next = standsFor.get(found)) found = next;
    return found;
  }

  const resolved = (node: Node<Size>): Node<Size> =>
    node.kind === 'operation' ? { ...node, inputs: node.inputs.map(resolve) } : node;

  function maker(value: number): Node<Size> | undefined {
    const place = madeBy.get(resolve(value));
    return place === undefined ? undefined : resolved(nodes[place]);
  }

  const results = () =>
    new Set([...Object.values(program.outputs), ...program.updates.values()].map(resolve));

  return {
    program,
    resolve,
    maker,
    operation(value, name) {
      const node = maker(value);
      return node?.kind === 'operation' && node.operation === name ? node : undefined;
    },
    users(value) {
      const found = resolve(value);
      return nodes
        .map(resolved)
        .filter((node): node is OperationNode => node.kind === 'operation' && node.inputs.includes(found));
    },
    shape: (value) => values[resolve(value)].shape,
    dtype: (value) => values[resolve(value)].dtype,
    number(value) {
      const node = maker(value);
      if (node?.kind === 'fill') return node.value;
      if (node?.kind === 'constant' && node.values.length > 0)
        return node.values.every((x) => x === node.values[0]) ? node.values[0] : undefined;
      if (node?.kind === 'operation' && node.operation === 'Fill') return this.number(node.inputs[1]);
      return undefined;
    },
    isVariable: (value) => variables.has(resolve(value)),
    isResult: (value) => results().has(resolve(value)),
    alias(value, instead) {
      if (resolve(instead) !== value) standsFor.set(value, resolve(instead));
    },
    put(node) {
      nodes[madeBy.get(node.outputs[0])!] = { ...node, kind: 'operation' };
    },
    add(node, shape, dtype) {
      const output = values.push({ shape, dtype }) - 1;
      madeBy.set(output, nodes.push({ kind: 'operation', ...node, outputs: [output] }) - 1);
      return output;
    },
    sizes(shape) {
      const output = values.push({ shape: [shape.length], dtype: INT32 }) - 1;
      madeBy.set(output, nodes.push({ kind: 'sizes', sizes: shape, outputs: [output] }) - 1);
      return output;
    },
    finish() {
      const outputs = Object.entries(program.outputs).map(([name, value]) => [name, resolve(value)]);
      const updates = [...program.updates].map(([variable, value]) => [variable, resolve(value)] as const);
      return {
        ...program,
        ...{ values, nodes: nodes.map(resolved) },
        outputs: Object.fromEntries(outputs),
        updates: new Map(updates),
      };
    },
  };
}

/** Whether two shapes are the same for every batch. */
export const isSameShape = (a: readonly Size[], b: readonly Size[]): boolean =>
  JSON.stringify(a) === JSON.stringify(b);

/** An attribute's value. */
export const attribute = (node: OperationNode, name: string): unknown =>
  node.attributes.find((one) => one.name === name)?.value;
