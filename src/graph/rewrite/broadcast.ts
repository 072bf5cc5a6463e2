import { INT32, type OperationNode, type Size } from '../recording.js';
import { type Draft, isSameShape } from './draft.js';

/** `x · ones(shape)`, as tfjs spreads the gradient of a mean, is a broadcast. */
export function asBroadcast(draft: Draft, node: OperationNode): void {
  if (node.operation !== 'Mul') return;
  const [output] = node.outputs;
  for (const k of [0, 1]) {
    const ones = node.inputs[k];
    const x = node.inputs[1 - k];
    if (draft.number(ones) !== 1 || !isSameShape(draft.shape(ones), draft.shape(output))) continue;
    if (isSameShape(draft.shape(x), draft.shape(output))) draft.alias(output, x);
    else putBroadcast(draft, x, output);
    return;
  }
}

/** A broadcast divided by one number: divide first. */
export function divideBeforeBroadcast(draft: Draft, node: OperationNode): void {
  if (node.operation !== 'RealDiv' && node.operation !== 'Mul') return;
  const [spread, number] = node.inputs;
  const broadcast = draft.operation(spread, 'BroadcastTo');
  if (!broadcast || count(draft.shape(number)) !== 1) return;
  const [x] = broadcast.inputs;
  if (draft.shape(x).length < draft.shape(number).length) return;
  const { operation, attributes } = node;
  const divided = draft.add({ operation, attributes, inputs: [x, number] }, draft.shape(x), draft.dtype(x));
  putBroadcast(draft, divided, node.outputs[0]);
}

const count = (shape: readonly Size[]): number =>
  shape.reduce<number>((product, length) => product * (typeof length === 'number' ? length : Number.NaN), 1);

function putBroadcast(draft: Draft, x: number, output: number): void {
  const attributes = [
    { name: 'T', type: 'type' as const, value: draft.dtype(x) },
    { name: 'Tidx', type: 'type' as const, value: INT32 },
  ];
  const inputs = [x, draft.sizes(draft.shape(output))];
  draft.put({ kind: 'operation', operation: 'BroadcastTo', inputs, attributes, outputs: [output] });
}
