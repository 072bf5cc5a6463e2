import { INT32, type OperationNode } from '../recording.js';
import { type Draft, isSameShape } from './draft.js';

/** `ExpandDims` is a reshape, and of reshapes in a row only the last counts. */
export function mergeReshapes(draft: Draft, node: OperationNode): void {
  const isReshape = node.operation === 'Reshape';
  if (!isReshape && node.operation !== 'ExpandDims') return;
  const [output] = node.outputs;
  let [x] = node.inputs;
  for (let inner = draft.operation(x, 'Reshape'); inner; inner = draft.operation(x, 'Reshape'))
    [x] = inner.inputs;
  if (isSameShape(draft.shape(x), draft.shape(output))) draft.alias(output, x);
  else if (!isReshape || x !== node.inputs[0]) putReshape(draft, x, output, node.layer);
}

/** Makes `output` a reshape of x. */
export function putReshape(draft: Draft, x: number, output: number, layer?: string): void {
  draft.put({ ...reshapeOf(draft, x, draft.sizes(draft.shape(output))), outputs: [output], layer });
}

/** A reshape of x like another value. */
export function addReshape(draft: Draft, x: number, like: number): number {
  const shape = draft.shape(like);
  if (isSameShape(draft.shape(x), shape)) return x;
  return draft.add(reshapeOf(draft, x, draft.sizes(shape)), shape, draft.dtype(x));
}

function reshapeOf(draft: Draft, x: number, shape: number): Omit<OperationNode, 'outputs'> {
  const attributes = [
    { name: 'T', type: 'type' as const, value: draft.dtype(x) },
    { name: 'Tshape', type: 'type' as const, value: INT32 },
  ];
  return { kind: 'operation', operation: 'Reshape', inputs: [x, shape], attributes };
}
