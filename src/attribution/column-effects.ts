import type { Matrix } from '../numeric/matrix.js';
import { type AccumulatedEffects, accumulatedEffects, type EffectsOptions } from './accumulated-effects.js';
import type { Predict } from './attribution.js';

/**
 * Accumulated local effects of a column of a matrix: see `accumulatedEffects`.
 * @param predict - any model as a function of rows. @param X - n × d. @param column - which column.
 */
export async function columnEffects(
  predict: Predict,
  X: Matrix,
  column: number,
  options: EffectsOptions = {},
): Promise<AccumulatedEffects> {
  if (!(Number.isInteger(column) && column >= 0 && column < X.cols))
    throw new RangeError(`column must be in 0 … ${X.cols - 1}, but is ${column}`);
  const values = Float64Array.from({ length: X.rows }, (_, i) => X.data[i * X.cols + column]);
  return accumulatedEffects(
    values,
    (rows, set) => {
      const data = new Float64Array(rows.length * X.cols);
      rows.forEach((i, k) => {
        data.set(X.data.subarray(i * X.cols, (i + 1) * X.cols), k * X.cols);
        data[k * X.cols + column] = set[k];
      });
      return predict({ rows: rows.length, cols: X.cols, data });
    },
    options,
  );
}
