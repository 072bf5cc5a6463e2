import { BOOL, type Elements, FLOAT32, INT32 } from '../recording.js';
import type { AttrValue, NodeDef, TensorShape } from './saved-model.js';

const text = new TextEncoder();

/** Attributes as they stand in a node. */
export const attr = {
  type: (type: number): AttrValue => ({ type }),
  bool: (b: boolean): AttrValue => ({ b }),
  int: (i: number): AttrValue => ({ i }),
  ints: (i: readonly number[]): AttrValue => ({ list: { i } }),
  float: (f: number): AttrValue => ({ f }),
  floats: (f: readonly number[]): AttrValue => ({ list: { f } }),
  string: (s: string): AttrValue => ({ s: text.encode(s) }),
  shape: (shape: readonly number[]): AttrValue => ({ shape: shapeOf(shape) }),
};

/** A shape with −1 for what is not known. */
export const shapeOf = (shape: readonly number[]): TensorShape => ({ dim: shape.map((size) => ({ size })) });

/** A graph that is being written; values are known by the names of their nodes, such as `Relu_7` or `Split_9:1`. */
export interface Builder {
  readonly nodes: readonly NodeDef[];
  /** Adds a node and returns its name. `after` are nodes that must have run before. */
  add(
    op: string,
    inputs: readonly string[],
    attributes?: Readonly<Record<string, AttrValue>>,
    after?: readonly string[],
  ): string;
  constant(values: Elements, shape: readonly number[]): string;
  placeholder(dtype: number, shape: readonly number[]): string;
  /** A variable's handle. */
  variable(dtype: number, shape: readonly number[], name: string): string;
  read(handle: string, dtype: number): string;
  assign(handle: string, value: string, dtype: number, after?: readonly string[]): string;
}

/** Starts an empty graph. */
export function builder(): Builder {
  const nodes: NodeDef[] = [];
  const add: Builder['add'] = (op, inputs, attributes = {}, after = []) => {
    const name = `${op}_${nodes.length}`;
    const waits = after.map((node) => `^${node.replace(/:\d+$/, '')}`);
    nodes.push({ name, op, input: [...inputs, ...new Set(waits)], attr: attributes });
    return name;
  };
  return {
    nodes,
    add,
    constant(values, shape) {
      const dtype = values instanceof Float32Array ? FLOAT32 : values instanceof Int32Array ? INT32 : BOOL;
      const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
      const tensor = { dtype, tensor_shape: shapeOf(shape), tensor_content: bytes };
      return add('Const', [], { dtype: attr.type(dtype), value: { tensor } });
    },
    placeholder: (dtype, shape) =>
      add('Placeholder', [], { dtype: attr.type(dtype), shape: attr.shape(shape) }),
    variable: (dtype, shape, name) =>
      add('VarHandleOp', [], {
        dtype: attr.type(dtype),
        shape: attr.shape(shape),
        container: attr.string(''),
        shared_name: attr.string(name),
      }),
    read: (handle, dtype) => add('ReadVariableOp', [handle], { dtype: attr.type(dtype) }),
    assign: (handle, value, dtype, after) =>
      add('AssignVariableOp', [handle, value], { dtype: attr.type(dtype) }, after),
  };
}
