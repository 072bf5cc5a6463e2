import { exp, log, sigmoid } from '../../numeric/elementary.js';

/** `P(class 1) = 1 / (1 + e^−(slope · f + offset))` for a decision value f. */
export interface PlattSigmoid {
  readonly slope: number;
  readonly offset: number;
}

const MOST_STEPS = 100;
/** Keeps the Hessian positive definite. */
const RIDGE = 1e-12;

/**
 * Turns decision values into probabilities (Platt 1999, by the Newton method of Lin, Lin & Weng 2007,
 * doi:10.1007/s10994-007-5018-6). The targets are `(n₁ + 1) / (n₁ + 2)` and `1 / (n₀ + 2)` instead of 1 and 0, which
 * keeps separable values from an infinite slope.
 * @param decisions - n values from folds that did not see their rows.
 * @param labels - n labels, 0 or 1.
 */
export function fitPlatt(decisions: Float64Array, labels: ArrayLike<number>): PlattSigmoid {
  const targets = targetsOf(labels);
  const positives = Array.from(labels).filter((label) => label === 1).length;
  let slope = 0;
  let offset = log((positives + 1) / (labels.length - positives + 1));
  let loss = lossOf(decisions, targets, slope, offset);
  for (let step = 0; step < MOST_STEPS; step++) {
    const { g, h } = derivatives(decisions, targets, slope, offset);
    if (Math.abs(g[0]) < 1e-10 && Math.abs(g[1]) < 1e-10) break;
    const determinant = h[0] * h[2] - h[1] * h[1];
    const dSlope = -(h[2] * g[0] - h[1] * g[1]) / determinant;
    const dOffset = -(h[0] * g[1] - h[1] * g[0]) / determinant;
    let length = 1;
    let next = loss;
    for (; length > 1e-10; length /= 2) {
      next = lossOf(decisions, targets, slope + length * dSlope, offset + length * dOffset);
      if (next < loss) break;
    }
    if (!(next < loss)) break;
    slope += length * dSlope;
    offset += length * dOffset;
    loss = next;
  }
  return { slope, offset };
}

function targetsOf(labels: ArrayLike<number>): Float64Array {
  let positives = 0;
  for (let i = 0; i < labels.length; i++) positives += labels[i];
  const high = (positives + 1) / (positives + 2);
  const low = 1 / (labels.length - positives + 2);
  return Float64Array.from(labels, (label) => (label === 1 ? high : low));
}

/** Cross entropy of the targets, without overflow. */
function lossOf(f: Float64Array, targets: Float64Array, slope: number, offset: number): number {
  let loss = 0;
  for (let i = 0; i < f.length; i++) {
    const z = slope * f[i] + offset;
    loss += (z > 0 ? (1 - targets[i]) * z : -targets[i] * z) + log(1 + exp(-Math.abs(z)));
  }
  return loss;
}

/** Gradient, and the Hessian's three entries. */
function derivatives(
  f: Float64Array,
  targets: Float64Array,
  slope: number,
  offset: number,
): { g: [number, number]; h: [number, number, number] } {
  const g: [number, number] = [0, 0];
  const h: [number, number, number] = [RIDGE, 0, RIDGE];
  for (let i = 0; i < f.length; i++) {
    const p = sigmoid(slope * f[i] + offset);
    const residual = p - targets[i];
    const curvature = p * (1 - p);
    g[0] += residual * f[i];
    g[1] += residual;
    h[0] += curvature * f[i] * f[i];
    h[1] += curvature * f[i];
    h[2] += curvature;
  }
  return { g, h };
}
