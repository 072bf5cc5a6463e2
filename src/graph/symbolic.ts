import {
  type ConstantNode,
  type Node,
  NotCompilable,
  type Program,
  placeOf,
  type Recording,
  type Size,
} from './recording.js';

/** The batches that are recorded: their multiples, squares and successors are all told apart. */
export const BATCHES = [3, 4] as const;

/**
 * One program out of two recordings of the same function at the batches of `BATCHES`: lengths and constants that differ
 * are written as functions of the batch.
 * @throws NotCompilable naming the layer where the batch decides about more than lengths.
 */
export function unify(first: Recording, second: Recording): Program {
  const other = second.nodes;
  const short = Math.min(first.nodes.length, other.length);
  const apart = first.nodes.findIndex((node, i) => i >= short || !isSameWork(node, other[i]));
  if (apart >= 0 || other.length > short)
    throw new NotCompilable(
      `${placeOf(first.nodes[apart] ?? first.nodes[short - 1])} runs other operations for other batches`,
    );
  const values = first.values.map(({ shape, dtype }, i) => ({
    shape: sizes(shape, second.values[i].shape, 'a shape'),
    dtype,
  }));
  const nodes = first.nodes.map((node, i) => unifyNode(node, other[i], values[node.outputs[0]]?.shape));
  return { ...first, values, nodes };
}

function isSameWork(a: Node, b: Node): boolean {
  if (a.kind !== b.kind || a.outputs.join() !== b.outputs.join()) return false;
  if (a.kind !== 'operation' || b.kind !== 'operation') return true;
  return a.operation === b.operation && a.inputs.join() === b.inputs.join();
}

function unifyNode(node: Node, other: Node, shape: readonly Size[]): Node<Size> {
  if (node.kind === 'operation' && other.kind === 'operation') {
    if (JSON.stringify(node.attributes) !== JSON.stringify(other.attributes))
      throw new NotCompilable(`${placeOf(node)} gives ${node.operation} settings that depend on the batch`);
    return node;
  }
  if (node.kind === 'random') return { ...node, shape };
  if (node.kind === 'constant' && other.kind === 'constant') return unifyConstant(node, other, shape);
  throw new Error(`recordings hold no nodes of kind ${node.kind}`);
}

function unifyConstant(node: ConstantNode, other: ConstantNode, shape: readonly Size[]): Node<Size> {
  const { outputs, layer, values } = node;
  const isSame = values.length === other.values.length && values.every((x, i) => x === other.values[i]);
  if (isSame && shape.every((size) => typeof size === 'number')) return node;
  if (values.length !== other.values.length) {
    if (values.some((x) => x !== values[0]) || other.values.some((x) => x !== values[0]))
      throw new NotCompilable(`${placeOf(node)} uses a table whose length depends on the batch`);
    return { kind: 'fill', value: values[0], shape, outputs, layer };
  }
  if (values instanceof Int32Array)
    return {
      kind: 'sizes',
      sizes: sizes([...values], [...other.values], `${placeOf(node)}: a size`),
      ...{ outputs, layer },
    };
  const scaled = values.length === 1 && proportion(values[0], other.values[0]);
  if (!scaled)
    throw new NotCompilable(`${placeOf(node)} uses numbers that depend on the batch in an unknown way`);
  return { kind: 'scaled', ...scaled, outputs, layer };
}

function sizes(first: readonly number[], second: readonly number[], what: string): Size[] {
  if (first.length !== second.length) throw new NotCompilable(`${what} has another rank for another batch`);
  return first.map((length, i) => size(length, second[i], what));
}

function size(x: number, y: number, what: string): Size {
  if (x === y) return x;
  const [a, b] = BATCHES;
  for (const power of [1, 2]) {
    const scale = x / a ** power;
    if (Number.isInteger(scale) && scale === y / b ** power) return { scale, power, offset: 0 };
  }
  if (y - x === b - a) return { scale: 1, power: 1, offset: x - a };
  throw new NotCompilable(`${what} depends on the batch in an unknown way (${x} for ${a}, ${y} for ${b})`);
}

/** A number that is `scale · Bᵖᵒʷᵉʳ`, but for the rounding of 32-bit floats. */
function proportion(x: number, y: number): { scale: number; power: number } | undefined {
  const [a, b] = BATCHES;
  for (const power of [1, -1, 2, -2]) {
    const scale = x / a ** power;
    if (Math.abs(scale - y / b ** power) <= 1e-6 * Math.abs(scale)) return { scale, power };
  }
  return undefined;
}
