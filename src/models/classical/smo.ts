/** The dual problem of a support vector machine: min ½ αᵀQα − Σα, 0 ≤ α ≤ cap, Σ yα = 0, Q_ij = y_i y_j K_ij. */
export interface DualProblem {
  /** −1 or 1 per row. */
  readonly signs: Float64Array;
  /** Upper bound of each α. */
  readonly caps: Float64Array;
  readonly diagonal: Float64Array;
  readonly kernel: (i: number) => Float64Array;
  /** Largest violation of the optimality conditions that is let pass. */
  readonly tolerance: number;
  readonly maximumSteps: number;
}

export interface DualSolution {
  readonly alpha: Float64Array;
  /** What is added to `Σ α y K(x)`. */
  readonly intercept: number;
  /** Whether the tolerance was reached within the steps. */
  readonly converged: boolean;
}

/** Curvature that stands in for one that is not positive. */
const LEAST_CURVATURE = 1e-12;

/**
 * Sequential minimal optimisation (Platt 1998) with the second-order choice of pairs of Fan, Chen & Lin (2005,
 * JMLR 6:1889-1918), as in LIBSVM without shrinking.
 */
export function solveDual(problem: DualProblem): DualSolution {
  const { signs, tolerance, maximumSteps } = problem;
  const alpha = new Float64Array(signs.length);
  /** Gradient of the objective. */
  const gradient = new Float64Array(signs.length).fill(-1);
  for (let step = 0; step < maximumSteps; step++) {
    const pair = choosePair(problem, alpha, gradient);
    if (pair.violation < tolerance)
      return { alpha, intercept: interceptOf(problem, alpha, gradient), converged: true };
    solvePair(problem, alpha, gradient, pair.i, pair.j);
  }
  return { alpha, intercept: interceptOf(problem, alpha, gradient), converged: false };
}

/** The row that violates most from below, the partner that promises the largest drop, and the gap between extremes. */
function choosePair(
  { signs, caps, diagonal, kernel }: DualProblem,
  alpha: Float64Array,
  gradient: Float64Array,
): { i: number; j: number; violation: number } {
  const n = signs.length;
  let i = -1;
  let most = Number.NEGATIVE_INFINITY;
  for (let t = 0; t < n; t++)
    if (canRise(signs[t], alpha[t], caps[t]) && -signs[t] * gradient[t] > most) {
      most = -signs[t] * gradient[t];
      i = t;
    }
  let j = -1;
  let least = Number.POSITIVE_INFINITY;
  let bestDrop = 0;
  if (i < 0) return { i, j, violation: 0 };
  const row = kernel(i);
  for (let t = 0; t < n; t++) {
    if (!canRise(-signs[t], alpha[t], caps[t])) continue;
    const slope = -signs[t] * gradient[t];
    if (slope < least) least = slope;
    const gap = most - slope;
    if (gap <= 0) continue;
    const curvature = Math.max(diagonal[i] + diagonal[t] - 2 * row[t], LEAST_CURVATURE);
    const drop = (gap * gap) / curvature;
    if (drop > bestDrop) {
      bestDrop = drop;
      j = t;
    }
  }
  return { i, j, violation: j < 0 ? 0 : most - least };
}

/** Whether `y α` of a row may grow. */
const canRise = (sign: number, alpha: number, cap: number): boolean => (sign > 0 ? alpha < cap : alpha > 0);

/** Moves y_i α_i up and y_j α_j down by the same amount, as far as the objective falls and the bounds allow. */
function solvePair(
  { signs, caps, diagonal, kernel }: DualProblem,
  alpha: Float64Array,
  gradient: Float64Array,
  i: number,
  j: number,
): void {
  const rowI = kernel(i);
  const rowJ = kernel(j);
  const curvature = Math.max(diagonal[i] + diagonal[j] - 2 * rowI[j], LEAST_CURVATURE);
  const wanted = (signs[j] * gradient[j] - signs[i] * gradient[i]) / curvature;
  const roomI = signs[i] > 0 ? caps[i] - alpha[i] : alpha[i];
  const roomJ = signs[j] > 0 ? alpha[j] : caps[j] - alpha[j];
  const step = Math.min(wanted, roomI, roomJ);
  // The bound itself where it is met, so that no α is left a rounding error short of it.
  alpha[i] = step === roomI ? (signs[i] > 0 ? caps[i] : 0) : alpha[i] + signs[i] * step;
  alpha[j] = step === roomJ ? (signs[j] > 0 ? 0 : caps[j]) : alpha[j] - signs[j] * step;
  for (let t = 0; t < signs.length; t++) gradient[t] += signs[t] * step * (rowI[t] - rowJ[t]);
}

/** The mean of what the free rows say; without free rows the middle of what the bounds allow. */
function interceptOf({ signs, caps }: DualProblem, alpha: Float64Array, gradient: Float64Array): number {
  let upper = Number.POSITIVE_INFINITY;
  let lower = Number.NEGATIVE_INFINITY;
  let free = 0;
  let sum = 0;
  for (let t = 0; t < signs.length; t++) {
    const slope = -signs[t] * gradient[t];
    const rises = canRise(signs[t], alpha[t], caps[t]);
    const falls = canRise(-signs[t], alpha[t], caps[t]);
    if (rises && falls) {
      free++;
      sum += slope;
    } else if (rises) lower = Math.max(lower, slope);
    else upper = Math.min(upper, slope);
  }
  return free > 0 ? sum / free : (upper + lower) / 2;
}
