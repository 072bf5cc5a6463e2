import type * as tf from '@tensorflow/tfjs-node';
import { layersOf } from '../models/freeze.js';
import { checkNames } from '../models/training/check.js';
import { learningRateOf } from '../models/training/optimizer.js';
import { eagerEngine } from './engine/eager.js';
import type { Engine } from './engine/engine.js';
import { graphEngine } from './engine/graph.js';
import { fusedFit } from './fit/fused.js';
import { nativeBackend } from './native.js';
import { type CompiledNet, netOf } from './net.js';
import type { GraphOptions } from './options.js';
import { isTfjs, optimizerOptions } from './step/optimizer-options.js';
import { type Steps, stepsOf } from './step/steps.js';

/**
 * Compiles the training of a tfjs model into one TensorFlow graph, which runs a step, a prediction or a measurement in
 * one call. What cannot become part of a graph is named, and tfjs itself trains.
 *
 * ```ts
 * const net = await compileGraph(model, { optimizer: 'adam', loss: 'categoricalCrossentropy', metrics: ['accuracy'] });
 * await net.fit([images, spectra], classes, { epochs: 20, seed: 1 });
 * net.predict([images, spectra]);
 * net.dispose();
 * ```
 *
 * @param model - sequential or functional, with any number of inputs and outputs of known sizes. Layers whose
 * `trainable` is false keep their weights; normalisation among them uses its running averages.
 * @throws TypeError without a loss; TypeError or RangeError when a setting does not fit the model.
 */
export async function compileGraph(model: tf.LayersModel, options: GraphOptions = {}): Promise<CompiledNet> {
  if (options.deterministic) checkDeterministic();
  const compiled = model as unknown as { optimizer?: tf.Optimizer; loss?: GraphOptions['loss'] };
  const loss = options.loss ?? compiled.loss;
  if (loss === undefined)
    throw new TypeError(
      "options.loss must be given, for example 'categoricalCrossentropy'; the model has none",
    );
  checkOptions(model, options);
  const optimizer = options.optimizer ?? compiled.optimizer ?? 'adam';
  const settings = optimizerOptions(optimizer);
  const steps = stepsOf(model, loss, settings, options);
  const { engine, reason } = engineFor(model, steps);
  const isNative = typeof nativeBackend() !== 'string';
  const fused = isNative ? undefined : fusedFit(model, loss, settings, options);
  const onIterations = (iterations: number) => {
    // tfjs counts its steps in a field that it hides.
    if (isTfjs(optimizer)) (optimizer as unknown as { iterations_: number }).iterations_ = iterations;
  };
  const learningRate = learningRateOf(settings);
  return netOf({ model, steps, engine, reason, learningRate, fused, onIterations });
}

function checkDeterministic(): void {
  if (process.env['NURDLE_DETERMINISTIC'] === '1') return;
  throw new Error(
    'options.deterministic needs TensorFlow to start with one thread in each operation; start Node with NURDLE_DETERMINISTIC=1',
  );
}

function checkOptions(model: tf.LayersModel, options: GraphOptions): void {
  const { frozen, layerRates, l2sp, l2 = 0, clipNorm = 1, clipValue = 1 } = options;
  checkNames(layersOf(model), { seed: 0, frozen, layerRates, l2sp });
  const least: [string, number][] = [
    ['l2', l2],
    ['l2sp.strength', l2sp?.strength ?? 0],
    ...Object.entries(layerRates ?? {}).map(([name, rate]): [string, number] => [`layerRates.${name}`, rate]),
  ];
  for (const [name, value] of least)
    if (!(value >= 0 && Number.isFinite(value)))
      throw new RangeError(`${name} must be finite and not negative, but is ${value}`);
  for (const [name, value] of Object.entries({ clipNorm, clipValue }))
    if (!(value > 0)) throw new RangeError(`${name} must be above 0, but is ${value}`);
}

/** A graph where the model can become one, else tfjs with the reason. */
function engineFor(model: tf.LayersModel, steps: Steps): { engine: Engine; reason?: string } {
  try {
    return { engine: graphEngine(model, steps) };
  } catch (error) {
    const reason = (error as Error).message.split('\n')[0];
    console.warn(
      `nurdle: the net cannot become a graph: ${reason}. tfjs itself trains it, several times slower.`,
    );
    return { engine: eagerEngine(steps), reason };
  }
}
