import { weightedScores } from './weighted-scores.js';

/** How good predicted probabilities are: ranking, decisions at a threshold, and the probabilities themselves. */
export interface Scores {
  readonly rocAuc: number;
  /** Area under precision over recall: average precision. */
  readonly prAuc: number;
  readonly balancedAccuracy: number;
  readonly mcc: number;
  readonly accuracy: number;
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  /** Mean squared error of the probability; 0 is best. */
  readonly brier: number;
  /** Mean negative log likelihood, in nats; 0 is best. */
  readonly logLoss: number;
  /** Expected calibration error; 0 is best. */
  readonly ece: number;
}

export type ScoreName = keyof Scores;

/** The scores in the order in which tables and figures show them. */
export const SCORE_NAMES: readonly ScoreName[] = [
  'rocAuc',
  'prAuc',
  'balancedAccuracy',
  'mcc',
  'accuracy',
  'precision',
  'recall',
  'f1',
  'brier',
  'logLoss',
  'ece',
];

export interface ScoreOptions {
  /** Rows at or above it are called toxic; 0.5. */
  threshold?: number;
  /** Bins of equal width for the calibration error; 10. */
  bins?: number;
}

/**
 * Scores of predicted probabilities against the truth, defined as scikit-learn defines them. An area or rate that
 * needs both classes is NaN where only one is present.
 * @param labels - n labels, 0 or 1 (toxic).
 * @param probabilities - n probabilities of class 1.
 * @throws RangeError when lengths differ, a label is not 0 or 1, or a probability is not in 0 … 1.
 */
export function scores(
  labels: ArrayLike<number>,
  probabilities: ArrayLike<number>,
  options: ScoreOptions = {},
): Scores {
  return weightedScores(labels, probabilities, new Int32Array(labels.length), options)([1]);
}
