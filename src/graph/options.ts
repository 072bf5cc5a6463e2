import type * as tf from '@tensorflow/tfjs-node';
import type { OptimizerOptions, StartPull } from '../models/training/options.js';

/** What is compiled into the training step. */
export interface GraphOptions {
  /** A name, settings, or one of tfjs's Adam, SGD and momentum. Default: what the model was compiled with, else Adam. */
  readonly optimizer?: OptimizerOptions['kind'] | OptimizerOptions | tf.Optimizer;
  /** One for all outputs, or one for each, in order or by the output's name. Default: what the model was compiled with. */
  readonly loss?: LossChoice | readonly LossChoice[] | Readonly<Record<string, LossChoice>>;
  /** Factors on the losses of several outputs, in order or by name. Default 1. */
  readonly lossWeights?: readonly number[] | Readonly<Record<string, number>>;
  /** Measured on every output. */
  readonly metrics?: readonly MetricChoice[];
  /** Losses on what a layer gives, with the classes of the first output: they shape the space of features. */
  readonly layerLosses?: readonly LayerLoss[];
  /** Strength of the penalty `l2 · Σ w²` on kernels, beside what layers ask for. Default 0. */
  readonly l2?: number;
  /** Penalty on leaving the weights that the model has when it is compiled. */
  readonly l2sp?: StartPull;
  /** Scales all gradients down together when their common length is more than this. */
  readonly clipNorm?: number;
  /** Cuts each element of the gradients off at ± this. */
  readonly clipValue?: number;
  /** Names of layers to leave as they are, besides those whose `trainable` is false. */
  readonly frozen?: readonly string[];
  /** Factors on the learning rate, by layer name. Default 1. */
  readonly layerRates?: Readonly<Record<string, number>>;
  /**
   * The share of rows that lose an input (all its numbers become 0) in training, by the input's name. A row never
   * loses two: the shares add up to at most 1.
   */
  readonly modalityDropout?: Readonly<Record<string, number>>;
  /**
   * Refuses to train unless TensorFlow promises the same bits for the same seed: `NURDLE_DETERMINISTIC=1` in the
   * environment before TensorFlow loads gives each operation one thread. The cost: large operations no longer share
   * the cores. Without it the bits were the same in all our runs on one machine, but nothing promises it.
   */
  readonly deterministic?: boolean;
}

export type LossChoice = LossName | LossSettings | LossFunction;

export type LossName =
  | 'binaryCrossentropy'
  | 'categoricalCrossentropy'
  | 'sparseCategoricalCrossentropy'
  | 'meanSquaredError'
  | 'meanAbsoluteError'
  | 'huber'
  | 'focal'
  | 'triplet'
  | 'centre';

/** Row losses, or their mean, from targets and outputs in tfjs operations that have gradients. */
export type LossFunction = (truth: tf.Tensor, output: tf.Tensor) => tf.Tensor;

export type LossSettings =
  | {
      readonly kind: 'binaryCrossentropy' | 'categoricalCrossentropy' | 'sparseCategoricalCrossentropy';
      /** The share of the truth that is spread over all classes. Default 0. */
      readonly labelSmoothing?: number;
    }
  | { readonly kind: 'meanSquaredError' | 'meanAbsoluteError' }
  /** Quadratic up to δ (1), linear beyond. */
  | { readonly kind: 'huber'; readonly delta?: number }
  /** Lin et al. (2017), arXiv:1708.02002. γ = 2. */
  | { readonly kind: 'focal'; readonly gamma?: number }
  | TripletSettings
  | CentreSettings;

/**
 * Batch-hard triplets (Hermans, Beyer & Leibe 2017, arXiv:1703.07737): each row against the farthest of its class and
 * the nearest of another.
 */
export interface TripletSettings {
  readonly kind: 'triplet';
  /** How much farther other classes should be. Default 1. */
  readonly margin?: number;
}

/**
 * Centre loss (Wen et al. 2016, doi:10.1007/978-3-319-46478-7_31): half the squared distance to the centre of the
 * class, which follows its rows.
 */
export interface CentreSettings {
  readonly kind: 'centre';
  /** How many classes there are. Needed where the output does not tell. */
  readonly classes?: number;
  /** How fast centres follow, 0 … 1. Default 0.5. */
  readonly rate?: number;
}

export type LayerLoss = (TripletSettings | CentreSettings) & {
  /** The layer whose output, flattened, is the feature vector. */
  readonly layer: string;
  /** Factor on the loss. Default 1. */
  readonly weight?: number;
};

export type MetricChoice =
  | 'accuracy'
  | 'meanSquaredError'
  | 'meanAbsoluteError'
  | ((truth: tf.Tensor, output: tf.Tensor) => tf.Tensor);
