import type { OperationNode } from '../recording.js';
import { type Draft, isSameShape } from './draft.js';

/**
 * `dy · step(x)`, as tfjs writes the gradient of ReLU, is TensorFlow's ReluGrad; it asks for the output of the ReLU, so
 * that nothing keeps its input alive and TensorFlow can fuse the two. A NaN in x gives 0 here, but its loss is NaN.
 */
export function asReluGrad(draft: Draft, node: OperationNode): void {
  if (node.operation !== 'Mul') return;
  for (const k of [0, 1]) {
    const x = stepOf(draft, node.inputs[k]);
    const dy = node.inputs[1 - k];
    if (x === undefined || !isSameShape(draft.shape(dy), draft.shape(x))) continue;
    const relu = draft.users(x).find(({ operation }) => operation === 'Relu');
    const attributes = node.attributes.filter(({ name }) => name === 'T');
    draft.put({ ...node, operation: 'ReluGrad', inputs: [dy, relu?.outputs[0] ?? x], attributes });
    return;
  }
}

/** The x of tfjs-node's step: Select(IsNan(x), x, Select(Greater(x, 0), 1, 0)). */
function stepOf(draft: Draft, value: number): number | undefined {
  const outer = draft.operation(value, 'Select');
  const nan = outer && draft.operation(outer.inputs[0], 'IsNan');
  const inner = outer && draft.operation(outer.inputs[2], 'Select');
  const greater = inner && draft.operation(inner.inputs[0], 'Greater');
  if (!nan || !greater) return undefined;
  const x = nan.inputs[0];
  const fits =
    greater.inputs[0] === x &&
    draft.number(greater.inputs[1]) === 0 &&
    draft.number(inner.inputs[1]) === 1 &&
    draft.number(inner.inputs[2]) === 0;
  return fits ? x : undefined;
}
