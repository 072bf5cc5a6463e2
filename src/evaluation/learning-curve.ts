import type { Split } from '../frames/splits.js';
import { studentCritical } from '../numeric/distributions.js';
import { random } from '../numeric/random.js';
import { clustersOf } from '../numeric/resample.js';
import type { Interval } from './bootstrap.js';
import { checkGroups } from './labels.js';

/** One training of a learning curve: a fold's test side, and some of its training publications. */
export interface LearningStep extends Split {
  readonly fold: number;
  readonly repeat: number;
  /** Publications to train on. */
  readonly publications: number;
}

export interface LearningPlanOptions {
  /** Shares of the training publications of the fold that has fewest; 20, 40, 60, 80 and 100 %. */
  shares?: readonly number[];
  /** Orders in which the publications come, per fold; 1. */
  repeats?: number;
  /** Default 1. */
  seed?: number;
}

/**
 * Which rows to train on for scores over the number of publications. Within a fold and repeat the subsets are nested:
 * a larger one adds publications to the smaller, so that the curve shows what more data add and not which were drawn.
 * The test side is always the fold's own. Subsets with one class only are left out.
 * @param labels - n labels, 0 or 1.
 * @param groups - n publications.
 * @param folds - with whole publications held out.
 * @throws RangeError when a share is not in 0 … 1.
 */
export function learningPlan(
  labels: ArrayLike<number>,
  groups: readonly string[],
  folds: readonly Split[],
  { shares = [0.2, 0.4, 0.6, 0.8, 1], repeats = 1, seed = 1 }: LearningPlanOptions = {},
): LearningStep[] {
  checkGroups(groups, labels.length);
  const wrong = shares.find((share) => !(share > 0 && share <= 1));
  if (wrong !== undefined) throw new RangeError(`shares must be above 0 and at most 1, but one is ${wrong}`);
  const { ofRow } = clustersOf(groups);
  const publications = folds.map(({ train }) => [...new Set(Array.from(train, (i) => ofRow[i]))]);
  const most = Math.min(...publications.map((own) => own.length));
  const sizes = [...new Set(shares.map((share) => Math.max(1, Math.round(share * most))))];
  const steps = folds.flatMap(({ train, test }, fold) =>
    Array.from({ length: repeats }, (_, repeat) => {
      const own = publications[fold];
      const order = random(seed).fork(`learning curve ${fold} ${repeat}`).permutation(own.length);
      return sizes.map((size): LearningStep => {
        const chosen = new Set(Array.from(order.subarray(0, size), (k) => own[k]));
        const rows = train.filter((i) => chosen.has(ofRow[i]));
        return { fold, repeat, publications: size, train: rows, test };
      });
    }).flat(),
  );
  return steps.filter(({ train }) => hasBothClasses(labels, train));
}

const hasBothClasses = (labels: ArrayLike<number>, rows: Int32Array): boolean =>
  rows.some((i) => labels[i] === 1) && rows.some((i) => labels[i] === 0);

/** A score at one size of the training set. */
export interface LearningPoint extends Interval {
  readonly publications: number;
  /** Trainings behind it. */
  readonly trainings: number;
}

/**
 * Mean score over folds and repeats at each size, with Student's interval. Undefined scores do not count.
 * @param steps - as planned. @param values - one score per step.
 */
export function learningCurve(
  steps: readonly LearningStep[],
  values: readonly number[],
  { level = 0.95 }: { level?: number } = {},
): LearningPoint[] {
  if (values.length !== steps.length)
    throw new RangeError(`values must be one for each of ${steps.length} steps, but are ${values.length}`);
  const sizes = [...new Set(steps.map((step) => step.publications))].sort((a, b) => a - b);
  return sizes.map((publications) => {
    const own = values.filter((v, k) => steps[k].publications === publications && Number.isFinite(v));
    return { publications, trainings: own.length, ...meanInterval(own, level) };
  });
}

function meanInterval(values: readonly number[], level: number): Interval {
  const k = values.length;
  const value = values.reduce((sum, v) => sum + v, 0) / k;
  const squares = values.reduce((sum, v) => sum + (v - value) * (v - value), 0);
  const half = k > 1 ? studentCritical(1 - level, k - 1) * Math.sqrt(squares / (k - 1) / k) : Number.NaN;
  return { value, low: value - half, high: value + half };
}
