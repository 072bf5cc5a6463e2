import type * as tf from '@tensorflow/tfjs-node';
import { tensorflow } from '../numeric/tensorflow.js';
import { copyWeights, layersOf } from './freeze.js';
import { type Rows, rowLosses } from './row-losses.js';
import { learningRateOf } from './training/optimizer.js';
import type { OptimizerOptions, TrainOptions } from './training/options.js';

/** One step of tfjs's optimizers on a batch; returns the mean loss without penalties. */
export interface TrainStep {
  (rows: Rows, learningRate: number): number;
  dispose(): void;
}

/** A step over the layers that are trainable at the time. */
export function trainStep(model: tf.LayersModel, options: TrainOptions): TrainStep {
  const { optimizer = { kind: 'adam' }, layerRates = {} } = options;
  // One for each layer, since tfjs's optimizers know their weights by their places in the list; and made here, since
  // the tidy around a step would take their constants away.
  const optimizers = new Map(layersOf(model).map((layer) => [layer.name, make(optimizer)]));
  const start = copyWeights(model);
  const step = (rows: Rows, learningRate: number): number => {
    let loss = 0;
    const active = layersOf(model).filter((layer) => layer.trainable && layer.trainableWeights.length > 0);
    const variables = active.flatMap((layer) => layer.trainableWeights.map((w) => w.read() as tf.Variable));
    const { grads } = tensorflow().variableGrads(() => {
      const data = rowLosses(model.apply(rows.X, { training: true }) as tf.Tensor, rows, options).mean();
      loss = data.dataSync()[0];
      return penalties(model, active, start, options).reduce((sum, term) => sum.add(term), data) as tf.Scalar;
    }, variables);
    clip(grads, options);
    for (const layer of active) {
      const rate = learningRate * (layerRates[layer.name] ?? 1);
      if (optimizer.kind === 'adamw') decay(layer, 1 - rate * (optimizer.weightDecay ?? 0.01));
      const moving = optimizers.get(layer.name)!;
      setRate(moving, rate);
      const names = layer.trainableWeights.map((w) => (w.read() as tf.Variable).name);
      moving.applyGradients(Object.fromEntries(names.map((name) => [name, grads[name]])));
    }
    return loss;
  };
  const dispose = () => {
    for (const moving of optimizers.values()) moving.dispose();
    tensorflow().dispose([...start.values()]);
  };
  return Object.assign(step, { dispose });
}

/** Replaces gradients by clipped ones, as training/updates.ts clips them. */
function clip(grads: tf.NamedTensorMap, { clipValue, clipNorm }: TrainOptions): void {
  const names = Object.keys(grads);
  if (clipValue !== undefined)
    for (const name of names) grads[name] = grads[name].clipByValue(-clipValue, clipValue);
  if (clipNorm === undefined) return;
  const squares = names.map((name) => grads[name].square().sum().dataSync()[0]);
  const norm = Math.sqrt(squares.reduce((a, b) => a + b, 0));
  if (norm > clipNorm) for (const name of names) grads[name] = grads[name].mul(clipNorm / norm);
}

type Layer = tf.layers.Layer;

/** The penalties that the model's own layers ask for, L2 and L2-SP. */
function penalties(
  model: tf.LayersModel,
  active: readonly Layer[],
  start: ReadonlyMap<tf.LayerVariable, tf.Tensor>,
  { l2 = 0, l2sp }: TrainOptions,
): tf.Tensor[] {
  const terms: tf.Tensor[] = model.calculateLosses();
  for (const layer of active)
    for (const weight of layer.trainableWeights) {
      const values = weight.read();
      if (l2 > 0 && isKernel(weight)) terms.push(values.square().sum().mul(l2));
      if (l2sp && (l2sp.layers?.includes(layer.name) ?? true))
        terms.push(values.sub(start.get(weight)!).square().sum().mul(l2sp.strength));
    }
  return terms;
}

const isKernel = (weight: tf.LayerVariable): boolean => weight.shape.length > 1;

function decay(layer: Layer, keep: number): void {
  for (const weight of layer.trainableWeights)
    if (isKernel(weight)) tensorflow().tidy(() => void weight.write(weight.read().mul(keep)));
}

function make(options: OptimizerOptions): tf.Optimizer {
  const { train } = tensorflow();
  const rate = learningRateOf(options);
  if (options.kind === 'sgd') {
    const { momentum = 0, nesterov = false } = options;
    return momentum > 0 ? train.momentum(rate, momentum, nesterov) : train.sgd(rate);
  }
  const { beta1 = 0.9, beta2 = 0.999, epsilon = 1e-7 } = options;
  return train.adam(rate, beta1, beta2, epsilon);
}

/** Gradient descent keeps its rate in a tensor, Adam in a field. */
function setRate(optimizer: tf.Optimizer, rate: number): void {
  if ('setLearningRate' in optimizer) (optimizer as tf.SGDOptimizer).setLearningRate(rate);
  else (optimizer as unknown as { learningRate: number }).learningRate = rate;
}
