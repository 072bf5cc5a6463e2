import { cholesky, choleskySolve } from './cholesky.js';
import { type Matrix, matrix } from './matrix.js';

/**
 * Non-negative least squares: x ≥ 0 that minimises |A x − b|, from G = AᵀA and f = Aᵀb, by active sets.
 *
 * Lawson & Hanson (1974), Solving Least Squares Problems, chapter 23; Bro & De Jong (1997), for working on AᵀA.
 * @param G - k × k, positive semidefinite.
 * @param f - k.
 * @returns k amounts, 0 where a column is not used.
 */
export function nonNegativeLeastSquares(G: Matrix, f: ArrayLike<number>): Float64Array {
  const k = G.rows;
  const x = new Float64Array(k);
  const passive = new Set<number>();
  const scale = Float64Array.from(f).reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const tolerance = 1e-12 * Math.max(scale, Number.MIN_VALUE);
  for (let turn = 0; turn < 3 * k + 10; turn++) {
    const entering = steepest(G, f, x, passive, tolerance);
    if (entering < 0) break;
    passive.add(entering);
    if (!settle(G, f, x, passive)) {
      passive.delete(entering);
      break;
    }
  }
  return x;
}

/** The unused column along which the error falls fastest; −1 where none lowers it. */
function steepest(
  G: Matrix,
  f: ArrayLike<number>,
  x: Float64Array,
  passive: ReadonlySet<number>,
  tolerance: number,
): number {
  let best = -1;
  let most = tolerance;
  for (let j = 0; j < x.length; j++) {
    if (passive.has(j)) continue;
    let gradient = f[j];
    for (const i of passive) gradient -= G.data[j * G.cols + i] * x[i];
    if (gradient > most) {
      most = gradient;
      best = j;
    }
  }
  return best;
}

/** Solves on the used columns; those that would turn negative leave, one a turn. False where they depend on each other. */
function settle(G: Matrix, f: ArrayLike<number>, x: Float64Array, passive: Set<number>): boolean {
  for (;;) {
    const used = [...passive];
    const target = solveOn(G, f, used);
    if (!target) return false;
    const { leaving, share } = firstToVanish(x, used, target);
    used.forEach((j, k) => {
      x[j] += share * (target[k] - x[j]);
    });
    if (leaving < 0) return true;
    x[leaving] = 0;
    passive.delete(leaving);
  }
}

/** On the way from x to the target, the column that reaches zero first and the share of the way; −1 and 1 where none does. */
function firstToVanish(x: Float64Array, used: readonly number[], target: Float64Array) {
  let leaving = -1;
  let share = 1;
  used.forEach((j, k) => {
    if (target[k] > 0) return;
    const reached = x[j] / (x[j] - target[k] || 1);
    if (leaving < 0 || reached < share) {
      leaving = j;
      share = reached;
    }
  });
  return { leaving, share };
}

function solveOn(G: Matrix, f: ArrayLike<number>, used: readonly number[]): Float64Array | null {
  const part = matrix(used.length, used.length);
  used.forEach((i, a) => {
    used.forEach((j, b) => {
      part.data[a * used.length + b] = G.data[i * G.cols + j];
    });
  });
  const L = cholesky(part);
  return L
    ? choleskySolve(
        L,
        used.map((j) => f[j]),
      )
    : null;
}
