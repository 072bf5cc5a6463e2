import { lowerBound } from './axis.js';

/**
 * Cubic spline through all points with not-a-knot ends: the first two pieces are one cubic, and the last two.
 *
 * de Boor (1978), A Practical Guide to Splines, chapter IV
 * @param x - n ascending abscissae, n at least 2; below 4 points the polynomial through them.
 * @returns the spline as a function, for x inside the range.
 */
export function cubicSpline(x: ArrayLike<number>, y: ArrayLike<number>): (at: number) => number {
  if (x.length < 4) return throughFew(x, y);
  const slopes = knotSlopes(x, y);
  return (at) => {
    const k = Math.min(Math.max(lowerBound(x, at) - 1, 0), x.length - 2);
    const h = x[k + 1] - x[k];
    const t = at - x[k];
    const chord = (y[k + 1] - y[k]) / h;
    const c = (3 * chord - 2 * slopes[k] - slopes[k + 1]) / h;
    const d = (slopes[k] + slopes[k + 1] - 2 * chord) / (h * h);
    return y[k] + t * (slopes[k] + t * (c + t * d));
  };
}

/** Newton's polynomial through two or three points. */
function throughFew(x: ArrayLike<number>, y: ArrayLike<number>): (at: number) => number {
  const first = (y[1] - y[0]) / (x[1] - x[0]);
  if (x.length === 2) return (at) => y[0] + first * (at - x[0]);
  const second = ((y[2] - y[1]) / (x[2] - x[1]) - first) / (x[2] - x[0]);
  return (at) => y[0] + (at - x[0]) * (first + second * (at - x[1]));
}

/** Slopes at the knots: a tridiagonal system, its first and last row from the not-a-knot condition. */
function knotSlopes(x: ArrayLike<number>, y: ArrayLike<number>): Float64Array {
  const n = x.length;
  const h = (i: number) => x[i + 1] - x[i];
  const chord = (i: number) => (y[i + 1] - y[i]) / h(i);
  const lower = new Float64Array(n);
  const diagonal = new Float64Array(n);
  const upper = new Float64Array(n);
  const right = new Float64Array(n);
  const first = x[2] - x[0];
  diagonal[0] = h(1);
  upper[0] = first;
  right[0] = ((h(0) + 2 * first) * h(1) * chord(0) + h(0) * h(0) * chord(1)) / first;
  for (let i = 1; i < n - 1; i++) {
    lower[i] = h(i);
    diagonal[i] = 2 * (h(i - 1) + h(i));
    upper[i] = h(i - 1);
    right[i] = 3 * (h(i) * chord(i - 1) + h(i - 1) * chord(i));
  }
  const last = x[n - 1] - x[n - 3];
  lower[n - 1] = last;
  diagonal[n - 1] = h(n - 3);
  right[n - 1] =
    (h(n - 2) * h(n - 2) * chord(n - 3) + (2 * last + h(n - 2)) * h(n - 3) * chord(n - 2)) / last;
  return solveTridiagonal(lower, diagonal, upper, right);
}

/** Thomas's elimination; overwrites the diagonal and the right-hand side. */
function solveTridiagonal(
  lower: Float64Array,
  diagonal: Float64Array,
  upper: Float64Array,
  right: Float64Array,
): Float64Array {
  const n = right.length;
  for (let i = 1; i < n; i++) {
    const factor = lower[i] / diagonal[i - 1];
    diagonal[i] -= factor * upper[i - 1];
    right[i] -= factor * right[i - 1];
  }
  for (let i = n - 1; i >= 0; i--)
    right[i] = (right[i] - (i < n - 1 ? upper[i] * right[i + 1] : 0)) / diagonal[i];
  return right;
}
