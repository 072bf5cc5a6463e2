import { quantile } from '../../numeric/statistics.js';
import type { SpectralLibrary } from './library.js';
import { type Metric, scoreOf, unitRows } from './metric.js';
import { coveredColumns } from './search.js';

/** A threshold with the scores that it was chosen on. */
export interface ThresholdChoice {
  readonly threshold: number;
  readonly metric: Metric;
  /** Share of references that still get their own name with the threshold, themselves left out. */
  readonly accepted: number;
  /** Share of references that get a wrong name with the threshold, all of their own name left out. */
  readonly falseAccepts: number;
  /** Share of references whose best hit has their own name, themselves left out. */
  readonly rightName: number;
  /** Best score of each reference among those of its own name. NaN where it has no fellow. */
  readonly known: Float64Array;
  /** Best score of each reference among those of other names: what an unknown material would get. */
  readonly unknown: Float64Array;
}

export interface ThresholdOptions {
  readonly metric?: Metric;
  /** Share of unknown materials that may get a name. Default 0.05. */
  readonly falseAcceptance?: number;
}

/**
 * The score from which a match is believed, chosen on the library itself: each reference is looked up once without itself
 * and once without its whole material, which plays an unknown one.
 * @throws RangeError when the library has fewer than two names.
 */
export function chooseThreshold(
  library: SpectralLibrary,
  { metric = 'correlation', falseAcceptance = 0.05 }: ThresholdOptions = {},
): ThresholdChoice {
  const { names, set } = library;
  if (new Set(names).size < 2) throw new RangeError('a threshold needs a library of at least two names');
  const rows = unitRows(set.Y, coveredColumns(set.Y, library), metric);
  const known = new Float64Array(names.length).fill(Number.NaN);
  const unknown = new Float64Array(names.length).fill(Number.NEGATIVE_INFINITY);
  for (let i = 0; i < names.length; i++)
    for (let j = 0; j < names.length; j++) {
      if (i === j) continue;
      let product = 0;
      for (let k = 0; k < rows.cols; k++)
        product += rows.data[i * rows.cols + k] * rows.data[j * rows.cols + k];
      const score = scoreOf(product, metric);
      const best = names[i] === names[j] ? known : unknown;
      if (!(best[i] >= score)) best[i] = score;
    }
  const threshold = quantile(unknown.slice().sort(), 1 - falseAcceptance);
  const withFellow = Array.from(known, (_, i) => i).filter((i) => !Number.isNaN(known[i]));
  const share = (test: (i: number) => boolean) => withFellow.filter(test).length / withFellow.length;
  return {
    ...{ threshold, metric, known, unknown },
    accepted: share((i) => known[i] >= threshold && known[i] > unknown[i]),
    falseAccepts: unknown.filter((score) => score >= threshold).length / unknown.length,
    rightName: share((i) => known[i] > unknown[i]),
  };
}
