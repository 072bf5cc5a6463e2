import type { SpectralLibrary } from './library.js';
import { type Metric, scoreOf, unitRows } from './metric.js';
import { coveredColumns } from './on-axis.js';

/** The best scores of each reference among the others. */
export interface LeaveOut {
  /** Best score among references of its own family, itself left out; NaN where it has no fellow. */
  readonly known: Float64Array;
  /** Best score among references of other families: what an unknown material would get. */
  readonly unknown: Float64Array;
  /** The reference of another family that has that score. */
  readonly nearestOther: Int32Array;
}

/** Looks every reference up among the others: n² comparisons. */
export function leaveOneOut(library: SpectralLibrary, metric: Metric): LeaveOut {
  const { families, set } = library;
  const n = families.length;
  const rows = unitRows(set.Y, coveredColumns(set.Y, library), metric);
  const known = new Float64Array(n).fill(Number.NaN);
  const unknown = new Float64Array(n).fill(Number.NEGATIVE_INFINITY);
  const nearestOther = new Int32Array(n).fill(-1);
  const take = (i: number, j: number, score: number) => {
    if (families[i] === families[j]) {
      if (!(known[i] >= score)) known[i] = score;
    } else if (score > unknown[i]) {
      unknown[i] = score;
      nearestOther[i] = j;
    }
  };
  for (let i = 0; i < n; i++)
    for (let j = 0; j < i; j++) {
      const score = scoreOf(product(rows.data, i * rows.cols, j * rows.cols, rows.cols), metric);
      take(i, j, score);
      take(j, i, score);
    }
  return { known, unknown, nearestOther };
}

function product(data: Float64Array, a: number, b: number, length: number): number {
  let sum = 0;
  for (let k = 0; k < length; k++) sum += data[a + k] * data[b + k];
  return sum;
}

/** A reference whose label its own spectrum contradicts. */
export interface Suspect {
  readonly index: number;
  readonly name: string;
  /** The name whose reference it is like. */
  readonly looksLike: string;
  readonly ownScore: number;
  readonly otherScore: number;
}

export interface SuspectOptions {
  readonly metric?: Metric;
  /** Least score with another family. Default 0.9. */
  readonly least?: number;
  /** By how much that score must beat the best one within its own family. Default 0.1. */
  readonly lead?: number;
}

/** References that are much more like another family than like their own: swapped labels, or other samples. */
export function findSuspects(
  library: SpectralLibrary,
  { metric = 'correlation', least = 0.9, lead = 0.1 }: SuspectOptions = {},
): Suspect[] {
  const { known, unknown, nearestOther } = leaveOneOut(library, metric);
  return library.names.flatMap((name, index) => {
    const [ownScore, otherScore] = [known[index], unknown[index]];
    if (!(otherScore >= least && otherScore - ownScore >= lead)) return [];
    return [{ index, name, looksLike: library.names[nearestOther[index]], ownScore, otherScore }];
  });
}
