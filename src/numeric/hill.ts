import { exp, log } from './elementary.js';

/** A two-parameter log-logistic curve: `100 / (1 + (dose / ec50)^slope)`. */
export interface Hill {
  /** Dose of half effect, in the dose's unit. */
  readonly ec50: number;
  readonly slope: number;
  /** Root mean square of what is left, in %. */
  readonly residual: number;
  /** Whether the EC50 lies outside the tested doses: then it says no more than that. */
  readonly extrapolated: boolean;
}

/** Viability in % of the control at a dose. */
export const hillAt = ({ ec50, slope }: Pick<Hill, 'ec50' | 'slope'>, dose: number): number =>
  dose > 0 ? 100 / (1 + exp(slope * (log(dose) - log(ec50)))) : 100;

const MOST_STEPS = 200;
/** How far beyond the tested doses the EC50 may lie, and within what the slope: natural logarithms. */
const BEYOND = log(1000);
const SLOPES = [log(0.1), log(20)];

/**
 * Least squares by the Levenberg–Marquardt method in log EC50 and log slope, from several starts.
 * @param dose - n positive doses. @param viability - n values in % of the control.
 * @param weights - n weights; all 1.
 * @throws RangeError when fewer than three rows, or fewer than two doses, have a weight.
 */
export function fitHill(
  dose: ArrayLike<number>,
  viability: ArrayLike<number>,
  weights: ArrayLike<number> = new Float64Array(dose.length).fill(1),
): Hill {
  const rows = Array.from({ length: dose.length }, (_, i) => i).filter((i) => weights[i] > 0);
  const logs = Float64Array.from(rows, (i) => log(dose[i]));
  if (rows.length < 3 || new Set(logs).size < 2 || logs.some((x) => !Number.isFinite(x)))
    throw new RangeError(
      `dose must hold at least 3 rows of at least 2 positive doses, but holds ${rows.length}`,
    );
  const y = Float64Array.from(rows, (i) => viability[i]);
  const w = Float64Array.from(rows, (i) => weights[i]);
  const [least, most] = [Math.min(...logs), Math.max(...logs)];
  const bounds = [[least - BEYOND, most + BEYOND], SLOPES];
  const starts = [0.2, 0.5, 0.8].map((share) => [least + share * (most - least), 0]);
  const fits = starts.map((start) => descend(start, logs, y, w, bounds));
  const best = fits.reduce((a, b) => (b.loss < a.loss ? b : a));
  const total = w.reduce((sum, v) => sum + v, 0);
  return {
    ...{ ec50: exp(best.at[0]), slope: exp(best.at[1]), residual: Math.sqrt(best.loss / total) },
    extrapolated: best.at[0] < least || best.at[0] > most,
  };
}

function descend(
  start: readonly number[],
  x: Float64Array,
  y: Float64Array,
  w: Float64Array,
  bounds: readonly (readonly number[])[],
) {
  let at = [...start];
  let { loss, gradient, curvature } = normalEquations(at, x, y, w);
  let damping = 1e-3;
  for (let step = 0; step < MOST_STEPS && damping < 1e12; step++) {
    const [a, b, c] = [curvature[0] * (1 + damping), curvature[1], curvature[2] * (1 + damping)];
    const determinant = a * c - b * b || 1e-300;
    const move = [
      (c * gradient[0] - b * gradient[1]) / determinant,
      (a * gradient[1] - b * gradient[0]) / determinant,
    ];
    const tried = at.map((v, k) => Math.min(Math.max(v + move[k], bounds[k][0]), bounds[k][1]));
    const next = normalEquations(tried, x, y, w);
    if (next.loss <= loss) {
      const small = tried.every((v, k) => Math.abs(v - at[k]) < 1e-12 * (1 + Math.abs(v)));
      at = tried;
      ({ loss, gradient, curvature } = next);
      damping = Math.max(damping / 10, 1e-15);
      if (small) break;
    } else damping *= 10;
  }
  return { at, loss };
}

/** Sum of squares, and Gauss and Newton's gradient and curvature `[aa, ab, bb]` in log EC50 and log slope. */
function normalEquations(at: readonly number[], x: Float64Array, y: Float64Array, w: Float64Array) {
  const slope = exp(at[1]);
  const gradient = [0, 0];
  const curvature = [0, 0, 0];
  let loss = 0;
  for (let i = 0; i < x.length; i++) {
    const share = 1 / (1 + exp(slope * (x[i] - at[0])));
    const rest = y[i] - 100 * share;
    const steep = 100 * share * (1 - share) * slope;
    const [da, db] = [steep, -steep * (x[i] - at[0])];
    loss += w[i] * rest * rest;
    gradient[0] += w[i] * da * rest;
    gradient[1] += w[i] * db * rest;
    curvature[0] += w[i] * da * da;
    curvature[1] += w[i] * da * db;
    curvature[2] += w[i] * db * db;
  }
  return { loss, gradient, curvature };
}
