import {
  type Attribute,
  type Distribution,
  type Elements,
  type Node,
  NotCompilable,
  type Recording,
  type Value,
} from '../recording.js';

/** Collects a recording: knows values by their native handles, each of which lives as long as the recording lasts. */
export interface Tape {
  /** A value that is there before the function starts. */
  given(handle: number, value: Value): number;
  /** Whether a handle is known. */
  has(handle: number): boolean;
  valueAt(handle: number): number;
  constant(handle: number, value: Value, values: Elements): void;
  random(handle: number, value: Value, distribution: Distribution): void;
  operation(
    name: string,
    attributes: readonly Attribute[],
    inputs: readonly number[],
    outputs: readonly (Value & { readonly id: number })[],
  ): void;
  /** Whether a value is a constant or made of constants alone. */
  isFixed(handle: number): boolean;
  finish(parts: Pick<Recording, 'inputs' | 'variables' | 'outputs' | 'updates'>): Recording;
}

/** @param layerAtWork - the name of the layer that is being called, if any. */
export function newTape(layerAtWork: () => string | undefined): Tape {
  const values: Value[] = [];
  const nodes: Node[] = [];
  const known = new Map<number, number>();
  const fixed = new Set<number>();

  function add(handle: number, { shape, dtype }: Value): number {
    known.set(handle, values.length);
    return values.push({ shape: [...shape], dtype }) - 1;
  }

  function valueAt(handle: number): number {
    const value = known.get(handle);
    if (value === undefined) throw new NotCompilable('a tensor from outside of the recording was used');
    return value;
  }

  return {
    given: add,
    has: (handle) => known.has(handle),
    valueAt,
    constant(handle, value, elements) {
      const output = add(handle, value);
      fixed.add(output);
      nodes.push({ kind: 'constant', values: elements.slice(), outputs: [output], layer: layerAtWork() });
    },
    random(handle, value, distribution) {
      const output = add(handle, value);
      const { shape } = values[output];
      nodes.push({ kind: 'random', distribution, shape, outputs: [output], layer: layerAtWork() });
    },
    operation(operation, attributes, handles, made) {
      const inputs = handles.map(valueAt);
      const outputs = made.map((tensor) => add(tensor.id, tensor));
      if (inputs.every((input) => fixed.has(input))) for (const output of outputs) fixed.add(output);
      nodes.push({ kind: 'operation', operation, attributes, inputs, outputs, layer: layerAtWork() });
    },
    isFixed: (handle) => fixed.has(valueAt(handle)),
    finish: (parts) => ({ values, nodes, ...parts }),
  };
}
