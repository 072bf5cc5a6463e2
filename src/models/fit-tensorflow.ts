import type * as tf from '@tensorflow/tfjs-node';
import type { Matrix } from '../numeric/matrix.js';
import { random } from '../numeric/random.js';
import { tensorflow } from '../numeric/tensorflow.js';
import { copyWeights, freezable, layersOf } from './freeze.js';
import { type Rows, rowLosses } from './row-losses.js';
import { trainStep } from './train-step.js';
import { activity } from './training/activity.js';
import { checkInputs, checkLoss, checkNames } from './training/check.js';
import { checkSettings } from './training/check-settings.js';
import { learningRateOf } from './training/optimizer.js';
import type { FitHistory, FitOptions, Held } from './training/options.js';
import { progress } from './training/progress.js';
import { rateFactor } from './training/schedule.js';
import { targets } from './training/targets.js';

/**
 * What `fit` does with a model that the fused trainer does not know: the same losses, penalties, freezing and early
 * stopping, one tfjs step after another. The order of the rows follows the seed; dropout draws from tfjs's own source
 * unless the layer has a seed.
 */
export async function fitWithTensorflow(
  model: tf.LayersModel,
  X: Matrix,
  y: ArrayLike<number> | Matrix,
  options: FitOptions,
): Promise<FitHistory> {
  const { epochs = 100, batchSize = 32, shuffle = true, schedule, validation, earlyStopping } = options;
  const { optimizer = { kind: 'adam' }, signal, onEpoch } = options;
  checkSettings(options);
  checkInputs('X', X, sizeOf(model.inputs[0].shape));
  if (validation) checkInputs('validation.X', validation.X, sizeOf(model.inputs[0].shape));
  checkNames(layersOf(model), options);
  const isActive = activity(
    layersOf(model).filter((layer) => layer.weights.length > 0),
    options,
  );
  const factor = rateFactor(schedule, epochs);
  const course = progress(earlyStopping);
  const order = random(options.seed).fork('order');
  const rows = load(model, { X, y, sampleWeights: options.sampleWeights }, options);
  const held = validation && load(model, validation, options);
  const freezing = freezable(model);
  const before = copyWeights(model);
  let best: Map<tf.LayerVariable, tf.Tensor> | undefined;
  const step = trainStep(model, options);
  try {
    for (let epoch = 0; epoch < epochs && !course.stopped; epoch++) {
      freezing.set((name) => isActive(name, epoch));
      const learningRate = learningRateOf(optimizer) * factor(epoch, course.monitored);
      const sequence = shuffle ? order.permutation(X.rows) : Int32Array.from({ length: X.rows }, (_, i) => i);
      let total = 0;
      for (let from = 0; from < X.rows; from += batchSize) {
        const batch = sequence.subarray(from, from + batchSize);
        total += batch.length * takeRows(rows, batch, (part) => step(part, learningRate));
        await new Promise(setImmediate);
        signal?.throwIfAborted();
      }
      const validationLoss = held && meanLoss(model, held, options);
      const log = { epoch: epoch + 1, epochs, loss: total / X.rows, validationLoss, learningRate };
      checkLoss(log);
      if (course.add(log) && earlyStopping) {
        tensorflow().dispose([...(best?.values() ?? [])]);
        best = copyWeights(model);
      }
      onEpoch?.(log);
    }
    if (best) restore(best);
  } catch (error) {
    restore(before);
    throw error;
  } finally {
    freezing.restore();
    step.dispose();
    const copies = [...before.values(), ...(best?.values() ?? [])];
    tensorflow().dispose([...copies, ...Object.values(rows), ...Object.values(held ?? {})]);
  }
  return course.history('tfjs');
}

const sizeOf = (shape: readonly (number | null)[]): number =>
  shape.slice(1).reduce<number>((product, length) => product * length!, 1);

function load(model: tf.LayersModel, { X, y, sampleWeights }: Held, options: FitOptions): Rows {
  const { tensor } = tensorflow();
  const outputs = sizeOf(model.outputs[0].shape);
  const { values, weights } = targets(y, X.rows, outputs, { ...options, sampleWeights });
  return {
    X: tensor(Float32Array.from(X.data), [X.rows, ...(model.inputs[0].shape.slice(1) as number[])]),
    T: tensor(values, [X.rows, outputs]),
    weights: tensor(weights, [X.rows]),
  };
}

function takeRows(rows: Rows, indices: Int32Array, use: (part: Rows) => number): number {
  const { tidy, gather, tensor1d } = tensorflow();
  return tidy(() => {
    const places = tensor1d(indices, 'int32');
    return use({
      X: gather(rows.X, places),
      T: gather(rows.T, places),
      weights: gather(rows.weights, places),
    });
  });
}

/** Puts copied weights back. */
function restore(copies: ReadonlyMap<tf.LayerVariable, tf.Tensor>): void {
  for (const [weight, values] of copies) weight.write(values);
}

function meanLoss(model: tf.LayersModel, rows: Rows, options: FitOptions): number {
  return tensorflow().tidy(() => {
    const outputs = model.predict(rows.X) as tf.Tensor;
    return rowLosses(outputs, rows, options).mean().dataSync()[0];
  });
}
