import { checkColumns, checkFinite, checkRows, checkSquares, checkWhole } from '../numeric/check.js';
import { symmetricEigen } from '../numeric/eigen.js';
import { gram } from '../numeric/gram.js';
import { leadingEigen } from '../numeric/leading-eigen.js';
import type { Matrix } from '../numeric/matrix.js';
import { orthonormal } from '../numeric/orthonormal.js';
import { centre, columnDeviations, columnMeans, square } from '../numeric/statistics.js';

export interface PcaOptions {
  /** How many components to keep. Default 2. */
  readonly components?: number;
  /** Bring columns to unit variance first; constant ones stay as they are. Default false. */
  readonly standardise?: boolean;
}

export interface Pca {
  /** n × k: each row along the components. */
  readonly scores: Matrix;
  /** k × d: unit vectors, the largest entry of each (by size) positive. */
  readonly components: Matrix;
  /** Variance of the scores, divisor n − 1. */
  readonly explainedVariance: Float64Array;
  /** Share of the total variance. */
  readonly explainedVarianceRatio: Float64Array;
  readonly mean: Float64Array;
  /** What columns were divided by: ones unless standardised. */
  readonly scale: Float64Array;
}

/** From this size on only the leading eigenvectors are computed. */
const ALL_EIGENVECTORS_UP_TO = 384;

/**
 * Principal components: the directions of largest variance, one after another (Pearson 1901). By the eigenvectors of
 * the smaller of `Xᵀ X` and `X Xᵀ`, with a fixed sign.
 * @param X - n × d.
 * @throws RangeError when there are fewer than 2 rows, more components than rows or columns, or a value is not finite.
 */
export function pca(X: Matrix, { components = 2, standardise = false }: PcaOptions = {}): Pca {
  checkRows('X', X, 2);
  checkWhole('components', components, 1, Math.min(X.rows, X.cols));
  checkFinite('X', X);
  const mean = columnMeans(X);
  const scale = standardise ? columnDeviations(X, mean).map((s) => s || 1) : new Float64Array(X.cols).fill(1);
  const Z = centre(X, mean, scale);
  const directions = positiveLargest(X.cols <= X.rows ? fromColumns(Z, components) : fromRows(Z, components));
  const scores = project(Z, directions);
  const explainedVariance = variances(scores);
  const total = Z.data.reduce((sum, z) => sum + z * z, 0) / (X.rows - 1);
  return {
    scores,
    components: directions,
    explainedVariance,
    explainedVarianceRatio: explainedVariance.map((v) => (total > 0 ? v / total : 0)),
    mean,
    scale,
  };
}

/** Places new rows along the components of a fitted PCA. */
export function pcaScores({ components, mean, scale }: Pca, X: Matrix): Matrix {
  checkColumns('X', X, mean.length);
  checkFinite('X', X);
  return project(centre(X, mean, scale), components);
}

function fromColumns(Z: Matrix, k: number): Matrix {
  return eigenvectors(gram(Z), k);
}

/** With fewer rows than columns: eigenvectors u of `Z Zᵀ` give directions `Zᵀ u`. */
function fromRows(Z: Matrix, k: number): Matrix {
  const U = eigenvectors(gram(transpose(Z)), k);
  const data = new Float64Array(k * Z.cols);
  for (let c = 0; c < k; c++) {
    const v = data.subarray(c * Z.cols, (c + 1) * Z.cols);
    for (let i = 0; i < Z.rows; i++) {
      const u = U.data[c * Z.rows + i];
      for (let j = 0; j < Z.cols; j++) v[j] += u * Z.data[i * Z.cols + j];
    }
  }
  return orthonormal({ rows: k, cols: Z.cols, data });
}

function eigenvectors(G: Matrix, k: number): Matrix {
  checkSquares('X', G);
  if (G.rows > ALL_EIGENVECTORS_UP_TO && 4 * k < G.rows) return leadingEigen(G, k).vectors;
  return { rows: k, cols: G.rows, data: symmetricEigen(G).vectors.data.slice(0, k * G.rows) };
}

function transpose(Z: Matrix): Matrix {
  const data = new Float64Array(Z.data.length);
  for (let i = 0; i < Z.rows; i++)
    for (let j = 0; j < Z.cols; j++) data[j * Z.rows + i] = Z.data[i * Z.cols + j];
  return { rows: Z.cols, cols: Z.rows, data };
}

function positiveLargest(V: Matrix): Matrix {
  const data = Float64Array.from(V.data);
  for (let c = 0; c < V.rows; c++) {
    const v = data.subarray(c * V.cols, (c + 1) * V.cols);
    const largest = v.reduce((a, b) => (Math.abs(b) > Math.abs(a) ? b : a), 0);
    if (largest < 0) for (let j = 0; j < v.length; j++) v[j] = -v[j];
  }
  return { ...V, data };
}

function project(Z: Matrix, V: Matrix): Matrix {
  const data = new Float64Array(Z.rows * V.rows);
  for (let i = 0; i < Z.rows; i++)
    for (let c = 0; c < V.rows; c++) {
      let sum = 0;
      for (let j = 0; j < Z.cols; j++) sum += Z.data[i * Z.cols + j] * V.data[c * Z.cols + j];
      data[i * V.rows + c] = sum;
    }
  return { rows: Z.rows, cols: V.rows, data };
}

function variances(scores: Matrix): Float64Array {
  const sums = new Float64Array(scores.cols);
  for (let k = 0; k < scores.data.length; k++) sums[k % scores.cols] += square(scores.data[k]);
  return sums.map((s) => s / (scores.rows - 1));
}
