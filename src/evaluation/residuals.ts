import { checkProbabilities } from './labels.js';

/** A probability this near to 0 or 1 counts as this near, lest one row's residual have no end. */
const SURE = 1e-3;

/**
 * Pearson residuals `(y − p) / √(p (1 − p))`: how many standard deviations a label lies from its prediction; the
 * vertical axis of a Williams plot of a classifier. From 3 on a row is called an outlier.
 * @throws RangeError as `scores` does.
 */
export function pearsonResiduals(labels: ArrayLike<number>, probabilities: ArrayLike<number>): Float64Array {
  checkProbabilities(labels, probabilities);
  return Float64Array.from(labels, (label, i) => {
    const p = Math.min(Math.max(probabilities[i], SURE), 1 - SURE);
    return (label - p) / Math.sqrt(p * (1 - p));
  });
}
