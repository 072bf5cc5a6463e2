import { evenStep } from './axis.js';
import { linearAt } from './resample.js';
import { checkSameAxis } from './scatter.js';
import { ascending, isAscending, type Spectrum, withY } from './spectrum.js';

export interface AlignOptions {
  /** Greatest shift that is looked for, in units of x. Default 10. */
  readonly maxShift?: number;
}

/**
 * The spectrum moved along x so that it fits a reference best: the shift with the highest correlation, found on the
 * points and refined by a parabola through the best three.
 *
 * Wong, Durante & Cartwright (2005), doi:10.1021/ac050619p, for the idea of shifting by cross-correlation.
 * @returns the spectrum on its old axis, and how far it was moved; positive towards higher x.
 */
export function align(
  spectrum: Spectrum,
  reference: Spectrum,
  { maxShift = 10 }: AlignOptions = {},
): { spectrum: Spectrum; shift: number } {
  checkSameAxis(spectrum, reference);
  const source = ascending(spectrum);
  const target = ascending(reference);
  const step = evenStep(source);
  const most = Math.min(Math.floor(maxShift / step), Math.floor(source.y.length / 2));
  const scores = Array.from({ length: 2 * most + 1 }, (_, k) => correlation(source.y, target.y, k - most));
  const best = scores.indexOf(Math.max(...scores));
  const shift = (best - most + vertex(scores[best - 1], scores[best], scores[best + 1])) * step;
  const [low, high] = [source.x[0], source.x[source.x.length - 1]];
  const y = source.x.map((x) => linearAt(source, Math.min(Math.max(x - shift, low), high)));
  return { spectrum: withY(spectrum, isAscending(spectrum) ? y : y.reverse()), shift };
}

/** Pearson's correlation of the parts that overlap when y is moved by `shift` points. */
function correlation(y: Float64Array, target: Float64Array, shift: number): number {
  const from = Math.max(0, shift);
  const n = y.length - Math.abs(shift);
  const a = y.subarray(from - shift, from - shift + n);
  const b = target.subarray(from, from + n);
  const [meanA, meanB] = [mean(a), mean(b)];
  let [ab, aa, bb] = [0, 0, 0];
  for (let i = 0; i < n; i++) {
    ab += (a[i] - meanA) * (b[i] - meanB);
    aa += (a[i] - meanA) * (a[i] - meanA);
    bb += (b[i] - meanB) * (b[i] - meanB);
  }
  return ab / Math.sqrt(Math.max(aa * bb, Number.MIN_VALUE));
}

const mean = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Where a parabola through three equidistant heights is highest, in −½ … ½; 0 at the border. */
function vertex(left: number | undefined, middle: number, right: number | undefined): number {
  if (left === undefined || right === undefined) return 0;
  const bend = left - 2 * middle + right;
  return bend < 0 ? Math.max(-0.5, Math.min(0.5, (left - right) / (2 * bend))) : 0;
}
