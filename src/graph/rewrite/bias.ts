import { FLOAT32, type OperationNode } from '../recording.js';
import { type Draft, isSameShape } from './draft.js';

const NHWC = { name: 'data_format', type: 'string', value: 'NHWC' } as const;
const BEFORE_BIAS = ['MatMul', 'Conv2D', 'DepthwiseConv2dNative'];

/** A vector added along the last axis of a product or a convolution, perhaps by way of a reshape, is a bias. */
export function asBiasAdd(draft: Draft, node: OperationNode): void {
  if (node.operation !== 'Add' && node.operation !== 'AddV2') return;
  const [x, added] = node.inputs;
  const bias = vector(draft, added);
  const isProduct = BEFORE_BIAS.some((name) => made(draft, x, name));
  if (isProduct && bias !== undefined && isSameShape(draft.shape(bias), draft.shape(x).slice(-1)))
    draft.put({
      ...node,
      operation: 'BiasAdd',
      inputs: [x, bias],
      attributes: [...node.attributes.filter(({ name }) => name === 'T'), NHWC],
    });
  else draft.put({ ...node, operation: 'AddV2' });
}

/** A vector, or the vector in a reshape such as [1, 1, 1, n]. */
function vector(draft: Draft, value: number): number | undefined {
  if (draft.shape(value).length === 1) return value;
  const inner = draft.operation(value, 'Reshape')?.inputs[0];
  if (inner === undefined || draft.shape(inner).length !== 1) return undefined;
  const shape = draft.shape(value);
  return shape.slice(0, -1).every((length) => length === 1) ? inner : undefined;
}

/** Whether an operation made a value, perhaps with a reshape behind it that leaves the last axis alone. */
function made(draft: Draft, value: number, name: string): boolean {
  const reshape = draft.operation(value, 'Reshape');
  const inner = reshape?.inputs[0];
  if (inner !== undefined && isSameShape(draft.shape(inner).slice(-1), draft.shape(value).slice(-1)))
    return draft.operation(inner, name) !== undefined;
  return draft.operation(value, name) !== undefined;
}

/** The sum over all axes but the last is the gradient of a bias, in another order of adding: equal to rounding. */
export function asBiasAddGrad(draft: Draft, node: OperationNode): void {
  if (node.operation !== 'Sum' || draft.dtype(node.inputs[0]) !== FLOAT32) return;
  const [x] = node.inputs;
  const rank = draft.shape(x).length;
  const axes = axesOf(draft, node.inputs[1]);
  const isAllButLast = axes?.length === rank - 1 && axes.every((axis, k) => axis === k);
  if (rank < 2 || !isAllButLast || draft.shape(node.outputs[0]).length !== 1) return;
  const attributes = [...node.attributes.filter(({ name }) => name === 'T'), NHWC];
  draft.put({ ...node, operation: 'BiasAddGrad', inputs: [x], attributes });
}

/** The whole numbers of a constant. */
function axesOf(draft: Draft, value: number): readonly unknown[] | undefined {
  const node = draft.maker(value);
  if (node?.kind === 'sizes') return node.sizes;
  return node?.kind === 'constant' ? [...node.values] : undefined;
}
