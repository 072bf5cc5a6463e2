import { type Matrix, takeRows } from '../numeric/matrix.js';
import { checkClasses, checkProbabilityMatrix } from './class-probabilities.js';
import { conformalSets, fitConformal, type PredictionSets, ROUNDING, truthScores } from './conformal.js';
import { type ConformalOptions, calibrationWeights } from './conformal-weights.js';
import { checkGroups } from './labels.js';

/** Out-of-fold predictions to calibrate on. */
export interface OutOfFold {
  /** n classes, 0 … K − 1. */
  readonly labels: ArrayLike<number>;
  /** n × K, each row predicted by the model that had not seen it. */
  readonly probabilities: Matrix;
  /** The fold in which each row was held out. */
  readonly folds: ArrayLike<number>;
}

/**
 * Cross-conformal prediction (CV+): all rows calibrate, each against the model of its own fold, so none is spared from
 * training. A class stays in a new row's set while the calibration rows that were expected more than it, each by its
 * own fold's model, weigh less than 1 − alpha. Guaranteed coverage 1 − 2 alpha, in practice near 1 − alpha.
 *
 * Romano, Sesia & Candès (2020), arXiv:2006.02544; Barber, Candès, Ramdas & Tibshirani (2021), doi:10.1214/20-AOS1965
 * @param byFold - m × K probabilities of the new rows, one matrix from the model of each fold.
 * @throws RangeError when a fold has no model, or as `fitConformal` does.
 */
export function crossConformalSets(
  { labels, probabilities, folds }: OutOfFold,
  byFold: readonly Matrix[],
  options: ConformalOptions = {},
): PredictionSets {
  checkClasses(labels, probabilities);
  const { alpha = 0.1 } = options;
  const classes = probabilities.cols;
  checkModels(folds, byFold, classes);
  const scores = truthScores(labels, probabilities);
  const weights = calibrationWeights(labels, classes, options);
  const members = new Uint8Array(byFold[0].data.length);
  for (let k = 0; k < members.length; k++) {
    const own = weights[k % classes];
    let below = 0;
    for (let i = 0; i < scores.length; i++) if (scores[i] < 1 - byFold[folds[i]].data[k]) below += own[i];
    members[k] = Number(below < 1 - alpha - ROUNDING);
  }
  return { classes, members };
}

function checkModels(folds: ArrayLike<number>, byFold: readonly Matrix[], classes: number): void {
  const without = Array.from(folds).find((fold) => byFold[fold] === undefined);
  if (without !== undefined || byFold.length === 0)
    throw new RangeError(`byFold must hold predictions of every fold, but fold ${without ?? 0} has none`);
  for (const P of byFold) {
    checkProbabilityMatrix(P);
    if (P.cols !== classes || P.rows !== byFold[0].rows)
      throw new RangeError(
        `byFold must hold ${byFold[0].rows} × ${classes} probabilities each, but one is ${P.rows} × ${P.cols}`,
      );
  }
}

/**
 * Sets for out-of-fold predictions themselves: those of a fold are calibrated on the rows of all other folds. For
 * judging coverage and set size where there is no further test set.
 * @throws RangeError as `fitConformal` does.
 */
export function outOfFoldSets(
  { labels, probabilities, folds }: OutOfFold,
  { groups, ...options }: ConformalOptions = {},
): PredictionSets {
  checkClasses(labels, probabilities);
  if (groups) checkGroups(groups, labels.length);
  const rows = Array.from(labels, (_, i) => i);
  const classes = probabilities.cols;
  const members = new Uint8Array(labels.length * classes);
  for (const fold of new Set(Array.from(folds))) {
    const others = rows.filter((i) => folds[i] !== fold);
    const own = rows.filter((i) => folds[i] === fold);
    const fitted = fitConformal(
      others.map((i) => labels[i]),
      takeRows(probabilities, others),
      { ...options, groups: groups && others.map((i) => groups[i]) },
    );
    const sets = conformalSets(fitted, takeRows(probabilities, own));
    own.forEach((i, k) => {
      members.set(sets.members.subarray(k * classes, (k + 1) * classes), i * classes);
    });
  }
  return { classes, members };
}
