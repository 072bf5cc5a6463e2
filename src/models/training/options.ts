import type { Matrix } from '../../numeric/matrix.js';

/** How to train. Everything is plain data but the callbacks, so that the same options serve on worker threads. */
export interface TrainOptions {
  /** Seeds the order of the rows and dropout: the same seed gives the same bits. */
  readonly seed: number;
  /** Passes over the rows. Default 100. */
  readonly epochs?: number;
  /** Rows per step. Default 32. */
  readonly batchSize?: number;
  /** Whether each epoch takes the rows in a new order. Default true. */
  readonly shuffle?: boolean;
  /** Default Adam with a learning rate of 0.001. */
  readonly optimizer?: OptimizerOptions;
  /** Default `binaryCrossentropy`. */
  readonly loss?: Loss;
  /** Focal loss: the focusing parameter γ. Default 2. */
  readonly focalGamma?: number;
  /** Huber loss: where it turns from a square into a line. Default 1. */
  readonly huberDelta?: number;
  /** Strength of the penalty `l2 · Σ w²` on the weights of dense layers, beside what layers ask for. Default 0. */
  readonly l2?: number;
  /** Penalty on leaving the weights at the start. */
  readonly l2sp?: StartPull;
  /** Every number of a gradient, penalties included, is brought into −clipValue … clipValue. Default: none is. */
  readonly clipValue?: number;
  /** The longest gradient, over all weights that are trained; a longer one is shortened. Default: none is. */
  readonly clipNorm?: number;
  /** One factor for each class: a row's loss is multiplied by its class's. */
  readonly classWeights?: ArrayLike<number>;
  /** One factor for each row of X, on top of its class's: a row of weight 2 counts like two rows. Default 1. */
  readonly sampleWeights?: ArrayLike<number>;
  /** Names of layers to leave as they are. Default: those whose `trainable` is false. */
  readonly frozen?: readonly string[];
  /** Gradual unfreezing: a layer named here is frozen until so many epochs are done. */
  readonly unfreeze?: Readonly<Record<string, number>>;
  /** Factors on the learning rate, by layer name. Default 1. */
  readonly layerRates?: Readonly<Record<string, number>>;
  /** Rows to measure the loss on after each epoch. */
  readonly validation?: Held;
  readonly earlyStopping?: EarlyStopping;
  /** How the learning rate changes over the epochs. Default: it does not. */
  readonly schedule?: Schedule;
}

/** Rows that are held out, with their targets and, if they do not count the same, their weights. */
export interface Held {
  readonly X: Matrix;
  readonly y: ArrayLike<number> | Matrix;
  readonly sampleWeights?: ArrayLike<number>;
}

export type Loss = 'binaryCrossentropy' | 'categoricalCrossentropy' | 'focal' | 'meanSquaredError' | 'huber';

export type OptimizerOptions = AdamOptions | SgdOptions;

/** Adam, or AdamW with its decoupled weight decay on the weights of dense layers (not on biases). */
export interface AdamOptions {
  readonly kind: 'adam' | 'adamw';
  /** Default 0.001. */
  readonly learningRate?: number;
  /** Default 0.9. */
  readonly beta1?: number;
  /** Default 0.999. */
  readonly beta2?: number;
  /** Default 1e-7. */
  readonly epsilon?: number;
  /** AdamW only. Default 0.01. */
  readonly weightDecay?: number;
}

export interface SgdOptions {
  readonly kind: 'sgd';
  /** Default 0.01. */
  readonly learningRate?: number;
  /** Default 0. */
  readonly momentum?: number;
  /** Default false. */
  readonly nesterov?: boolean;
}

/** L2-SP: `strength · Σ (w − w⁰)²`, w⁰ the weights at the start. Li, Grandvalet & Davoine (2018), arXiv:1802.01483. */
export interface StartPull {
  readonly strength: number;
  /** The layers to hold, usually the pre-trained ones. Default: every layer. */
  readonly layers?: readonly string[];
}

/** Stops when the loss (on the validation rows, if any) has not improved, and restores the best weights. */
export interface EarlyStopping {
  /** Epochs to wait for an improvement. */
  readonly patience: number;
  /** What counts as one. Default 0. */
  readonly minDelta?: number;
}

/** A factor on the learning rate in each epoch. */
export type Schedule =
  /** Half a cosine from 1 down to `floor` (0), after `warmup` (0) epochs of a straight rise. */
  | { readonly kind: 'cosine'; readonly warmup?: number; readonly floor?: number }
  /** A straight line from 1 down to `floor` (0), after the same rise. */
  | { readonly kind: 'linear'; readonly warmup?: number; readonly floor?: number }
  /** Multiplied by `factor` after every `every` epochs. */
  | { readonly kind: 'step'; readonly every: number; readonly factor: number }
  /** Multiplied by `factor` when the loss has not improved for `patience` epochs. */
  | { readonly kind: 'plateau'; readonly patience: number; readonly factor: number };

/** What is known after an epoch. Losses are means over rows, without penalties. */
export interface EpochLog {
  /** Counts from 1. */
  readonly epoch: number;
  readonly epochs: number;
  readonly loss: number;
  readonly validationLoss?: number;
  readonly learningRate: number;
}

/** How a training went, epoch by epoch. */
export interface FitHistory {
  readonly loss: readonly number[];
  /** Empty without validation rows. */
  readonly validationLoss: readonly number[];
  readonly learningRate: readonly number[];
  /** The epoch, from 1, whose weights the model has: the last one, unless stopped early. */
  readonly bestEpoch: number;
  readonly stoppedEarly: boolean;
  /** `wasm` for the fused trainer, `graph` for a compiled graph, `tfjs` where neither could take the model. */
  readonly engine: 'wasm' | 'graph' | 'tfjs';
}

/** How `fit` trains: with callbacks, which stay on the calling thread. */
export interface FitOptions extends TrainOptions {
  /** Called after each epoch. */
  readonly onEpoch?: (log: EpochLog) => void;
  /** Ends the training between two epochs: the promise rejects and the model keeps the weights that it had. */
  readonly signal?: AbortSignal;
}
