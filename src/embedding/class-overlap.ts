import { checkWhole } from '../numeric/check.js';
import { type Matrix, takeRows } from '../numeric/matrix.js';
import { nearestNeighbours } from './nearest-neighbours.js';
import { checkedClasses } from './silhouette.js';

export interface ClassOverlapOptions {
  /** Nearest rows that are looked at; 10. */
  readonly neighbours?: number;
  /** n particles: rows of the same particle are not counted as neighbours, for they are alike whatever the class. */
  readonly groups?: readonly string[];
}

/** Whose neighbours the rows of a class have. */
export interface ClassOverlap {
  readonly classes: readonly string[];
  /** K × K: for rows of the class of the row, the share of nearest rows that are of the column's class. */
  readonly shares: Matrix;
  /** Mean share of neighbours of another class, each class counting once. */
  readonly foreign: number;
}

/**
 * Overlap of classes without an assumption about their shape: the classes of the nearest rows, by Euclidean distance.
 * @param X - n × d features. @param labels - n class names.
 * @throws RangeError when labels or groups do not fit, or a row has fewer others than neighbours are asked for.
 */
export function classOverlap(
  X: Matrix,
  labels: readonly string[],
  { neighbours = 10, groups }: ClassOverlapOptions = {},
): ClassOverlap {
  const { classes, classOf, sizes } = checkedClasses(labels, X.rows);
  if (groups && groups.length !== X.rows)
    throw new RangeError(`groups must name ${X.rows} rows like labels, but name ${groups.length}`);
  checkWhole('neighbours', neighbours, 1, X.rows - 1);
  const K = classes.length;
  const shares = { rows: K, cols: K, data: new Float64Array(K * K) };
  const found = nearestOthers(X, neighbours, groups);
  for (let i = 0; i < X.rows; i++)
    for (let r = 0; r < neighbours; r++)
      shares.data[classOf[i] * K + classOf[found[i * neighbours + r]]] +=
        1 / (sizes[classOf[i]] * neighbours);
  let foreign = 0;
  for (let c = 0; c < K; c++) foreign += (1 - shares.data[c * K + c]) / K;
  return { classes, shares, foreign };
}

/** n × k row numbers, rows of the own group left out. */
function nearestOthers(X: Matrix, k: number, groups?: readonly string[]): Int32Array {
  if (!groups) return nearestNeighbours(X, k).indices;
  const out = new Int32Array(X.rows * k);
  for (const name of new Set(groups)) {
    const own = Int32Array.from(groups.keys()).filter((i) => groups[i] === name);
    const others = Int32Array.from(groups.keys()).filter((i) => groups[i] !== name);
    if (others.length < k)
      throw new RangeError(
        `neighbours must be at most ${others.length}, the rows outside of "${name}", but are ${k}`,
      );
    const { indices } = nearestNeighbours(takeRows(X, others), k, { query: takeRows(X, own) });
    own.forEach((i, o) => {
      for (let r = 0; r < k; r++) out[i * k + r] = others[indices[o * k + r]];
    });
  }
  return out;
}
