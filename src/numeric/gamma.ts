import { exp, log } from './elementary.js';

const LANCZOS = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
  12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
];
const HALF_LOG_TWO_PI = 0.9189385332046727;
const TINY = 1e-300;
const ENOUGH = 1e-15;

/** ln Γ(x) for x > 0, by Lanczos's series (g = 7, nine terms); relative error near 1e-14. */
export function logGamma(x: number): number {
  const z = x - 1;
  let sum = LANCZOS[0];
  for (let k = 1; k < LANCZOS.length; k++) sum += LANCZOS[k] / (z + k);
  const t = z + 7.5;
  return HALF_LOG_TWO_PI + (z + 0.5) * log(t) - t + log(sum);
}

/**
 * The regularised upper incomplete gamma function Q(a, x): the tail of a χ² distribution is Q(k/2, x/2).
 *
 * Series below a + 1, Lentz's continued fraction above (Press et al., Numerical Recipes, 6.2).
 */
export function upperGamma(a: number, x: number): number {
  if (x <= 0) return 1;
  if (x === Number.POSITIVE_INFINITY) return 0;
  const front = exp(a * log(x) - x - logGamma(a));
  return x < a + 1 ? 1 - front * gammaSeries(a, x) : front * gammaFraction(a, x);
}

function gammaSeries(a: number, x: number): number {
  let term = 1 / a;
  let sum = term;
  for (let k = 1; term > sum * ENOUGH; k++) {
    term *= x / (a + k);
    sum += term;
  }
  return sum;
}

function gammaFraction(a: number, x: number): number {
  let b = x + 1 - a;
  let c = 1 / TINY;
  let d = 1 / b;
  let h = d;
  for (let k = 1, step = 0; Math.abs(step - 1) > ENOUGH; k++) {
    const an = -k * (k - a);
    b += 2;
    d = 1 / kept(an * d + b);
    c = kept(b + an / c);
    step = c * d;
    h *= step;
  }
  return h;
}

/**
 * The regularised incomplete beta function I_x(a, b): Student's t and F are read off it. Lentz's continued fraction
 * (Press et al., 6.4).
 */
export function incompleteBeta(a: number, b: number, x: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  const front = exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * log(x) + b * log(1 - x));
  return x < (a + 1) / (a + b + 2)
    ? (front * betaFraction(a, b, x)) / a
    : 1 - (front * betaFraction(b, a, 1 - x)) / b;
}

function betaFraction(a: number, b: number, x: number): number {
  let c = 1;
  let d = 1 / kept(1 - ((a + b) * x) / (a + 1));
  let h = d;
  for (let m = 1, step = 0; Math.abs(step - 1) > ENOUGH; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / kept(1 + even * d);
    c = kept(1 + even / c);
    h *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / kept(1 + odd * d);
    c = kept(1 + odd / c);
    step = d * c;
    h *= step;
    if (m > 10_000) break; // far in a tail the last digit may waver
  }
  return h;
}

/** A denominator that must not be zero. */
const kept = (x: number): number => (Math.abs(x) < TINY ? TINY : x);
