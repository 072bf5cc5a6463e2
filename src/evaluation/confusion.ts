import { checkBinary } from './labels.js';

/** Counts of a binary decision. */
export interface Confusion {
  readonly truePositives: number;
  readonly falsePositives: number;
  readonly trueNegatives: number;
  readonly falseNegatives: number;
}

/**
 * Counts the four outcomes of calling rows with a probability of `threshold` or more positive.
 * @param labels - n labels, 0 or 1.
 * @param probabilities - n probabilities of class 1.
 */
export function confusion(
  labels: ArrayLike<number>,
  probabilities: ArrayLike<number>,
  threshold = 0.5,
): Confusion {
  checkBinary(labels, probabilities);
  let truePositives = 0;
  let falsePositives = 0;
  let positive = 0;
  for (let i = 0; i < labels.length; i++) {
    positive += labels[i];
    if (probabilities[i] < threshold) continue;
    if (labels[i] === 1) truePositives++;
    else falsePositives++;
  }
  return {
    truePositives,
    falsePositives,
    trueNegatives: labels.length - positive - falsePositives,
    falseNegatives: positive - truePositives,
  };
}

/** TP / (TP + FN): of the toxic rows, the share that was found. NaN where there is none. */
export const recall = (c: Confusion): number => c.truePositives / (c.truePositives + c.falseNegatives);

/** TN / (TN + FP): of the non-toxic rows, the share that was left alone. */
export const specificity = (c: Confusion): number => c.trueNegatives / (c.trueNegatives + c.falsePositives);

/** TP / (TP + FP): of the rows called toxic, the share that is; 0 where none was called, as scikit-learn has it. */
export const precision = (c: Confusion): number =>
  c.truePositives / (c.truePositives + c.falsePositives || 1);

/** Share of right decisions. */
export const accuracy = (c: Confusion): number => (c.truePositives + c.trueNegatives) / total(c);

/** Mean of recall and specificity; chance is 0.5 whatever the prevalence. */
export const balancedAccuracy = (c: Confusion): number => (recall(c) + specificity(c)) / 2;

/** Harmonic mean of precision and recall: 2 TP / (2 TP + FP + FN). */
export const f1 = (c: Confusion): number =>
  (2 * c.truePositives) / (2 * c.truePositives + c.falsePositives + c.falseNegatives || 1);

/**
 * Matthews correlation coefficient; 0 where a row or column of the table is empty.
 *
 * Chicco & Jurman (2020), doi:10.1186/s12864-019-6413-7
 */
export function mcc(c: Confusion): number {
  const called = c.truePositives + c.falsePositives;
  const positive = c.truePositives + c.falseNegatives;
  const denominator = Math.sqrt(called * positive * (total(c) - called) * (total(c) - positive));
  if (denominator === 0) return 0;
  return (c.truePositives * c.trueNegatives - c.falsePositives * c.falseNegatives) / denominator;
}

const total = (c: Confusion): number =>
  c.truePositives + c.falsePositives + c.trueNegatives + c.falseNegatives;
