import { compileGraph } from '../graph/compile.js';
import type { GraphEpochLog } from '../graph/fit/options.js';
import { checkRows } from '../numeric/check.js';
import type { Matrix } from '../numeric/matrix.js';
import { tensorflow } from '../numeric/tensorflow.js';
import type { AgeingModel } from './model.js';
import { prepare } from './prepare.js';
import { type AgeingSamples, sampleCount } from './samples.js';
import { packAgeing, unpackAgeing } from './store.js';
import { inputsOf, variation } from './train.js';

export interface MixtureTraining {
  /** 10. */
  readonly epochs?: number;
  /** 1. */
  readonly seed?: number;
  /** Of AdamW at its highest; 0.002. */
  readonly learningRate?: number;
  readonly onEpoch?: (log: GraphEpochLog) => void | Promise<void>;
  readonly signal?: AbortSignal;
}

/**
 * Trains a model on with mixtures of known shares: cross-entropy against the shares, so that what it says of a sample is
 * the share of each cause. The model that is given stays as it is.
 * @param samples - mixtures, and single causes among them, which are mixtures with one share of 1.
 * @param shares - n × K, rows add up to 1.
 */
export async function trainMixtures(
  model: AgeingModel,
  samples: AgeingSamples,
  shares: Matrix,
  { epochs = 10, seed = 1, learningRate = 0.002, onEpoch, signal }: MixtureTraining = {},
): Promise<AgeingModel> {
  checkRows('shares', shares, 1);
  const n = sampleCount(samples);
  if (shares.rows !== n || shares.cols !== model.classes.length)
    throw new RangeError(
      `shares must be ${n} × ${model.classes.length} like samples and classes, but are ${shares.rows} × ${shares.cols}`,
    );
  const copy = await unpackAgeing(packAgeing(model));
  const outputs = copy.net.outputs.length;
  const net = await compileGraph(copy.net, {
    optimizer: { kind: 'adamw', learningRate, weightDecay: 0.01 },
    loss: Array(outputs).fill('categoricalCrossentropy'),
    ...(outputs > 1 ? { lossWeights: [1, 0.5, 0.5] } : {}),
    clipNorm: 1,
  });
  const targets = tensorflow().tensor2d(Float32Array.from(shares.data), [n, shares.cols]);
  try {
    const history = await net.fit(
      inputsOf(prepare(samples, model.points), model.kind),
      Array(outputs).fill(targets),
      {
        ...{ epochs, seed, onEpoch, signal, batchSize: 32, augment: variation(model.kind) },
        schedule: { kind: 'cosine', warmup: Math.min(1, epochs - 1) },
      },
    );
    return {
      ...copy,
      training: { ...copy.training, epochs: model.training.epochs + epochs, loss: history.loss },
    };
  } finally {
    targets.dispose();
    net.dispose();
  }
}
