import { cholesky, choleskySolve } from '../numeric/cholesky.js';
import type { Matrix } from '../numeric/matrix.js';
import { knownColumns, ridgedCovariance } from './conditional.js';

/** Rows and background of a coalition; an unknown column is the sum of what both have there. */
export interface Completed {
  /** n × d: known columns as they are, unknown ones as the known ones predict them. */
  readonly rows: Matrix;
  /** m × d: zero in known columns, in unknown ones what is left of the prediction. */
  readonly background: Matrix;
}

/**
 * Conditional expectation as if columns were normal: an unknown column is what the regression on the known ones
 * predicts for the row, plus the residual of each background row. For normal columns that draws from the conditional
 * distribution itself (Matheron's rule; the Gaussian approach of Aas, Jullum & Løland 2021,
 * doi:10.1016/j.artint.2021.103502).
 * @returns a function of a coalition.
 */
export function gaussianCompletion(
  rows: Matrix,
  background: Matrix,
  ofColumn: Int32Array,
): (coalition: Uint8Array) => Completed {
  const S = ridgedCovariance(background);
  return (coalition) => {
    const known = knownColumns(coalition, ofColumn);
    const predict = regression(S, known);
    return { rows: predict(rows, 1), background: left(background, known, predict(background, -1)) };
  };
}

type Predict = (X: Matrix, sign: number) => Matrix;

/** Known columns of X as they are, unknown ones ± what the known ones predict. */
function regression(S: Matrix, known: Int32Array): Predict {
  const unknown = Int32Array.from({ length: S.cols }, (_, j) => j).filter((j) => !known.includes(j));
  const k = known.length;
  const part = Float64Array.from(
    { length: k * k },
    (_, o) => S.data[known[Math.floor(o / k)] * S.cols + known[o % k]],
  );
  const L = cholesky({ rows: k, cols: k, data: part })!;
  const slopes = Array.from(unknown, (u) =>
    choleskySolve(
      L,
      Array.from(known, (j) => S.data[u * S.cols + j]),
    ),
  );
  return (X, sign) => {
    const data = new Float64Array(X.data.length);
    for (let at = 0; at < data.length; at += X.cols) {
      for (const j of known) data[at + j] = X.data[at + j];
      unknown.forEach((u, r) => {
        let sum = 0;
        for (let q = 0; q < k; q++) sum += slopes[r][q] * X.data[at + known[q]];
        data[at + u] = sign * sum;
      });
    }
    return { ...X, data };
  };
}

/** Residuals: X plus its negative prediction in unknown columns, zero in known ones. */
function left(X: Matrix, known: Int32Array, prediction: Matrix): Matrix {
  const data = X.data.map((x, o) => x + prediction.data[o]);
  for (let at = 0; at < data.length; at += X.cols) for (const j of known) data[at + j] = 0;
  return { ...X, data };
}
