import type { OperationNode } from '../recording.js';
import { type Draft, isSameShape } from './draft.js';
import { addReshape, putReshape } from './reshape.js';

/** A bias behind a reshaped convolution is added before the reshape, where TensorFlow fuses the two. */
export function biasBeforeReshape(draft: Draft, node: OperationNode): void {
  if (node.operation !== 'BiasAdd') return;
  const reshape = draft.operation(node.inputs[0], 'Reshape');
  const inner = reshape?.inputs[0];
  if (inner === undefined || !draft.operation(inner, 'Conv2D')) return;
  const { operation, attributes, layer } = node;
  const added = draft.add(
    { operation, attributes, layer, inputs: [inner, node.inputs[1]] },
    draft.shape(inner),
    draft.dtype(inner),
  );
  putReshape(draft, added, node.outputs[0], layer);
}

/**
 * Reshape(Relu(x)) becomes Relu(Reshape(x)), and the gradient likewise: the one-dimensional layers of tfjs reshape
 * between convolution, ReLU and pooling, which keeps the other rules from seeing what follows what.
 */
export function reluBehindReshape(draft: Draft, relu: OperationNode): void {
  if (relu.operation !== 'Relu' || draft.isResult(relu.outputs[0])) return;
  const [rectified] = relu.outputs;
  const users = draft.users(rectified);
  const reshape = users.find(({ operation }) => operation === 'Reshape');
  const gradient = users.find(({ operation, inputs }) => operation === 'ReluGrad' && inputs[1] === rectified);
  if (!reshape || users.length !== (gradient ? 2 : 1)) return;
  const [late] = reshape.outputs;
  const dy = gradient && draft.operation(gradient.inputs[0], 'Reshape')?.inputs[0];
  if (gradient && (dy === undefined || !isSameShape(draft.shape(dy), draft.shape(late)))) return;
  draft.put({ ...relu, inputs: [addReshape(draft, relu.inputs[0], late)], outputs: [late] });
  if (!gradient) return;
  const { operation, attributes } = gradient;
  const back = draft.add(
    { operation, attributes, inputs: [dy!, late] },
    draft.shape(late),
    draft.dtype(late),
  );
  putReshape(draft, back, gradient.outputs[0]);
}
