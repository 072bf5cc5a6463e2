import type { Matrix } from '../numeric/matrix.js';
import { ascendingOrder } from '../numeric/ranks.js';
import { checkClasses, checkProbabilityMatrix } from './class-probabilities.js';
import { type ConformalOptions, calibrationWeights } from './conformal-weights.js';

/** Prediction sets: which classes cannot be ruled out for a row. */
export interface PredictionSets {
  readonly classes: number;
  /** n × K, row-major: 1 where the class is in the row's set. */
  readonly members: Uint8Array;
}

/** What makes sets out of probabilities: plain data. */
export interface Conformal {
  /** Share of sets that may miss the truth. */
  readonly alpha: number;
  /**
   * For each class the largest `1 − probability` with which it is still in the set; `null` where there is too little
   * to calibrate on, so that the class is in every set.
   */
  readonly thresholds: readonly (number | null)[];
  readonly byClass: boolean;
  readonly rows: number;
  /** Publications calibrated on; undefined where rows count one by one. */
  readonly groups?: number;
}

/**
 * Split conformal prediction: from rows that the model was not trained on, how low a class's probability may be before
 * it can be ruled out, so that a share 1 − alpha of new rows has the truth in its set, whatever the model.
 *
 * The set holds the classes with `1 − p ≤ threshold` (least ambiguous sets: Sadinle, Lei & Wasserman 2019,
 * doi:10.1080/01621459.2017.1395341). Without `groups` new rows must be exchangeable with the calibration rows; with
 * them, new publications with theirs: pooled distributions (Dunn, Wasserman & Ramdas 2023,
 * doi:10.1080/01621459.2022.2060112) or, with `finiteSample`, hierarchical conformal prediction (Lee, Barber &
 * Willett 2023, arXiv:2306.06342).
 * @param labels - n classes, 0 … K − 1, of rows held out from training.
 * @param probabilities - n × K; `twoClasses(p)` for a probability of toxicity.
 * @throws RangeError when the shapes disagree, alpha is not between 0 and 1, or there is no row.
 */
export function fitConformal(
  labels: ArrayLike<number>,
  probabilities: Matrix,
  options: ConformalOptions = {},
): Conformal {
  checkClasses(labels, probabilities);
  if (labels.length === 0)
    throw new RangeError('labels must hold at least one row to calibrate on, but are empty');
  const { alpha = 0.1, byClass = false, groups } = options;
  const scores = truthScores(labels, probabilities);
  const thresholds = calibrationWeights(labels, probabilities.cols, options).map((weights) =>
    weightedQuantile(scores, weights, 1 - alpha),
  );
  return {
    ...{ alpha, thresholds, byClass, rows: labels.length },
    ...(groups ? { groups: new Set(groups).size } : {}),
  };
}

/**
 * The sets of new rows.
 * @param probabilities - m × K.
 * @throws RangeError when the number of classes is another.
 */
export function conformalSets({ thresholds }: Conformal, probabilities: Matrix): PredictionSets {
  const classes = thresholds.length;
  if (probabilities.cols !== classes)
    throw new RangeError(`probabilities must have ${classes} classes, but have ${probabilities.cols}`);
  checkProbabilityMatrix(probabilities);
  const members = Uint8Array.from(probabilities.data, (p, k) => {
    const limit = thresholds[k % classes];
    return Number(limit === null || 1 - p <= limit);
  });
  return { classes, members };
}

/** How little the truth was expected: 1 − its probability. */
export const truthScores = (labels: ArrayLike<number>, { rows, cols, data }: Matrix): Float64Array =>
  Float64Array.from({ length: rows }, (_, i) => 1 - data[i * cols + labels[i]]);

/** A share of a weight may miss what it stands for by rounding. */
export const ROUNDING = 1e-12;

/** The smallest score up to which lies a share `share` of all weight, or `null` where all is not enough. */
function weightedQuantile(scores: Float64Array, weights: Float64Array, share: number): number | null {
  let weight = 0;
  for (const i of ascendingOrder(scores)) {
    weight += weights[i];
    if (weight >= share - ROUNDING) return scores[i];
  }
  return null;
}
