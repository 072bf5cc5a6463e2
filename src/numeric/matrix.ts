/** A dense matrix of doubles in row-major order: entry (i, j) is `data[i * cols + j]`. */
export interface Matrix {
  readonly rows: number;
  readonly cols: number;
  readonly data: Float64Array;
}

/**
 * A matrix from nested rows, from flat row-major data, or a zero matrix.
 * @throws RangeError when the rows differ in length or the data do not fill rows × cols.
 */
export function matrix(rows: ArrayLike<ArrayLike<number>>): Matrix;
export function matrix(rows: number, cols: number, data?: ArrayLike<number>): Matrix;
export function matrix(
  rows: number | ArrayLike<ArrayLike<number>>,
  cols = 0,
  data?: ArrayLike<number>,
): Matrix {
  if (typeof rows !== 'number') return fromRows(rows);
  if (data && data.length !== rows * cols)
    throw new RangeError(
      `data of a ${rows} × ${cols} matrix must have ${rows * cols} numbers, but has ${data.length}`,
    );
  return { rows, cols, data: data ? Float64Array.from(data) : new Float64Array(rows * cols) };
}

function fromRows(rows: ArrayLike<ArrayLike<number>>): Matrix {
  const cols = rows.length > 0 ? rows[0].length : 0;
  const data = new Float64Array(rows.length * cols);
  for (let i = 0; i < rows.length; i++) {
    if (rows[i].length !== cols)
      throw new RangeError(`rows must have ${cols} columns like row 0, but row ${i} has ${rows[i].length}`);
    data.set(rows[i], i * cols);
  }
  return { rows: rows.length, cols, data };
}

/** Row `i` as a view: no copy. */
export function row(X: Matrix, i: number): Float64Array {
  return X.data.subarray(i * X.cols, (i + 1) * X.cols);
}

/** Column `j` as a copy. */
export function column(X: Matrix, j: number): Float64Array {
  const out = new Float64Array(X.rows);
  for (let i = 0; i < X.rows; i++) out[i] = X.data[i * X.cols + j];
  return out;
}

/** The rows of `X` named by `indices`, in that order, as a new matrix. */
export function takeRows(X: Matrix, indices: ArrayLike<number>): Matrix {
  const data = new Float64Array(indices.length * X.cols);
  for (let k = 0; k < indices.length; k++) data.set(row(X, indices[k]), k * X.cols);
  return { rows: indices.length, cols: X.cols, data };
}
