import {
  accuracy,
  balancedAccuracy,
  type Confusion,
  confusion,
  f1,
  mcc,
  precision,
  recall,
} from './confusion.js';
import { rocAuc } from './roc.js';

/** The seven figures that the transfer-learning paper reports. */
export interface Scores {
  readonly rocAuc: number;
  readonly balancedAccuracy: number;
  readonly mcc: number;
  readonly accuracy: number;
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
}

export type ScoreName = keyof Scores;

/** The scores in the order in which tables and figures show them. */
export const SCORE_NAMES: readonly ScoreName[] = [
  'rocAuc',
  'balancedAccuracy',
  'mcc',
  'accuracy',
  'precision',
  'recall',
  'f1',
];

/**
 * Scores of predicted probabilities against the truth.
 * @param labels - n labels, 0 or 1 (toxic).
 * @param probabilities - n probabilities of class 1.
 * @param options.threshold - rows at or above it are called toxic; 0.5.
 * @throws RangeError when lengths differ, a label is not 0 or 1, or a probability is not finite.
 */
export function scores(
  labels: ArrayLike<number>,
  probabilities: ArrayLike<number>,
  { threshold = 0.5 }: { threshold?: number } = {},
): Scores {
  return {
    rocAuc: rocAuc(labels, probabilities),
    ...decisionScores(confusion(labels, probabilities, threshold)),
  };
}

/** The six scores that depend on decisions only. */
export function decisionScores(c: Confusion): Omit<Scores, 'rocAuc'> {
  return {
    balancedAccuracy: balancedAccuracy(c),
    mcc: mcc(c),
    accuracy: accuracy(c),
    precision: precision(c),
    recall: recall(c),
    f1: f1(c),
  };
}
