/** Where the points of one spectrum stand in a column. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

const LEAST_POINTS = 5;

/**
 * Columns of a map hold one spectrum below the other, each with the same abscissae: where x begins again from its first
 * value and all stretches are alike, they are several spectra. Otherwise the whole column is one.
 */
export function repeatedStretches(x: Float64Array): Stretch[] {
  const whole = [{ from: 0, to: x.length }];
  const length = x.indexOf(x[0], 1);
  if (length < LEAST_POINTS || x.length % length !== 0) return whole;
  for (let i = length; i < x.length; i++) if (x[i] !== x[i - length]) return whole;
  return Array.from({ length: x.length / length }, (_, k) => ({ from: k * length, to: (k + 1) * length }));
}
