import { cholesky, forwardSubstitution } from '../numeric/cholesky.js';
import { exp } from '../numeric/elementary.js';
import { gram } from '../numeric/gram.js';
import type { Matrix } from '../numeric/matrix.js';
import { centre, columnMeans, square } from '../numeric/statistics.js';

const MOST_KEPT = 512;

/** Weights of the background rows, adding up to one, for a coalition and an explained row. */
export type ConditionalWeights = (coalition: number, row: number) => Float64Array;

/**
 * Background rows weigh more the closer they are to the explained row in the columns that the coalition knows:
 * `w = exp(−D² / 2σ²)`, D² the squared Mahalanobis distance over those columns, per column. The empirical conditional
 * distribution of Aas, Jullum & Løland (2021), doi:10.1016/j.artint.2021.103502.
 * @param bandwidth - σ; smaller is closer to the condition and noisier. Aas et al. found 0.1 good.
 * @returns a function of coalition and row; it keeps what it worked out for the latest coalitions.
 */
export function conditionalWeights(
  rows: Matrix,
  background: Matrix,
  members: Uint8Array,
  ofColumn: Int32Array,
  groups: number,
  bandwidth: number,
): ConditionalWeights {
  const S = ridgedCovariance(background);
  const cache = new Map<number, { rows: Matrix; background: Matrix } | undefined>();
  const uniform = new Float64Array(background.rows).fill(1 / background.rows);

  return (coalition, row) => {
    if (!cache.has(coalition)) {
      if (cache.size === MOST_KEPT) cache.clear();
      const known = knownColumns(members.subarray(coalition * groups, (coalition + 1) * groups), ofColumn);
      cache.set(coalition, known.length === 0 ? undefined : whitened(rows, background, known, S));
    }
    const white = cache.get(coalition);
    return white ? kernelWeights(white.rows, row, white.background, bandwidth) : uniform;
  };
}

/** Covariance of the background; a thousandth of the mean variance on the diagonal keeps one-hot columns regular. */
export function ridgedCovariance(background: Matrix): Matrix {
  const S = gram(centre(background, columnMeans(background)));
  const d = S.rows;
  let trace = 0;
  for (let j = 0; j < d; j++) trace += S.data[j * d + j];
  const ridge = trace > 0 ? (1e-3 * trace) / d : 1;
  for (let j = 0; j < d; j++) S.data[j * d + j] += ridge;
  return { ...S, data: S.data.map((s) => s / Math.max(1, background.rows - 1)) };
}

/** The columns of the groups in a coalition. */
export function knownColumns(coalition: Uint8Array, ofColumn: Int32Array): Int32Array {
  return Int32Array.from(ofColumn.keys()).filter((j) => coalition[ofColumn[j]] === 1);
}

/** Rows and background in units of the known columns' spread. */
function whitened(rows: Matrix, background: Matrix, known: Int32Array, S: Matrix) {
  const k = known.length;
  const part = new Float64Array(k * k);
  for (let a = 0; a < k; a++)
    for (let b = 0; b < k; b++) part[a * k + b] = S.data[known[a] * S.cols + known[b]];
  const L = cholesky({ rows: k, cols: k, data: part })!;
  const apply = (X: Matrix): Matrix => {
    const data = new Float64Array(X.rows * k);
    for (let i = 0; i < X.rows; i++)
      data.set(
        forwardSubstitution(
          L,
          Array.from(known, (j) => X.data[i * X.cols + j]),
        ),
        i * k,
      );
    return { rows: X.rows, cols: k, data };
  };
  return { rows: apply(rows), background: apply(background) };
}

function kernelWeights(rows: Matrix, i: number, background: Matrix, bandwidth: number): Float64Array {
  const d = rows.cols;
  const distances = new Float64Array(background.rows);
  for (let b = 0; b < background.rows; b++) {
    for (let j = 0; j < d; j++) distances[b] += square(rows.data[i * d + j] - background.data[b * d + j]);
    distances[b] /= d;
  }
  const nearest = distances.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  const weights = distances.map((distance) => exp((nearest - distance) / (2 * bandwidth * bandwidth)));
  const total = weights.reduce((a, b) => a + b, 0);
  return weights.map((w) => w / total);
}
