import type * as tf from '@tensorflow/tfjs-node';
import { fit } from '../../models/fit.js';
import { readLayers } from '../../models/read-layers.js';
import { whyUntrainable } from '../../models/training/check.js';
import type { FitOptions, Loss, OptimizerOptions } from '../../models/training/options.js';
import type { DataSet } from '../data/data-set.js';
import type { Rows } from '../data/values.js';
import type { GraphOptions } from '../options.js';
import { settingsOf } from '../step/losses.js';
import type { GraphFitOptions, GraphHistory } from './options.js';

/** Trains rows with our own WebAssembly. */
export type FusedFit = (
  data: DataSet,
  validation: DataSet | undefined,
  learningRate: number,
  options: GraphFitOptions,
) => Promise<GraphHistory>;

const LOSSES: readonly Loss[] = [
  'binaryCrossentropy',
  'categoricalCrossentropy',
  'meanSquaredError',
  'huber',
  'focal',
];

/**
 * The fused trainer for a net of dense layers, where native TensorFlow is missing and nothing is asked that it cannot
 * do; else undefined.
 */
export function fusedFit(
  model: tf.LayersModel,
  loss: NonNullable<GraphOptions['loss']>,
  optimizer: OptimizerOptions,
  options: GraphOptions,
): FusedFit | undefined {
  const { l2, l2sp, frozen, layerRates } = options;
  const asked = [options.clipNorm, options.clipValue, options.layerLosses, options.modalityDropout];
  const read = readLayers(model);
  if (asked.some((one) => one !== undefined) || 'unsupported' in read) return undefined;
  if (typeof loss === 'function' || Array.isArray(loss)) return undefined;
  const settings = settingsOf(loss as Exclude<typeof loss, readonly unknown[]> as never);
  const { kind, ...rest } = settings as {
    kind: string;
    delta?: number;
    gamma?: number;
    labelSmoothing?: number;
  };
  if (!LOSSES.includes(kind as Loss) || rest.labelSmoothing) return undefined;
  const shared = {
    loss: kind as Loss,
    huberDelta: rest.delta,
    focalGamma: rest.gamma,
    l2,
    l2sp,
    frozen,
    layerRates,
  };
  const known = Object.fromEntries(Object.entries(shared).filter(([, value]) => value !== undefined));
  if (whyUntrainable(read.layers, { seed: 0, ...known })) return undefined;
  return async (data, validation, learningRate, given) => {
    const { seed = 0, epochs = 1, batchSize, shuffle, schedule, earlyStopping, signal, onEpoch } = given;
    const { classWeights } = given;
    const ours: FitOptions = {
      ...known,
      ...{ seed, epochs, batchSize, shuffle, schedule, earlyStopping, signal },
      optimizer: { ...optimizer, learningRate },
      classWeights: classWeights && Array.from(Object.values(classWeights as Record<number, number>)),
      validation: validation && { X: matrix(validation.inputs[0]), y: matrix(validation.truths[0]) },
      onEpoch: (log) => void onEpoch?.({ ...log, scores: { loss: log.loss } }),
    };
    const history = await fit(model, matrix(data.inputs[0]), matrix(data.truths[0]), ours);
    const scores: Record<string, readonly number[]> = { loss: history.loss };
    if (validation) scores['val_loss'] = history.validationLoss;
    return { ...history, history: scores };
  };
}

const matrix = ({ count, width, data }: Rows) => ({
  rows: count,
  cols: width,
  data: Float64Array.from(data),
});

/** Whether the fused trainer does all that a training asks for. */
export const isPlain = ({
  sampleWeights,
  augment,
  checkpoint,
  onBatch,
  callbacks,
}: GraphFitOptions): boolean =>
  [sampleWeights, augment, checkpoint, onBatch, callbacks].every((one) => one === undefined);
