import type * as tf from '@tensorflow/tfjs-node';
import { layersOf } from '../../models/freeze.js';
import { tensorflow } from '../../numeric/tensorflow.js';
import type { Recorded } from '../record/record.js';
import type { Steps } from '../step/steps.js';

/** A row's chosen outputs: one output of the model times a selector of ones and zeros, added up. */
const chosenSum = (
  steps: Steps,
  output: number,
  inputs: readonly tf.Tensor[],
  selector: tf.Tensor,
): tf.Tensor => {
  const values = steps.predict(inputs).outputs[`${output}`];
  return values.reshape([values.shape[0], -1]).mul(selector).sum(1);
};

/**
 * The gradient of chosen outputs by the inputs.
 * @param tensors - the inputs, and behind them a selector of n × outputs.
 */
export function inputGradients(steps: Steps, output: number, tensors: readonly tf.Tensor[]): Recorded {
  const [inputs, selector] = [tensors.slice(0, -1), tensors.at(-1)!];
  const { valueAndGrads } = tensorflow();
  let chosen: tf.Tensor | undefined;
  const { value, grads } = valueAndGrads((...x: tf.Tensor[]) => {
    chosen = tensorflow().keep(chosenSum(steps, output, x, selector));
    return chosen.sum();
  })([...inputs]);
  value.dispose();
  const values = chosen!.clone();
  chosen!.dispose();
  return { outputs: { values, ...Object.fromEntries(grads.map((grad, i) => [`${i}`, grad])) } };
}

/**
 * Grad-CAM (Selvaraju et al. 2017, doi:10.1109/ICCV.2017.74) of a layer: its channels, weighted by their mean
 * gradients, where they speak for the chosen output.
 */
export function gradCam(
  model: tf.LayersModel,
  steps: Steps,
  output: number,
  layerName: string,
  tensors: readonly tf.Tensor[],
): Recorded {
  const [inputs, selector] = [tensors.slice(0, -1), tensors.at(-1)!];
  const layer = layersOf(model).find(({ name }) => name === layerName)!;
  const { zeros, keep, grad, relu } = tensorflow();
  const shape = (layer.output as tf.SymbolicTensor).shape.slice(1) as number[];
  const own = layer.call;
  let activation: tf.Tensor | undefined;
  const nudged = (nudge: tf.Tensor): tf.Tensor => {
    layer.call = (given, kwargs) => {
      activation = keep(own.call(layer, given, kwargs) as tf.Tensor);
      return activation.add(nudge);
    };
    try {
      return chosenSum(steps, output, inputs, selector);
    } finally {
      layer.call = own;
    }
  };
  // The gradient by something that is added to the activation is the gradient by the activation.
  const gradient = grad(nudged)(zeros([inputs[0].shape[0], ...shape]));
  const places = shape.slice(0, -1).map((_, axis) => axis + 1);
  const map = relu(activation!.mul(gradient.mean(places, true)).sum(-1));
  activation!.dispose();
  return { outputs: { map } };
}
