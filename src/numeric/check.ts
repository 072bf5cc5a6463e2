import type { Matrix } from './matrix.js';

/**
 * Refuses a matrix with a value that is not a finite number, naming the place.
 * @param name - what the caller calls the matrix, such as `X`.
 * @throws RangeError at the first NaN or infinity.
 */
export function checkFinite(name: string, X: Matrix): void {
  const { data } = X;
  let zero = 0;
  for (let k = 0; k < data.length; k++) zero += 0 * data[k]; // 0 · x is NaN for infinities and NaN
  if (zero === 0) return;
  for (let k = 0; k < X.data.length; k++)
    if (!Number.isFinite(X.data[k]))
      throw new RangeError(
        `${name} must hold finite numbers, but row ${Math.floor(k / X.cols)}, column ${k % X.cols} is ${X.data[k]}; impute or drop it first`,
      );
}

/** Refuses a matrix with too few rows. */
export function checkRows(name: string, X: Matrix, least: number): void {
  if (X.rows < least)
    throw new RangeError(
      `${name} must have at least ${least} ${least === 1 ? 'row' : 'rows'}, but has ${X.rows}`,
    );
}

/** Refuses a matrix whose columns are not as many as expected. */
export function checkColumns(name: string, X: Matrix, expected: number): void {
  if (X.cols !== expected) throw new RangeError(`${name} must have ${expected} columns, but has ${X.cols}`);
}

/** Refuses a matrix whose products of columns G are beyond the largest double. */
export function checkSquares(name: string, G: Matrix): void {
  if (!G.data.every(Number.isFinite))
    throw new RangeError(
      `${name} must hold numbers whose squares can be added up, but holds larger ones; scale it first`,
    );
}

/** Refuses a word that is none of the choices. */
export function checkChoice(name: string, value: string, choices: readonly string[]): void {
  if (choices.includes(value)) return;
  const words = `${choices.slice(0, -1).join(', ')} or ${choices.at(-1)}`;
  throw new TypeError(`${name} must be ${words}, but is ${value}`);
}

/** Refuses a number that is not whole or lies outside `least … most`. */
export function checkWhole(name: string, value: number, least: number, most = Number.MAX_SAFE_INTEGER): void {
  if (Number.isInteger(value) && value >= least && value <= most) return;
  const range = most === Number.MAX_SAFE_INTEGER ? `at least ${least}` : `in ${least} … ${most}`;
  throw new RangeError(`${name} must be a whole number ${range}, but is ${value}`);
}

/** Refuses a share that is not between 0 and 1, both excluded. */
export function checkShare(name: string, value: number): void {
  if (!(value > 0 && value < 1)) throw new RangeError(`${name} must be between 0 and 1, but is ${value}`);
}
