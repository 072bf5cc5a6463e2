import { FLOAT32, type OperationNode } from '../recording.js';
import { attribute, type Draft, isSameShape } from './draft.js';

/** tfjs-node names the type of `mean`'s argument from before its cast, which only eager TensorFlow forgives. */
export function mendMean(draft: Draft, node: OperationNode): void {
  if (node.operation !== 'Mean' || draft.dtype(node.inputs[0]) !== FLOAT32) return;
  const attributes = node.attributes.map((one) => (one.name === 'T' ? { ...one, value: FLOAT32 } : one));
  draft.put({ ...node, attributes });
}

/** tfjs-node leaves types out where eager TensorFlow works them out itself: here, from the inputs. */
const LEFT_OUT: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  ExpandDims: { T: 0, Tdim: 1 },
};

export function nameTypes(draft: Draft, node: OperationNode): void {
  const missing = Object.entries(LEFT_OUT[node.operation] ?? {}).filter(
    ([name]) => !node.attributes.some((one) => one.name === name),
  );
  if (missing.length === 0) return;
  const types = missing.map(([name, input]) => ({
    ...{ name, type: 'type' as const, value: draft.dtype(node.inputs[input]) },
  }));
  draft.put({ ...node, attributes: [...node.attributes, ...types] });
}

/** Casts to the type that is there, and reshapes to the shape that is there. */
export function skipIdentity(draft: Draft, node: OperationNode): void {
  const [input] = node.inputs;
  const [output] = node.outputs;
  const isNothing =
    node.operation === 'Identity' ||
    (node.operation === 'Cast' && attribute(node, 'SrcT') === attribute(node, 'DstT')) ||
    (node.operation === 'Reshape' && isSameShape(draft.shape(input), draft.shape(output)));
  if (isNothing) draft.alias(output, input);
}
