import { symmetricEigen } from '../numeric/eigen.js';
import type { Matrix } from '../numeric/matrix.js';
import { centre, columnDeviations, columnMeans } from '../numeric/statistics.js';

/** How far columns repeat one another. */
export interface Collinearity {
  /** Columns that vary at all. */
  readonly columns: number;
  /** Directions in which the rows differ: with m distinct rows at most m − 1. */
  readonly rank: number;
  /** Pairs whose correlation is at least the threshold in size, the strongest first. */
  readonly pairs: readonly { readonly a: string; readonly b: string; readonly r: number }[];
}

/** Eigenvalues of the correlation matrix below this share of the largest count as zero. */
const NOTHING = 1e-10;

/**
 * Correlated columns and the rank of what they span.
 * @param X - n × d finite values. @param names - of the columns.
 * @param options.threshold - correlation from which a pair is named; 0.95.
 */
export function collinearity(
  X: Matrix,
  names: readonly string[],
  { threshold = 0.95 }: { threshold?: number } = {},
): Collinearity {
  const means = columnMeans(X);
  const deviations = columnDeviations(X, means);
  const varying = names.flatMap((_, j) =>
    deviations[j] > 1e-12 * Math.max(1, Math.abs(means[j])) ? [j] : [],
  );
  const Z = centre(X, means, deviations);
  const R = correlations(Z, varying);
  const { values } = symmetricEigen(R);
  const pairs = varying.flatMap((j, a) =>
    varying.slice(0, a).map((i, b) => ({ a: names[i], b: names[j], r: R.data[a * R.cols + b] })),
  );
  return {
    columns: varying.length,
    rank: values.filter((value) => value > NOTHING * values[0]).length,
    pairs: pairs.filter(({ r }) => Math.abs(r) >= threshold).sort((p, q) => Math.abs(q.r) - Math.abs(p.r)),
  };
}

function correlations(Z: Matrix, columns: readonly number[]): Matrix {
  const d = columns.length;
  const data = new Float64Array(d * d);
  for (let a = 0; a < d; a++)
    for (let b = 0; b <= a; b++) {
      let sum = 0;
      for (let i = 0; i < Z.rows; i++)
        sum += Z.data[i * Z.cols + columns[a]] * Z.data[i * Z.cols + columns[b]];
      data[a * d + b] = data[b * d + a] = sum / Z.rows;
    }
  return { rows: d, cols: d, data };
}
