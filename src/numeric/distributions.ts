import { checkShare } from './check.js';
import { exp, log } from './elementary.js';
import { incompleteBeta, upperGamma } from './gamma.js';

/** P(Z ≤ z) of a standard normal deviate. */
export function normalCdf(z: number): number {
  const tail = upperGamma(0.5, (z * z) / 2) / 2;
  return z > 0 ? 1 - tail : tail;
}

/** P(|Z| ≥ |z|): the two-sided p-value of a standard normal statistic. */
export const normalTwoSided = (z: number): number => upperGamma(0.5, (z * z) / 2);

const CENTRE_NUMERATOR = [
  3.387132872796366608, 133.14166789178437745, 1971.5909503065514427, 13731.693765509461125,
  45921.953931549871457, 67265.770927008700853, 33430.575583588128105, 2509.0809287301226727,
];
const CENTRE_DENOMINATOR = [
  1, 42.313330701600911252, 687.1870074920579083, 5394.1960214247511077, 21213.794301586595867,
  39307.89580009271061, 28729.085735721942674, 5226.495278852545925,
];
const TAIL_NUMERATOR = [
  1.42343711074968357734, 4.6303378461565452959, 5.7694972214606914055, 3.64784832476320460504,
  1.27045825245236838258, 0.24178072517745061177, 0.0227238449892691845833, 7.7454501427834140764e-4,
];
const TAIL_DENOMINATOR = [
  1, 2.05319162663775882187, 1.6763848301838038494, 0.68976733498510000455, 0.14810397642748007459,
  0.0151986665636164571966, 5.475938084995344946e-4, 1.05075007164441684324e-9,
];
const FAR_NUMERATOR = [
  6.6579046435011037772, 5.4637849111641143699, 1.7848265399172913358, 0.29656057182850489123,
  0.026532189526576123093, 0.0012426609473880784386, 2.71155556874348757815e-5, 2.01033439929228813265e-7,
];
const FAR_DENOMINATOR = [
  1, 0.59983220655588793769, 0.13692988092273580531, 0.0148753612908506148525, 7.868691311456132591e-4,
  1.8463183175100546818e-5, 1.4215117583164458887e-7, 2.04426310338993978564e-15,
];

/**
 * The z below which a standard normal deviate falls with probability p: Wichura (1988), algorithm AS 241,
 * doi:10.2307/2347330; about 16 digits.
 * @throws RangeError when p is not between 0 and 1.
 */
export function normalQuantile(p: number): number {
  checkShare('p', p);
  const q = p - 0.5;
  if (Math.abs(q) <= 0.425) return q * ratio(CENTRE_NUMERATOR, CENTRE_DENOMINATOR, 0.180625 - q * q);
  const r = Math.sqrt(-log(q < 0 ? p : 1 - p));
  const z =
    r <= 5 ? ratio(TAIL_NUMERATOR, TAIL_DENOMINATOR, r - 1.6) : ratio(FAR_NUMERATOR, FAR_DENOMINATOR, r - 5);
  return q < 0 ? -z : z;
}

const ratio = (numerator: number[], denominator: number[], x: number): number =>
  polynomial(numerator, x) / polynomial(denominator, x);

const polynomial = (coefficients: number[], x: number): number =>
  coefficients.reduceRight((sum, c) => sum * x + c, 0);

/** P(|T| ≥ |t|) of Student's t with `df` degrees of freedom. */
export const studentTwoSided = (t: number, df: number): number =>
  incompleteBeta(df / 2, 0.5, df / (df + t * t));

/**
 * The t that |T| exceeds with probability `alpha`: 1.96 and more for 0.05. By bisection in log t.
 * @throws RangeError when alpha is not between 0 and 1, or df is not positive.
 */
export function studentCritical(alpha: number, df: number): number {
  checkShare('alpha', alpha);
  if (!(df > 0)) throw new RangeError(`df must be positive, but is ${df}`);
  let [low, high] = [-40, 700];
  for (let k = 0; k < 100; k++) {
    const middle = (low + high) / 2;
    if (studentTwoSided(exp(middle), df) > alpha) low = middle;
    else high = middle;
  }
  return exp((low + high) / 2);
}

/** P(χ² ≥ x) with `df` degrees of freedom. */
export const chiSquaredTail = (x: number, df: number): number => upperGamma(df / 2, x / 2);
