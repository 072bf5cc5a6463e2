import { exp } from '../numeric/elementary.js';
import { type Matrix, row } from '../numeric/matrix.js';
import { square } from '../numeric/statistics.js';
import type { CovarianceOptions } from './ledoit-wolf.js';
import { classMahalanobis } from './mahalanobis.js';
import { checkedClasses } from './silhouette.js';

/** How far classes lie apart, in units of the spread within them. */
export interface ClassSeparation {
  /** In the order in which they first appear. */
  readonly classes: readonly string[];
  /** K × K Mahalanobis distances between the centres. */
  readonly distances: Matrix;
  /** Fisher's ratio: trace of (within)⁻¹ (between), the spread of the centres over that of the rows around them. */
  readonly fisherRatio: number;
  /**
   * K × K: what two classes have in common were both normal with the pooled covariance, exp(−D²/8): 1 on the
   * diagonal, 0 for apart (Bhattacharyya's coefficient).
   */
  readonly overlap: Matrix;
}

/**
 * Separation of classes in the space of the features, by one covariance within all classes.
 *
 * Fisher (1936), doi:10.1111/j.1469-1809.1936.tb02137.x; Bhattacharyya (1943), Bull. Calcutta Math. Soc. 35, 99
 * @param X - n × d features of rows that the features were not trained on. @param labels - n class names.
 * @throws RangeError when there are fewer than 2 classes, or as `classMahalanobis` does.
 */
export function classSeparation(
  X: Matrix,
  labels: readonly string[],
  { shrinkage = 'ledoit-wolf' }: CovarianceOptions = {},
): ClassSeparation {
  const { classes, classOf, sizes } = checkedClasses(labels, X.rows);
  const centres = centresOf(X, classOf, sizes);
  const { distances } = classMahalanobis(X, labels, centres, { shrinkage });
  let fisherRatio = 0;
  for (let a = 0; a < classes.length; a++)
    for (let b = 0; b < a; b++)
      fisherRatio += (sizes[a] * sizes[b] * square(distances.data[a * classes.length + b])) / square(X.rows);
  const overlap = { ...distances, data: distances.data.map((distance) => exp(-square(distance) / 8)) };
  return { classes, distances, fisherRatio, overlap };
}

/** K × d. */
export function centresOf(X: Matrix, classOf: Int32Array, sizes: ArrayLike<number>): Matrix {
  const centres = { rows: sizes.length, cols: X.cols, data: new Float64Array(sizes.length * X.cols) };
  classOf.forEach((c, i) => {
    const [to, from] = [row(centres, c), row(X, i)];
    for (let j = 0; j < X.cols; j++) to[j] += from[j] / sizes[c];
  });
  return centres;
}
