import { checkWhole } from '../numeric/check.js';
import { log } from '../numeric/elementary.js';
import { ascendingOrder } from '../numeric/ranks.js';
import { accuracy, balancedAccuracy, f1, mcc, precision, recall } from './confusion.js';
import { checkProbabilities } from './labels.js';
import { binOf } from './reliability.js';
import type { ScoreOptions, Scores } from './scores.js';

/**
 * A function that scores the same rows under many weights, in one pass over rows sorted once: what makes thousands of
 * resamples cheap.
 * @param ofRow - n cluster numbers; a row weighs as much as its cluster.
 * @returns from one weight per cluster (how often it was drawn) to the scores.
 * @throws RangeError as `scores` does.
 */
export function weightedScores(
  labels: ArrayLike<number>,
  probabilities: ArrayLike<number>,
  ofRow: Int32Array,
  { threshold = 0.5, bins = 10 }: ScoreOptions = {},
): (weights: ArrayLike<number>) => Scores {
  checkProbabilities(labels, probabilities);
  if (Number.isNaN(threshold)) throw new RangeError('threshold must be a number, but is NaN');
  checkWhole('bins', bins, 1);
  const rows = sortedRows(labels, probabilities, ofRow, threshold, bins);
  return (weights) => tally(rows, weights);
}

/** Rows from the highest probability down. */
interface SortedRows {
  readonly label: Uint8Array;
  readonly probability: Float64Array;
  readonly cluster: Int32Array;
  readonly loss: Float64Array;
  /** 1 where the next row has another probability. */
  readonly endsTie: Uint8Array;
  /** 1 where the next row is in another calibration bin. */
  readonly endsBin: Uint8Array;
  /** How many rows are called positive. */
  readonly called: number;
}

function sortedRows(
  labels: ArrayLike<number>,
  probabilities: ArrayLike<number>,
  ofRow: Int32Array,
  threshold: number,
  bins: number,
): SortedRows {
  const order = ascendingOrder(probabilities).reverse();
  const probability = Float64Array.from(order, (i) => probabilities[i]);
  const label = Uint8Array.from(order, (i) => labels[i]);
  const bin = Int32Array.from(probability, (p) => binOf(p, bins));
  const next = (k: number) => Math.min(k + 1, order.length);
  return {
    ...{ label, probability },
    cluster: Int32Array.from(order, (i) => ofRow[i]),
    loss: probability.map((p, k) => -log(likelihood(p, label[k]))),
    endsTie: Uint8Array.from(order, (_, k) => Number(probability[next(k)] !== probability[k])),
    endsBin: Uint8Array.from(order, (_, k) => Number(bin[next(k)] !== bin[k])),
    called: probability.filter((p) => p >= threshold).length,
  };
}

/** What was predicted for the class that came, kept from zero as scikit-learn keeps it. */
const likelihood = (p: number, label: number): number =>
  Math.min(Math.max(label === 1 ? p : 1 - p, Number.EPSILON), 1 - Number.EPSILON);

function tally(rows: SortedRows, weights: ArrayLike<number>): Scores {
  const { label, probability, cluster, loss, endsTie, endsBin, called } = rows;
  let [positive, negative, area, averagePrecision] = [0, 0, 0, 0];
  let [tiePositive, tieNegative, truePositives, falsePositives] = [0, 0, 0, 0];
  let [brier, logLoss, calibration, binGap] = [0, 0, 0, 0];
  for (let k = 0; k < label.length; k++) {
    const weight = weights[cluster[k]];
    if (weight > 0) {
      const error = probability[k] - label[k];
      if (label[k] === 1) positive += weight;
      else negative += weight;
      brier += weight * error * error;
      logLoss += weight * loss[k];
      binGap += weight * error;
    }
    if (k + 1 === called) [truePositives, falsePositives] = [positive, negative];
    if (endsTie[k]) {
      area += ((negative - tieNegative) * (tiePositive + positive)) / 2;
      if (positive > tiePositive)
        averagePrecision += ((positive - tiePositive) * positive) / (positive + negative);
      tiePositive = positive;
      tieNegative = negative;
    }
    if (endsBin[k]) {
      calibration += Math.abs(binGap);
      binGap = 0;
    }
  }
  const n = positive + negative;
  const decisions = {
    ...{ truePositives, falsePositives },
    ...{ trueNegatives: negative - falsePositives, falseNegatives: positive - truePositives },
  };
  return {
    rocAuc: positive > 0 && negative > 0 ? area / (positive * negative) : Number.NaN,
    prAuc: positive > 0 ? averagePrecision / positive : Number.NaN,
    balancedAccuracy: balancedAccuracy(decisions),
    mcc: mcc(decisions),
    accuracy: accuracy(decisions),
    precision: precision(decisions),
    recall: recall(decisions),
    f1: f1(decisions),
    ...{ brier: brier / n, logLoss: logLoss / n, ece: calibration / n },
  };
}
