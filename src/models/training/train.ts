import type { Matrix } from '../../numeric/matrix.js';
import type { LayerSpec } from '../layers.js';
import { activity } from './activity.js';
import { checkLoss, checkTraining } from './check.js';
import { learningRateOf } from './optimizer.js';
import type { EpochLog, FitHistory, TrainOptions } from './options.js';
import { progress } from './progress.js';
import { rateFactor } from './schedule.js';
import { trainer } from './trainer.js';

/** Trained layers and how it went. */
export interface Trained {
  readonly layers: LayerSpec[];
  readonly history: FitHistory;
}

/**
 * Trains a feed-forward network in WebAssembly: each step of the iteration is an epoch, and the last value is the
 * result. Knows no tensors: `fit` reads a model's layers, runs this and writes them back; workers run it as it is.
 *
 * @param layers - left as they are.
 * @param X - n × d rows, in 32-bit floats from here on.
 * @param y - n targets, or n × outputs.
 * @throws TypeError or RangeError when arguments do not fit, RangeError when the loss stops being a number.
 */
export function* train(
  layers: readonly LayerSpec[],
  X: Matrix,
  y: ArrayLike<number> | Matrix,
  options: TrainOptions,
): Generator<EpochLog, Trained> {
  checkTraining(layers, X, options);
  const { epochs = 100, earlyStopping, schedule, optimizer = { kind: 'adam' } } = options;
  const network = trainer(layers, X, y, options);
  const factor = rateFactor(schedule, epochs);
  const isActive = activity(
    layers.filter((layer) => layer.kind === 'dense' || layer.kind === 'norm'),
    options,
  );
  const course = progress(earlyStopping);
  for (let epoch = 0; epoch < epochs && !course.stopped; epoch++) {
    for (const stage of network.stages) stage.active = isActive(stage.name, epoch);
    const learningRate = learningRateOf(optimizer) * factor(epoch, course.monitored);
    const loss = network.epoch(learningRate);
    const validationLoss = network.validate();
    const log = { epoch: epoch + 1, epochs, loss, validationLoss, learningRate };
    checkLoss(log);
    if (course.add(log)) course.best = earlyStopping && network.read();
    yield log;
  }
  return { layers: course.best ?? network.read(), history: course.history('wasm') };
}
