import {
  balancedAccuracy,
  type Confusion,
  confusion,
  f1,
  mcc,
  precision,
  recall,
  specificity,
} from './confusion.js';
import { checkProbabilities, countPositive } from './labels.js';
import { rocCurve } from './roc.js';

/** What a threshold is chosen for: the best of a score, or the best recall above a bound on the other side. */
export type ThresholdGoal =
  | 'balanced accuracy'
  | 'mcc'
  | 'f1'
  | { readonly leastRecall: number }
  | { readonly leastSpecificity: number }
  | { readonly leastPrecision: number };

export interface ChosenThreshold {
  readonly threshold: number;
  /** The decisions on the validation rows: flattering, since the threshold was chosen on them. */
  readonly confusion: Confusion;
}

/** The next number after the next one after 1: from here on no row is called toxic. */
const ABOVE_ALL = 1 + 2 * Number.EPSILON;

/**
 * The probability from which on a row is called toxic, chosen on validation rows: never on the rows that are scored
 * with it. Between two neighbouring probabilities the middle is taken; of equally good ones the nearest to 0.5.
 * @param goal - `balanced accuracy`; a bound such as `{ leastRecall: 0.9 }` asks for the best other side within it.
 * @throws RangeError when a class is missing, or no threshold keeps the bound.
 */
export function chooseThreshold(
  labels: ArrayLike<number>,
  probabilities: ArrayLike<number>,
  { goal = 'balanced accuracy' }: { goal?: ThresholdGoal } = {},
): ChosenThreshold {
  checkProbabilities(labels, probabilities);
  const positive = countPositive(labels);
  const negative = labels.length - positive;
  if (positive === 0 || negative === 0)
    throw new RangeError(`labels must hold both classes, but ${positive} of ${labels.length} are 1`);
  const candidates = decisions(labels, probabilities, positive, negative);
  const merit = meritFor(goal);
  let best: ChosenThreshold | undefined;
  let most = Number.NEGATIVE_INFINITY;
  for (const candidate of candidates) {
    const value = merit(candidate.confusion);
    const nearer = best && Math.abs(candidate.threshold - 0.5) < Math.abs(best.threshold - 0.5);
    if (value > most || (value === most && nearer)) {
      best = candidate;
      most = value;
    }
  }
  if (best && Number.isFinite(most)) return best;
  throw new RangeError(`no threshold keeps ${JSON.stringify(goal)} on these rows; ask for less`);
}

/**
 * Decisions on out-of-fold predictions without looking at their own fold: each fold's threshold is chosen on all
 * others.
 * @param folds - the fold in which each row was held out.
 * @returns the threshold of each row's fold, and the decisions counted over all rows.
 * @throws RangeError as `chooseThreshold` does for the other folds.
 */
export function thresholdOutOfFold(
  labels: ArrayLike<number>,
  probabilities: ArrayLike<number>,
  folds: ArrayLike<number>,
  options: { goal?: ThresholdGoal } = {},
): { thresholds: Float64Array; confusion: Confusion } {
  checkProbabilities(labels, probabilities);
  const rows = Array.from(labels, (_, i) => i);
  const thresholds = new Float64Array(labels.length);
  for (const fold of new Set(Array.from(folds))) {
    const others = rows.filter((i) => folds[i] !== fold);
    const pick = (values: ArrayLike<number>) => others.map((i) => values[i]);
    const { threshold } = chooseThreshold(pick(labels), pick(probabilities), options);
    for (const i of rows) if (folds[i] === fold) thresholds[i] = threshold;
  }
  const called = rows.map((i) => Number(probabilities[i] >= thresholds[i]));
  return { thresholds, confusion: confusion(labels, called) };
}

/** Every way to cut the rows in two, from none called toxic to all. */
function decisions(
  labels: ArrayLike<number>,
  probabilities: ArrayLike<number>,
  positive: number,
  negative: number,
): ChosenThreshold[] {
  const curve = rocCurve(labels, probabilities);
  return curve.map(({ threshold, truePositiveRate, falsePositiveRate }, k) => {
    const truePositives = Math.round(truePositiveRate * positive);
    const falsePositives = Math.round(falsePositiveRate * negative);
    const below = k + 1 < curve.length ? curve[k + 1].threshold : 0;
    return {
      threshold: between(below, Math.min(threshold, ABOVE_ALL)),
      confusion: {
        ...{ truePositives, falsePositives },
        ...{ trueNegatives: negative - falsePositives, falseNegatives: positive - truePositives },
      },
    };
  });
}

/** The middle, or the upper one where there is no number in between. */
function between(below: number, above: number): number {
  const middle = (below + above) / 2;
  return middle > below ? middle : above;
}

function meritFor(goal: ThresholdGoal): (c: Confusion) => number {
  if (goal === 'balanced accuracy') return balancedAccuracy;
  if (goal === 'mcc') return mcc;
  if (goal === 'f1') return f1;
  const within = (kept: boolean, value: number) => (kept ? value : Number.NEGATIVE_INFINITY);
  if ('leastRecall' in goal) return (c) => within(recall(c) >= goal.leastRecall, specificity(c));
  if ('leastSpecificity' in goal) return (c) => within(specificity(c) >= goal.leastSpecificity, recall(c));
  return (c) => within(precision(c) >= goal.leastPrecision, recall(c));
}
