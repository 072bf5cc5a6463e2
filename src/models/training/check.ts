import type { Matrix } from '../../numeric/matrix.js';
import { inputsOf, type LayerSpec } from '../layers.js';
import { untrainable } from './compile.js';
import { fusedActivation } from './loss.js';
import type { EpochLog, OptimizerOptions, Schedule, TrainOptions } from './options.js';

/**
 * Refuses what cannot be trained, before anything is allocated.
 * @throws TypeError or RangeError whose sentence names the argument, what was expected and what came.
 */
export function checkTraining(layers: readonly LayerSpec[], X: Matrix, options: TrainOptions): void {
  const inputs = inputsOf(layers);
  if (inputs === undefined) throw new RangeError('model must have a layer with weights, but has none');
  checkInputs('X', X, inputs);
  if (options.validation) checkInputs('validation.X', options.validation.X, inputs);
  checkSettings(options);
  checkNames(layers, options);
  checkOutput(layers, options);
  const reason = whyUntrainable(layers, options);
  if (reason) throw new TypeError(`the fused trainer must know every layer, but ${reason}; use fit`);
}

/** Why layers that can be read cannot be trained with these options, or undefined. */
export function whyUntrainable(
  layers: readonly LayerSpec[],
  { loss = 'binaryCrossentropy' }: TrainOptions,
): string | undefined {
  if (inputsOf(layers) === undefined) return undefined;
  return untrainable(layers, fusedActivation(loss, outputOf(layers).outputs));
}

/** @throws RangeError when there are no rows, columns are missing, or a number is not a finite 32-bit float. */
export function checkInputs(name: string, X: Matrix, inputs: number): void {
  if (X.cols !== inputs)
    throw new RangeError(`${name} must have ${inputs} columns like the model's input, but has ${X.cols}`);
  if (X.rows === 0) throw new RangeError(`${name} must have at least one row, but is empty`);
  let bad = 0;
  while (bad < X.data.length && Math.abs(Math.fround(X.data[bad])) < Number.POSITIVE_INFINITY) bad++;
  if (bad === X.data.length) return;
  const place = `row ${Math.floor(bad / X.cols)}, column ${bad % X.cols}`;
  if (Number.isFinite(X.data[bad]))
    throw new RangeError(`${name} must fit 32-bit floats, but ${place} is ${X.data[bad]}; scale it first`);
  throw new RangeError(`${name} must be finite, but ${place} is ${X.data[bad]}; impute or drop it first`);
}

/** @throws TypeError without a seed, RangeError for a setting out of its range. */
export function checkSettings(options: TrainOptions): void {
  if (options.seed === undefined)
    throw new TypeError('options.seed must be given, so that the training can be repeated');
  const { epochs = 100, batchSize = 32, earlyStopping, focalGamma = 2, huberDelta = 1, l2 = 0 } = options;
  whole('epochs', epochs, 1);
  whole('batchSize', batchSize, 1);
  atLeastZero('focalGamma', focalGamma);
  atLeastZero('l2', l2);
  if (options.l2sp) atLeastZero('l2sp.strength', options.l2sp.strength);
  if (!(huberDelta > 0)) throw new RangeError(`huberDelta must be above 0, but is ${huberDelta}`);
  if (earlyStopping) whole('earlyStopping.patience', earlyStopping.patience, 1);
  if (options.optimizer) checkOptimizer(options.optimizer);
  if (options.schedule) checkSchedule(options.schedule);
  for (const [name, epoch] of Object.entries(options.unfreeze ?? {})) whole(`unfreeze.${name}`, epoch, 0);
  for (const [name, rate] of Object.entries(options.layerRates ?? {}))
    atLeastZero(`layerRates.${name}`, rate);
}

function checkOptimizer(options: OptimizerOptions): void {
  const { kind, learningRate = 1 } = options;
  if (!['adam', 'adamw', 'sgd'].includes(kind))
    throw new TypeError(`optimizer.kind must be adam, adamw or sgd, but is ${kind}`);
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

function atLeastZero(name: string, value: number): void {
  if (!(value >= 0 && Number.isFinite(value)))
    throw new RangeError(`${name} must be finite and not negative, but is ${value}`);
}

/** @throws RangeError when an option names a layer that is not there. */
export function checkNames(layers: readonly { readonly name: string }[], options: TrainOptions): void {
  const names = layers.map((layer) => layer.name);
  const given = {
    frozen: options.frozen ?? [],
    unfreeze: Object.keys(options.unfreeze ?? {}),
    layerRates: Object.keys(options.layerRates ?? {}),
    'l2sp.layers': options.l2sp?.layers ?? [],
  };
  for (const [argument, wanted] of Object.entries(given))
    for (const name of wanted)
      if (!names.includes(name))
        throw new RangeError(
          `${argument} must name layers of the model (${names.join(', ')}), but names "${name}"`,
        );
}

function checkOutput(layers: readonly LayerSpec[], { loss = 'binaryCrossentropy' }: TrainOptions): void {
  const { activation, outputs } = outputOf(layers);
  const wanted = fusedActivation(loss, outputs);
  if (wanted && activation !== wanted)
    throw new RangeError(
      `loss ${loss} on ${outputs} output${outputs === 1 ? '' : 's'} needs a last layer with ${wanted}, but it has ${activation}`,
    );
  if (!wanted && activation === 'softmax')
    throw new RangeError(`loss ${loss} needs a last layer without softmax; use categoricalCrossentropy`);
}

/** The activation at the output, and its number of columns. */
export function outputOf(layers: readonly LayerSpec[]): { activation: string; outputs: number } {
  let activation = 'linear';
  let outputs = inputsOf(layers)!;
  for (const layer of layers) {
    if (layer.kind === 'dense') outputs = layer.outputs;
    if (layer.kind === 'dense' || layer.kind === 'activation') activation = layer.activation;
    if (layer.kind === 'norm') activation = 'linear';
  }
  return { activation, outputs };
}

/** @throws RangeError when the loss is no longer a number. */
export function checkLoss({ epoch, loss, validationLoss = 0 }: EpochLog): void {
  if (Number.isFinite(loss) && Number.isFinite(validationLoss)) return;
  throw new RangeError(
    `training diverged in epoch ${epoch}: the loss is ${Number.isFinite(loss) ? validationLoss : loss}; lower optimizer.learningRate or scale X`,
  );
}
