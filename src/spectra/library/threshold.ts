import { quantile } from '../../numeric/statistics.js';
import { leaveOneOut } from './leave-out.js';
import type { SpectralLibrary } from './library.js';
import type { Metric } from './metric.js';

/** A threshold with the scores that it was chosen on. */
export interface ThresholdChoice {
  readonly threshold: number;
  readonly metric: Metric;
  /** Share of references that get their own family with the threshold, themselves left out. */
  readonly accepted: number;
  /** Share of references that get a wrong family with the threshold, all of their own left out. */
  readonly falseAccepts: number;
  /** Share of references whose best hit has their own family, themselves left out. */
  readonly rightFamily: number;
  /** Best score of each reference within its own family; NaN where it has no fellow. */
  readonly known: Float64Array;
  /** Best score of each reference outside its family. */
  readonly unknown: Float64Array;
}

export interface ThresholdOptions {
  /** Default `correlation`. */
  readonly metric?: Metric;
  /** Share of unknown materials that may get a name. Default 0.05. */
  readonly falseAcceptance?: number;
}

/**
 * The score from which a match is believed, chosen on the library itself: each reference is looked up once without itself
 * and once without its whole family, which plays an unknown material. Field spectra score lower than references do: choose
 * on spectra of one's own where there are some.
 * @throws RangeError when the library has fewer than two families.
 */
export function chooseMatchThreshold(
  library: SpectralLibrary,
  { metric = 'correlation', falseAcceptance = 0.05 }: ThresholdOptions = {},
): ThresholdChoice {
  if (new Set(library.families).size < 2)
    throw new RangeError('a threshold needs a library of at least two families');
  const { known, unknown } = leaveOneOut(library, metric);
  const threshold = quantile(unknown.slice().sort(), 1 - falseAcceptance);
  const withFellow = Array.from(known, (_, i) => i).filter((i) => !Number.isNaN(known[i]));
  const share = (test: (i: number) => boolean) => withFellow.filter(test).length / withFellow.length;
  return {
    ...{ threshold, metric, known, unknown },
    accepted: share((i) => known[i] >= threshold && known[i] > unknown[i]),
    falseAccepts: unknown.filter((score) => score >= threshold).length / unknown.length,
    rightFamily: share((i) => known[i] > unknown[i]),
  };
}
