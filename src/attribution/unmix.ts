import { checkColumns, checkFinite, checkRows } from '../numeric/check.js';
import { type Matrix, row } from '../numeric/matrix.js';
import { nonNegativeLeastSquares } from '../numeric/nnls.js';

/** Rows as mixtures of pure members. */
export interface Unmixed {
  /** n × k shares, not negative, each row adding up to one; all equal where nothing of a row could be explained. */
  readonly shares: Matrix;
  /** n lengths of what is left over, relative to the row's: 0 for a perfect mixture. */
  readonly residuals: Float64Array;
}

/**
 * Linear unmixing: each row as a sum of pure members with amounts that are not negative, from which shares are made.
 *
 * Heinz & Chang (2001), doi:10.1109/36.911111
 * @param members - k × d, such as the centre of each class in the space of a model's features.
 * @param rows - n × d, in the same space and from the same origin: a pristine surface, not the mean of all.
 * @throws RangeError when columns differ or a value is not finite.
 */
export function unmix(members: Matrix, rows: Matrix): Unmixed {
  checkRows('members', members, 2);
  checkColumns('rows', rows, members.cols);
  checkFinite('members', members);
  checkFinite('rows', rows);
  const { rows: k } = members;
  const products = { rows: k, cols: k, data: new Float64Array(k * k) };
  for (let a = 0; a < k; a++)
    for (let b = 0; b < k; b++) products.data[a * k + b] = dot(row(members, a), row(members, b));
  const shares = { rows: rows.rows, cols: k, data: new Float64Array(rows.rows * k) };
  const residuals = new Float64Array(rows.rows);
  for (let i = 0; i < rows.rows; i++) {
    const own = row(rows, i);
    const amounts = nonNegativeLeastSquares(
      products,
      Float64Array.from({ length: k }, (_, a) => dot(row(members, a), own)),
    );
    residuals[i] = leftOver(own, members, amounts);
    const sum = amounts.reduce((total, amount) => total + amount, 0);
    row(shares, i).set(sum > 0 ? amounts.map((amount) => amount / sum) : amounts.fill(1 / k));
  }
  return { shares, residuals };
}

function leftOver(own: Float64Array, members: Matrix, amounts: Float64Array): number {
  const rest = own.slice();
  amounts.forEach((amount, a) => {
    const member = row(members, a);
    for (let j = 0; j < rest.length; j++) rest[j] -= amount * member[j];
  });
  const length = dot(own, own);
  return length > 0 ? Math.sqrt(dot(rest, rest) / length) : 0;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let j = 0; j < a.length; j++) sum += a[j] * b[j];
  return sum;
}
