import type { Matrix } from '../../numeric/matrix.js';
import { inputsOf, type LayerSpec } from '../layers.js';
import { checkSettings } from './check-settings.js';
import { untrainable } from './compile.js';
import { fusedActivation } from './loss.js';
import type { EpochLog, TrainOptions } from './options.js';

/**
 * Refuses what cannot be trained, before anything is allocated.
 * @throws TypeError or RangeError whose sentence names the argument, what was expected and what came.
 */
export function checkTraining(layers: readonly LayerSpec[], X: Matrix, options: TrainOptions): void {
  checkSettings(options);
  const inputs = inputsOf(layers);
  if (inputs === undefined) throw new RangeError('model must have a layer with weights, but has none');
  checkInputs('X', X, inputs);
  if (options.validation) checkInputs('validation.X', options.validation.X, inputs);
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
