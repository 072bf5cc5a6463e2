import { checkChoice } from '../../numeric/check.js';
import type { Loss, OptimizerOptions, Schedule, TrainOptions } from './options.js';

const LOSSES: readonly Loss[] = [
  ...(['binaryCrossentropy', 'categoricalCrossentropy', 'focal', 'meanSquaredError', 'huber'] as const),
];

/** @throws TypeError without a seed, RangeError for a setting out of its range. */
export function checkSettings(options: TrainOptions): void {
  if (options.seed === undefined)
    throw new TypeError('options.seed must be given, so that the training can be repeated');
  const { epochs = 100, batchSize = 32, earlyStopping, focalGamma = 2, huberDelta = 1, l2 = 0 } = options;
  checkChoice('loss', options.loss ?? 'binaryCrossentropy', LOSSES);
  whole('epochs', epochs, 1);
  whole('batchSize', batchSize, 1);
  atLeastZero('focalGamma', focalGamma);
  atLeastZero('l2', l2);
  if (options.l2sp) atLeastZero('l2sp.strength', options.l2sp.strength);
  if (!(huberDelta > 0)) throw new RangeError(`huberDelta must be above 0, but is ${huberDelta}`);
  aboveZero('clipValue', options.clipValue);
  aboveZero('clipNorm', options.clipNorm);
  if (earlyStopping) whole('earlyStopping.patience', earlyStopping.patience, 1);
  if (options.optimizer) checkOptimizer(options.optimizer);
  if (options.schedule) checkSchedule(options.schedule);
  for (const [name, epoch] of Object.entries(options.unfreeze ?? {})) whole(`unfreeze.${name}`, epoch, 0);
  for (const [name, rate] of Object.entries(options.layerRates ?? {}))
    atLeastZero(`layerRates.${name}`, rate);
}

function checkOptimizer(options: OptimizerOptions): void {
  const { kind, learningRate = 1 } = options;
  checkChoice('optimizer.kind', kind, ['adam', 'adamw', 'sgd']);
  if (!(learningRate > 0 && Number.isFinite(learningRate)))
    throw new RangeError(`optimizer.learningRate must be above 0, but is ${learningRate}`);
  const shares = kind === 'sgd' ? ['momentum'] : ['beta1', 'beta2'];
  for (const name of shares) {
    const value = (options as unknown as Record<string, number | undefined>)[name] ?? 0;
    if (!(value >= 0 && value < 1))
      throw new RangeError(`optimizer.${name} must lie in 0 … 1, 1 left out, but is ${value}`);
  }
}

function checkSchedule(schedule: Schedule): void {
  checkChoice('schedule.kind', schedule.kind, ['cosine', 'linear', 'step', 'plateau']);
  if (schedule.kind === 'step') whole('schedule.every', schedule.every, 1);
  if (schedule.kind === 'plateau') whole('schedule.patience', schedule.patience, 1);
  if (schedule.kind === 'step' || schedule.kind === 'plateau')
    atLeastZero('schedule.factor', schedule.factor);
  else {
    whole('schedule.warmup', schedule.warmup ?? 0, 0);
    atLeastZero('schedule.floor', schedule.floor ?? 0);
  }
}

function whole(name: string, value: number, least: number): void {
  if (!(Number.isInteger(value) && value >= least))
    throw new RangeError(`${name} must be a whole number from ${least} on, but is ${value}`);
}

/** Where the setting is given. */
function aboveZero(name: string, value = 1): void {
  if (!(value > 0 && Number.isFinite(value)))
    throw new RangeError(`${name} must be finite and above 0, but is ${value}`);
}

function atLeastZero(name: string, value: number): void {
  if (!(value >= 0 && Number.isFinite(value)))
    throw new RangeError(`${name} must be finite and not negative, but is ${value}`);
}
