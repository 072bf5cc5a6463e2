import { ascendingOrder, midranks } from '../numeric/ranks.js';
import { checkBinary, countPositive } from './labels.js';

/**
 * Area under the receiver operating characteristic: the probability that a positive row scores above a negative one,
 * ties counted half (the Mann–Whitney statistic).
 *
 * Hanley & McNeil (1982), doi:10.1148/radiology.143.1.7063747
 * @param labels - n labels, 0 or 1.
 * @param scores - n scores, higher for class 1.
 * @returns the area, or NaN where only one class is present.
 */
export function rocAuc(labels: ArrayLike<number>, scores: ArrayLike<number>): number {
  checkBinary(labels, scores);
  return areaFromRanks(labels, midranks(scores));
}

/** The area when the ranks are known already, for statistics that are computed thousands of times. */
export function areaFromRanks(labels: ArrayLike<number>, ranks: Float64Array): number {
  const n = labels.length;
  let positive = 0;
  let rankSum = 0;
  for (let i = 0; i < n; i++) {
    if (labels[i] !== 1) continue;
    positive++;
    rankSum += ranks[i];
  }
  if (positive === 0 || positive === n) return Number.NaN;
  return (rankSum - (positive * (positive + 1)) / 2) / (positive * (n - positive));
}

/** A point of the curve: the rates at which rows with a score of `threshold` or more are called positive. */
export interface RocPoint {
  readonly threshold: number;
  readonly falsePositiveRate: number;
  readonly truePositiveRate: number;
}

/** The curve from (0, 0) to (1, 1), one point for every distinct score, from the strictest threshold down. */
export function rocCurve(labels: ArrayLike<number>, scores: ArrayLike<number>): RocPoint[] {
  checkBinary(labels, scores);
  const positive = countPositive(labels);
  const order = ascendingOrder(scores).reverse();
  const curve: RocPoint[] = [
    { threshold: Number.POSITIVE_INFINITY, falsePositiveRate: 0, truePositiveRate: 0 },
  ];
  let truePositives = 0;
  for (let k = 0; k < order.length; k++) {
    truePositives += labels[order[k]];
    if (k + 1 < order.length && scores[order[k + 1]] === scores[order[k]]) continue;
    curve.push({
      threshold: scores[order[k]],
      falsePositiveRate: (k + 1 - truePositives) / (labels.length - positive),
      truePositiveRate: truePositives / positive,
    });
  }
  return curve;
}
