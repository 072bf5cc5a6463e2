import type { LayerSpec } from '../layers.js';
import type { EarlyStopping, EpochLog, FitHistory } from './options.js';

/** What has happened so far, and whether to go on. */
export interface Progress {
  /** The losses that decide: on the validation rows, if any. */
  readonly monitored: readonly number[];
  readonly stopped: boolean;
  /** The weights after the best epoch, kept by the caller. */
  best: LayerSpec[] | undefined;
  /** Notes an epoch; true when it is the best so far. */
  add(log: EpochLog): boolean;
  history(engine: FitHistory['engine']): FitHistory;
}

/** The course of a training, with the rule of early stopping. */
export function progress(earlyStopping: EarlyStopping | undefined): Progress {
  const loss: number[] = [];
  const validationLoss: number[] = [];
  const learningRate: number[] = [];
  const monitored: number[] = [];
  let bestLoss = Number.POSITIVE_INFINITY;
  let bestEpoch = 0;
  let stopped = false;
  return {
    monitored,
    get stopped() {
      return stopped;
    },
    best: undefined,
    add(log) {
      loss.push(log.loss);
      learningRate.push(log.learningRate);
      if (log.validationLoss !== undefined) validationLoss.push(log.validationLoss);
      const value = log.validationLoss ?? log.loss;
      monitored.push(value);
      const better = value < bestLoss - (earlyStopping?.minDelta ?? 0);
      if (better) bestLoss = value;
      if (better || !earlyStopping) bestEpoch = log.epoch;
      stopped = earlyStopping !== undefined && log.epoch - bestEpoch >= earlyStopping.patience;
      return better;
    },
    history: (engine) => ({
      ...{ loss, validationLoss, learningRate, bestEpoch, engine, stoppedEarly: stopped },
    }),
  };
}
