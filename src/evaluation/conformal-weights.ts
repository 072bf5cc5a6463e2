import { checkShare } from '../numeric/check.js';
import { checkGroups } from './labels.js';

export interface ConformalOptions {
  /** Share of sets that may miss the truth; 0.1. */
  alpha?: number;
  /** Whether each class keeps the promise by itself (Mondrian); false. */
  byClass?: boolean;
  /** Publications of the calibration rows, which then weigh the same each; without them rows count one by one. */
  groups?: readonly string[];
  /**
   * With `groups`: whether one more publication that could be anything is counted in, so that the promise holds
   * however few there are. It takes 1 / alpha − 1 publications; with fewer every set holds every class. Default false:
   * the promise holds as publications grow many.
   */
  finiteSample?: boolean;
}

/**
 * What each calibration row weighs when a class is judged. Row by row, each of n weighs 1 / (n + 1) and what lacks to 1
 * is the new row's own weight; of G publications each weighs 1 / G, in a finite sample 1 / (G + 1), shared out among
 * its rows. By class, only the class's own rows weigh anything.
 * @returns for each of the classes n weights.
 * @throws RangeError when alpha is not between 0 and 1 or `groups` has another length.
 */
export function calibrationWeights(
  labels: ArrayLike<number>,
  classes: number,
  { alpha = 0.1, byClass = false, groups, finiteSample = !groups }: ConformalOptions,
): Float64Array[] {
  checkShare('alpha', alpha);
  if (groups) checkGroups(groups, labels.length);
  const names = groups ?? Array.from(labels, (_, i) => `${i}`);
  if (!byClass) return new Array<Float64Array>(classes).fill(shares(names, finiteSample, () => true));
  return Array.from({ length: classes }, (_, y) => shares(names, finiteSample, (i) => labels[i] === y));
}

function shares(
  names: readonly string[],
  finiteSample: boolean,
  counts: (row: number) => boolean,
): Float64Array {
  const sizes = new Map<string, number>();
  names.forEach((name, i) => {
    if (counts(i)) sizes.set(name, (sizes.get(name) ?? 0) + 1);
  });
  const total = sizes.size + Number(finiteSample);
  return Float64Array.from(names, (name, i) => (counts(i) ? 1 / sizes.get(name)! / total : 0));
}
