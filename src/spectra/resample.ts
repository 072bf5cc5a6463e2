import { lowerBound } from './axis.js';
import { bandLimited } from './band-limited.js';
import { ascending, isAscending, type Spectrum } from './spectrum.js';
import { cubicSpline } from './spline.js';

export interface ResampleOptions {
  /**
   * `linear`: straight lines, as numpy.interp; `spline`: not-a-knot cubic, as scipy.interpolate.CubicSpline; `band-limited`:
   * windowed sinc, which takes away what the new step cannot hold. Default `linear`.
   */
  readonly method?: 'linear' | 'spline' | 'band-limited';
  /** What stands outside the measured range: NaN, the value at the nearer end, or a refusal. Default `refuse`. */
  readonly outside?: 'refuse' | 'nan' | 'edge';
}

/**
 * The spectrum at other abscissae.
 * @param x - ascending or descending; the result has this order.
 * @throws RangeError when x reaches beyond the measured range and `outside` refuses it.
 */
export function resample(
  spectrum: Spectrum,
  x: ArrayLike<number>,
  { method = 'linear', outside = 'refuse' }: ResampleOptions = {},
): Spectrum {
  const source = ascending(spectrum);
  if (source.x.length < 2)
    throw new RangeError(`spectrum "${spectrum.title}" has too few points to resample`);
  const target = Float64Array.from(x);
  if (outside === 'refuse') checkInside(source, target);
  const at = evaluator(source, target, method);
  const [low, high] = [source.x[0], source.x[source.x.length - 1]];
  const slack = 1e-9 * (high - low);
  const y = target.map((value) => {
    const beyond = value < low - slack || value > high + slack;
    if (beyond && outside === 'nan') return Number.NaN;
    return at(Math.min(Math.max(value, low), high));
  });
  return { ...spectrum, x: target, y };
}

function checkInside({ x, title }: Spectrum, target: Float64Array): void {
  const [low, high] = [x[0], x[x.length - 1]];
  const slack = 1e-9 * (high - low);
  const bad = target.find((value) => !(value >= low - slack && value <= high + slack));
  if (bad !== undefined)
    throw new RangeError(
      `spectrum "${title}" runs from ${low} to ${high}, but is asked for at ${bad}; cut the axis or set outside`,
    );
}

function evaluator(source: Spectrum, target: Float64Array, method: string): (x: number) => number {
  if (method === 'linear') return (x) => linearAt(source, x);
  if (method === 'spline') return cubicSpline(source.x, source.y);
  if (method === 'band-limited') return bandLimited(source, Math.abs(meanStep(target)));
  throw new RangeError(`method must be "linear", "spline" or "band-limited", but is "${method}"`);
}

const meanStep = (x: Float64Array): number => (x.length < 2 ? 0 : (x[x.length - 1] - x[0]) / (x.length - 1));

/** The ordinate on the straight line between the neighbours of `at`; x ascending, `at` inside. */
export function linearAt({ x, y }: Pick<Spectrum, 'x' | 'y'>, at: number): number {
  const high = Math.min(Math.max(lowerBound(x, at), 1), x.length - 1);
  if (x[high] === at) return y[high];
  const share = (at - x[high - 1]) / (x[high] - x[high - 1]);
  return share === 0 ? y[high - 1] : y[high - 1] + share * (y[high] - y[high - 1]);
}

/** The ordinate at any x inside the range, whichever way the axis runs. */
export const valueAt = (spectrum: Spectrum, x: number): number =>
  linearAt(isAscending(spectrum) ? spectrum : ascending(spectrum), x);
