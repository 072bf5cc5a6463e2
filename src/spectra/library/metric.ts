import type { Matrix } from '../../numeric/matrix.js';

/**
 * How alike two spectra are, 1 for the same shape: Pearson's `correlation`; that of the first differences (`derivative`),
 * which does not see baselines; the `cosine` of the angle between them; and the hit quality index (`hit-quality`), its
 * square.
 */
export type Metric = 'correlation' | 'derivative' | 'cosine' | 'hit-quality';

export const METRICS: readonly Metric[] = ['correlation', 'derivative', 'cosine', 'hit-quality'];

/**
 * Rows such that the metric is their scalar product (for `hit-quality` its square): differences taken, centred, length one.
 * @param columns - which columns count; all differences between two of them that are neighbours.
 */
export function unitRows(Y: Matrix, columns: ArrayLike<number>, metric: Metric): Matrix {
  const isDerivative = metric === 'derivative';
  const kept = Int32Array.from(isDerivative ? neighbours(columns) : columns);
  const data = new Float64Array(Y.rows * kept.length);
  for (let i = 0; i < Y.rows; i++) {
    const row = Y.data.subarray(i * Y.cols, (i + 1) * Y.cols);
    const out = data.subarray(i * kept.length, (i + 1) * kept.length);
    if (isDerivative) for (let k = 0; k < kept.length; k++) out[k] = row[kept[k] + 1] - row[kept[k]];
    else for (let k = 0; k < kept.length; k++) out[k] = row[kept[k]];
    if (metric === 'correlation' || isDerivative) centreInPlace(out);
    scaleInPlace(out);
  }
  return { rows: Y.rows, cols: kept.length, data };
}

const neighbours = (columns: ArrayLike<number>): number[] =>
  Array.from(columns).filter((j, k) => k + 1 < columns.length && columns[k + 1] === j + 1);

function centreInPlace(values: Float64Array): void {
  let mean = 0;
  for (let k = 0; k < values.length; k++) mean += values[k];
  mean /= values.length;
  for (let k = 0; k < values.length; k++) values[k] -= mean;
}

/** A flat spectrum is like none: its row stays zero. */
function scaleInPlace(values: Float64Array): void {
  let squares = 0;
  for (let k = 0; k < values.length; k++) squares += values[k] * values[k];
  const length = Math.sqrt(squares);
  if (length > 0) for (let k = 0; k < values.length; k++) values[k] /= length;
}

/** The metric from the scalar product of two unit rows. */
export const scoreOf = (product: number, metric: Metric): number =>
  metric === 'hit-quality' ? product * Math.abs(product) : product;
