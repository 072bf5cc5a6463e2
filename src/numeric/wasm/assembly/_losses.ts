import { exp1, log1, softplus1 } from './_elementary';

// Each loss takes n rows of `cols` true columns (stride ld), the targets T in the same layout and one weight per row
// (its class weight over n). It writes the gradient into G, whose padding it leaves zero, and returns the weighted sum
// of the rows' losses. `Z` are scores before the output's sigmoid or softmax, `Y` are outputs after their activation.

/** Binary cross-entropy from scores, the mean over the columns. */
export function binaryCrossentropy(Z: usize, T: usize, w: usize, G: usize, n: i32, cols: i32, ld: i32): f64 {
  let total: f64 = 0;
  for (let i = 0; i < n; i++) {
    const weight = <f64>load<f32>(w + ((<usize>i) << 2)) / <f64>cols;
    for (let j = 0; j < cols; j++) {
      const o = (<usize>(i * ld + j)) << 2;
      const z = <f64>load<f32>(Z + o);
      const t = <f64>load<f32>(T + o);
      const e = exp1(-Math.abs(z));
      const p = (z >= 0 ? 1.0 : e) / (1.0 + e);
      total += weight * (max(z, 0.0) + log1(1.0 + e) - z * t);
      store<f32>(G + o, <f32>(weight * (p - t)));
    }
  }
  return total;
}

/** Cross-entropy of the softmax of the scores; the targets of a row are probabilities. */
export function categoricalCrossentropy(
  Z: usize,
  T: usize,
  w: usize,
  G: usize,
  n: i32,
  cols: i32,
  ld: i32,
): f64 {
  let total: f64 = 0;
  for (let i = 0; i < n; i++) {
    const weight = <f64>load<f32>(w + ((<usize>i) << 2));
    const row = (<usize>(i * ld)) << 2;
    const logSum = logSumExp(Z + row, cols);
    let mass: f64 = 0;
    for (let j = 0; j < cols; j++) mass += <f64>load<f32>(T + row + ((<usize>j) << 2));
    for (let j = 0; j < cols; j++) {
      const o = row + ((<usize>j) << 2);
      const z = <f64>load<f32>(Z + o);
      const t = <f64>load<f32>(T + o);
      if (t != 0) total += weight * t * (logSum - z);
      store<f32>(G + o, <f32>(weight * (mass * exp1(z - logSum) - t)));
    }
  }
  return total;
}

/** Focal loss −(1 − p)^γ log p of the true side's sigmoid p, the mean over the columns; targets are 0 or 1. */
export function binaryFocal(
  Z: usize,
  T: usize,
  w: usize,
  G: usize,
  n: i32,
  cols: i32,
  ld: i32,
  gamma: f64,
): f64 {
  let total: f64 = 0;
  for (let i = 0; i < n; i++) {
    const weight = <f64>load<f32>(w + ((<usize>i) << 2)) / <f64>cols;
    for (let j = 0; j < cols; j++) {
      const o = (<usize>(i * ld + j)) << 2;
      const sign = load<f32>(T + o) > 0.5 ? 1.0 : -1.0;
      const s = sign * <f64>load<f32>(Z + o);
      const logP = -softplus1(-s);
      const damping = exp1(-gamma * softplus1(s)); // (1 − p)^γ
      const p = exp1(logP);
      total -= weight * damping * logP;
      store<f32>(G + o, <f32>(weight * sign * damping * (gamma * p * logP - (1.0 - p))));
    }
  }
  return total;
}

/** Focal loss of the true class's softmax probability; each row of targets has a single 1. */
export function categoricalFocal(
  Z: usize,
  T: usize,
  w: usize,
  G: usize,
  n: i32,
  cols: i32,
  ld: i32,
  gamma: f64,
): f64 {
  let total: f64 = 0;
  for (let i = 0; i < n; i++) {
    const weight = <f64>load<f32>(w + ((<usize>i) << 2));
    const row = (<usize>(i * ld)) << 2;
    const logSum = logSumExp(Z + row, cols);
    let truth = 0;
    for (let j = 0; j < cols; j++) if (load<f32>(T + row + ((<usize>j) << 2)) > 0.5) truth = j;
    const logP = <f64>load<f32>(Z + row + ((<usize>truth) << 2)) - logSum;
    const p = exp1(logP);
    const rest = 1.0 - p;
    const lessOne = rest > 0 ? exp1((gamma - 1.0) * log1(rest)) : gamma == 1.0 ? 1.0 : 0.0; // (1 − p)^(γ − 1)
    const damping = gamma == 0.0 ? 1.0 : lessOne * rest;
    const factor = gamma * p * (gamma == 0.0 ? 0.0 : lessOne) * logP - damping;
    total -= weight * damping * logP;
    for (let j = 0; j < cols; j++) {
      const o = row + ((<usize>j) << 2);
      const share = exp1(<f64>load<f32>(Z + o) - logSum);
      store<f32>(G + o, <f32>(weight * factor * ((j == truth ? 1.0 : 0.0) - share)));
    }
  }
  return total;
}

function logSumExp(z: usize, cols: i32): f64 {
  let top: f64 = -Infinity;
  for (let j = 0; j < cols; j++) top = max(top, <f64>load<f32>(z + ((<usize>j) << 2)));
  let sum: f64 = 0;
  for (let j = 0; j < cols; j++) sum += exp1(<f64>load<f32>(z + ((<usize>j) << 2)) - top);
  return top + log1(sum);
}

/** Squared error, or Huber's: quadratic up to `delta`, linear beyond (`delta` = ∞ with factor 2 is the square). */
export function residualLoss(
  Y: usize,
  T: usize,
  w: usize,
  G: usize,
  n: i32,
  cols: i32,
  ld: i32,
  delta: f64,
): f64 {
  let total: f64 = 0;
  for (let i = 0; i < n; i++) {
    const weight = <f64>load<f32>(w + ((<usize>i) << 2)) / <f64>cols;
    for (let j = 0; j < cols; j++) {
      const o = (<usize>(i * ld + j)) << 2;
      const r = <f64>load<f32>(Y + o) - <f64>load<f32>(T + o);
      if (delta == Infinity) {
        total += weight * r * r;
        store<f32>(G + o, <f32>(weight * 2.0 * r));
      } else {
        const a = Math.abs(r);
        total += weight * (a <= delta ? 0.5 * r * r : delta * (a - 0.5 * delta));
        store<f32>(G + o, <f32>(weight * max(-delta, min(delta, r))));
      }
    }
  }
  return total;
}
