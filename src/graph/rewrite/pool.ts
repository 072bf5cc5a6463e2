import type { OperationNode } from '../recording.js';
import { type Draft, isSameShape } from './draft.js';

/**
 * The largest of ReLUs is the ReLU of the largest: pooling first leaves the ReLU and its gradient a quarter of the work
 * (for windows of 2 × 2). Values and gradients stay the same to the last bit: where a window's largest is not above 0,
 * both ways give nothing back; elsewhere both choose the same place.
 */
export function poolBeforeRelu(draft: Draft, pool: OperationNode): void {
  const relu = pool.operation === 'MaxPool' ? draft.operation(pool.inputs[0], 'Relu') : undefined;
  if (!relu) return;
  const [pooled] = pool.outputs;
  const back = backwardPair(draft, relu.outputs[0], pooled);
  if (!back) return;
  const [x] = relu.inputs;
  const first = draft.add({ ...pool, inputs: [x] }, draft.shape(pooled), draft.dtype(pooled));
  draft.put({ ...relu, inputs: [first], outputs: [pooled] });
  if (back === 'none') return;
  const [, , dy] = back.poolGrad.inputs;
  const shorter = draft.add({ ...back.reluGrad, inputs: [dy, pooled] }, draft.shape(dy), draft.dtype(dy));
  draft.put({ ...back.poolGrad, inputs: [x, first, shorter], outputs: back.reluGrad.outputs });
}

/** The gradients that belong to a ReLU and its pooling, `none` without a backward pass, undefined when others look on. */
function backwardPair(
  draft: Draft,
  rectified: number,
  pooled: number,
): { poolGrad: OperationNode; reluGrad: OperationNode } | 'none' | undefined {
  const users = draft.users(rectified).filter(({ outputs }) => outputs[0] !== pooled);
  if (draft.isResult(rectified)) return undefined;
  if (users.length === 0) return 'none';
  const poolGrad = users.find(
    ({ operation, inputs }) => operation === 'MaxPoolGrad' && inputs[0] === rectified && inputs[1] === pooled,
  );
  const reluGrad = users.find(
    ({ operation, inputs }) => operation === 'ReluGrad' && inputs[1] === rectified && inputs[0] !== rectified,
  );
  const isPair =
    users.length === 2 &&
    poolGrad !== undefined &&
    reluGrad?.inputs[0] === poolGrad.outputs[0] &&
    draft.users(poolGrad.outputs[0]).length === 1;
  return isPair ? { poolGrad, reluGrad } : undefined;
}

/**
 * The gradient of a bias adds up the gradient over all places. The gradient of max pooling gives each number to one
 * place, so that the sum is that of the pooled numbers, in another order: equal to rounding.
 */
export function sumBeforeUnpooling(draft: Draft, node: OperationNode): void {
  if (node.operation !== 'Sum') return;
  const reshape = draft.operation(node.inputs[0], 'Reshape');
  const poolGrad = draft.operation(reshape?.inputs[0] ?? node.inputs[0], 'MaxPoolGrad');
  const [sum] = node.outputs;
  if (!poolGrad || draft.shape(sum).length !== 1) return;
  const dy = poolGrad.inputs[2];
  const channels = draft.shape(dy).slice(-1);
  if (!isSameShape(draft.shape(sum), channels)) return;
  const axes = draft.sizes(
    draft
      .shape(dy)
      .slice(0, -1)
      .map((_, axis) => axis),
  );
  draft.put({ ...node, inputs: [dy, axes] });
}
