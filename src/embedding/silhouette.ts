import { checkFinite, checkRows } from '../numeric/check.js';
import type { Matrix } from '../numeric/matrix.js';

/** How well rows lie with their own class. */
export interface Silhouette {
  /** Mean over all rows: 1 for far apart, 0 for on the border, below for in the wrong class. */
  readonly mean: number;
  /** n values; 0 for a class of one. */
  readonly perRow: Float64Array;
  /** Mean of each class, in the order in which classes first appear. */
  readonly byClass: readonly { readonly name: string; readonly mean: number; readonly rows: number }[];
}

/**
 * Silhouettes by Euclidean distance, in the space of the features and never on a t-SNE map, which keeps no distances.
 *
 * Rousseeuw (1987), doi:10.1016/0377-0427(87)90125-7
 * @param X - n × d features. @param labels - n class names.
 * @throws RangeError when there are not 2 … n − 1 classes or labels do not fit.
 */
export function silhouette(X: Matrix, labels: readonly string[]): Silhouette {
  checkRows('X', X, 3);
  checkFinite('X', X);
  const { classes, classOf, sizes } = checkedClasses(labels, X.rows);
  if (classes.length >= X.rows)
    throw new RangeError(
      `labels must name fewer classes than rows, but name ${classes.length} for ${X.rows} rows`,
    );
  const sums = distanceSums(X, classOf, classes.length);
  const perRow = Float64Array.from({ length: X.rows }, (_, i) => {
    const own = classOf[i];
    if (sizes[own] === 1) return 0;
    const within = sums[i * classes.length + own] / (sizes[own] - 1);
    let nearest = Number.POSITIVE_INFINITY;
    for (let c = 0; c < classes.length; c++)
      if (c !== own) nearest = Math.min(nearest, sums[i * classes.length + c] / sizes[c]);
    const most = Math.max(within, nearest);
    return most > 0 ? (nearest - within) / most : 0;
  });
  const byClass = classes.map((name, c) => {
    const own = perRow.filter((_, i) => classOf[i] === c);
    return { name, mean: own.reduce((sum, value) => sum + value, 0) / own.length, rows: own.length };
  });
  return { mean: perRow.reduce((sum, value) => sum + value, 0) / X.rows, perRow, byClass };
}

/** n × classes: the sum of each row's distances to the rows of each class. */
function distanceSums({ rows, cols, data }: Matrix, classOf: Int32Array, classes: number): Float64Array {
  const sums = new Float64Array(rows * classes);
  for (let a = 0; a < rows; a++)
    for (let b = 0; b < a; b++) {
      let square = 0;
      for (let j = 0, p = a * cols, q = b * cols; j < cols; j++, p++, q++)
        square += (data[p] - data[q]) * (data[p] - data[q]);
      const distance = Math.sqrt(square);
      sums[a * classes + classOf[b]] += distance;
      sums[b * classes + classOf[a]] += distance;
    }
  return sums;
}

/** Classes in the order in which they first appear. @throws RangeError for fewer than two, or a wrong number of labels. */
export function checkedClasses(labels: readonly string[], rows: number) {
  if (labels.length !== rows)
    throw new RangeError(`labels must name each of the ${rows} rows, but has ${labels.length}`);
  const classes = [...new Set(labels)];
  if (classes.length < 2)
    throw new RangeError(`labels must name at least 2 classes, but name ${classes.length}`);
  const index = new Map(classes.map((name, k) => [name, k]));
  const classOf = Int32Array.from(labels, (name) => index.get(name)!);
  const sizes = new Int32Array(classes.length);
  for (const c of classOf) sizes[c]++;
  return { classes, classOf, sizes };
}
