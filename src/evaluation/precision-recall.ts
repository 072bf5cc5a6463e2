import { ascendingOrder } from '../numeric/ranks.js';
import { checkBinary, countPositive } from './labels.js';

/** What calling rows with a score of `threshold` or more positive finds, and how often it is right. */
export interface PrPoint {
  readonly threshold: number;
  readonly recall: number;
  readonly precision: number;
}

/**
 * Precision over recall, one point for every distinct score, from the strictest threshold down; the first, where no
 * row is called, has precision 1.
 * @throws RangeError when no label is 1, or as `rocAuc` does.
 */
export function precisionRecallCurve(labels: ArrayLike<number>, scores: ArrayLike<number>): PrPoint[] {
  checkBinary(labels, scores);
  const positive = countPositive(labels);
  if (positive === 0)
    throw new RangeError(`labels must hold a 1 for a recall, but all ${labels.length} are 0`);
  const order = ascendingOrder(scores).reverse();
  const curve: PrPoint[] = [{ threshold: Number.POSITIVE_INFINITY, recall: 0, precision: 1 }];
  let found = 0;
  for (let k = 0; k < order.length; k++) {
    found += labels[order[k]];
    if (k + 1 < order.length && scores[order[k + 1]] === scores[order[k]]) continue;
    curve.push({ threshold: scores[order[k]], recall: found / positive, precision: found / (k + 1) });
  }
  return curve;
}
