import type { EarlyStopping, EpochLog, FitHistory, Schedule } from '../../models/training/options.js';
import type { Augmentation } from '../data/augmentation.js';
import type { ClassWeights } from '../data/truths.js';
import type { PerName } from '../data/values.js';

/** How a compiled net is trained. */
export interface GraphFitOptions {
  /** Seeds the order of the rows, dropout and augmentation. Default 0. */
  readonly seed?: number;
  /** Passes over the rows, those before a resumption counted. Default 1, as in tfjs. */
  readonly epochs?: number;
  /** Rows per step. Default 32. */
  readonly batchSize?: number;
  /** Whether each epoch takes the rows in a new order. Default true. */
  readonly shuffle?: boolean;
  /** Factors on the losses of rows by their class, in the first output. */
  readonly classWeights?: ClassWeights;
  /** Factors on the losses of rows. */
  readonly sampleWeights?: ArrayLike<number>;
  /** Varies the rows of inputs, on a thread of its own. */
  readonly augment?: Augmentation;
  /** Rows to measure on after each epoch. */
  readonly validation?: {
    readonly x: PerName;
    readonly y: PerName;
    readonly sampleWeights?: ArrayLike<number>;
  };
  /** Takes this share of the rows, the last ones, for that instead, as tfjs does. */
  readonly validationSplit?: number;
  readonly earlyStopping?: EarlyStopping;
  /** How the learning rate changes over the epochs. Default: it does not. */
  readonly schedule?: Schedule;
  readonly checkpoint?: CheckpointOptions;
  /** Called after each epoch. */
  readonly onEpoch?: (log: GraphEpochLog) => void | Promise<void>;
  /** Called after each batch. */
  readonly onBatch?: (log: BatchLog) => void | Promise<void>;
  /** Called as tfjs calls its own. */
  readonly callbacks?: FitCallbacks;
  /** Ends the training after a batch: the promise rejects and the model keeps the weights that it had. */
  readonly signal?: AbortSignal;
}

export interface CheckpointOptions {
  /** A file; it is replaced whole. */
  readonly path: string;
  /** Epochs between two checkpoints. Default 1. */
  readonly every?: number;
  /** Goes on from the file where there is one, with the same bits as if it had never stopped. Default true. */
  readonly resume?: boolean;
}

/** What is known after a batch. */
export interface BatchLog {
  /** Counts from 1. */
  readonly epoch: number;
  /** Counts from 1. */
  readonly batch: number;
  readonly batches: number;
  readonly scores: Readonly<Record<string, number>>;
}

/** What is known after an epoch. The loss is the mean over rows with all penalties; validation is without. */
export interface GraphEpochLog extends EpochLog {
  readonly scores: Readonly<Record<string, number>>;
  readonly validationScores?: Readonly<Record<string, number>>;
}

type Logs = Record<string, number>;

/** tfjs's names; epochs and batches count from 0, and validation scores have `val_` before them. */
export interface FitCallbacks {
  readonly onTrainBegin?: () => void | Promise<void>;
  readonly onTrainEnd?: () => void | Promise<void>;
  readonly onEpochBegin?: (epoch: number) => void | Promise<void>;
  readonly onEpochEnd?: (epoch: number, logs?: Logs) => void | Promise<void>;
  readonly onBatchBegin?: (batch: number) => void | Promise<void>;
  readonly onBatchEnd?: (batch: number, logs?: Logs) => void | Promise<void>;
}

/** How a training went, epoch by epoch. */
export interface GraphHistory extends FitHistory {
  /** Every score by its name, with `val_` before those of the validation, as in tfjs. */
  readonly history: Readonly<Record<string, readonly number[]>>;
}
