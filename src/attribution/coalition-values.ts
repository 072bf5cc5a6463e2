import type { Matrix } from '../numeric/matrix.js';
import type { Predict } from './attribution.js';
import type { ConditionalWeights } from './conditional.js';
import type { Completed } from './gaussian.js';

export interface CoalitionValuesOptions {
  /** Rows handed to `predict` at once. Default 8192, at least one background. */
  readonly batch?: number;
  /** Weights of the background rows for each coalition; without them all count the same. */
  readonly weights?: ConditionalWeights;
  /** Makes unknown columns follow the known ones; without it they are the background's own. */
  readonly complete?: (coalition: Uint8Array) => Completed;
  readonly signal?: AbortSignal;
  readonly onProgress?: (done: number, total: number) => void;
}

/**
 * The game that is played: v(S) for a row is the mean prediction when the columns of the groups in S come from the
 * row and the others from each background row in turn.
 * @param members - count × g coalitions.
 * @param ofColumn - the group of each column.
 * @returns n × count.
 */
export async function coalitionValues(
  predict: Predict,
  rows: Matrix,
  background: Matrix,
  members: Uint8Array,
  ofColumn: Int32Array,
  groups: number,
  { batch = 8192, weights, complete, signal, onProgress }: CoalitionValuesOptions = {},
): Promise<Matrix> {
  const count = members.length / groups;
  const V = { rows: rows.rows, cols: count, data: new Float64Array(rows.rows * count) };
  const atOnce = Math.max(1, Math.floor(batch / background.rows));
  const mixed = new Float64Array(Math.min(atOnce, count) * background.data.length);
  for (let c = 0; c < count; c += atOnce) {
    const n = Math.min(atOnce, count - c);
    const coalitions = Array.from({ length: n }, (_, k) =>
      members.subarray((c + k) * groups, (c + k + 1) * groups),
    );
    const completed = complete && coalitions.map(complete);
    for (let i = 0; i < rows.rows; i++) {
      signal?.throwIfAborted();
      coalitions.forEach((coalition, k) => {
        const at = k * background.data.length;
        if (completed) add(rowOf(completed[k].rows, i), completed[k].background, mixed, at);
        else mix(rowOf(rows, i), background, coalition, ofColumn, mixed, at);
      });
      const batchRows = matrixOver(mixed, n * background.rows, rows.cols);
      average(await checkedPredictions(predict, batchRows), background.rows, V.data, i * count + c, (k) =>
        weights?.(c + k, i),
      );
    }
    onProgress?.(c + n, count);
  }
  return V;
}

const rowOf = ({ data, cols }: Matrix, i: number): Float64Array => data.subarray(i * cols, (i + 1) * cols);

/** Background rows, each plus x. */
function add(x: Float64Array, background: Matrix, out: Float64Array, at: number): void {
  for (let o = 0; o < background.data.length; o++) out[at + o] = background.data[o] + x[o % x.length];
}

/** Background rows, with the columns of the coalition's groups taken from x. */
function mix(
  x: Float64Array,
  background: Matrix,
  coalition: Uint8Array,
  ofColumn: Int32Array,
  out: Float64Array,
  at: number,
): void {
  out.set(background.data, at);
  for (let j = 0; j < x.length; j++)
    if (coalition[ofColumn[j]])
      for (let o = at + j; o < at + background.data.length; o += x.length) out[o] = x[j];
}

const matrixOver = (data: Float64Array, rows: number, cols: number): Matrix => ({
  rows,
  cols,
  data: data.subarray(0, rows * cols),
});

/**
 * Predictions for rows, as many as there are rows and all finite.
 * @throws RangeError when the model returns another number of predictions, or one that is not finite.
 */
export async function checkedPredictions(predict: Predict, rows: Matrix): Promise<ArrayLike<number>> {
  const predictions = await predict(rows);
  if (predictions.length !== rows.rows)
    throw new RangeError(
      `predict must return one number for each of ${rows.rows} rows, but returned ${predictions.length}`,
    );
  for (let i = 0; i < rows.rows; i++)
    if (!Number.isFinite(predictions[i]))
      throw new RangeError(
        `predict must return finite numbers, but returned ${predictions[i]} for a row that mixes an explained row with the background; check the model's range`,
      );
  return predictions;
}

function average(
  predictions: ArrayLike<number>,
  size: number,
  out: Float64Array,
  at: number,
  weightsOf: (k: number) => Float64Array | undefined,
): void {
  for (let k = 0, o = 0; o < predictions.length; k++) {
    const weights = weightsOf(k);
    let sum = 0;
    for (let b = 0; b < size; b++, o++) sum += weights ? weights[b] * predictions[o] : predictions[o];
    out[at + k] = weights ? sum : sum / size;
  }
}
