import { log } from './elementary.js';
import { fitLogistic } from './logistic.js';

/** `P(class 1) = sigmoid(slope · score + intercept)`. */
export interface PlattLine {
  readonly slope: number;
  readonly intercept: number;
}

/**
 * Turns scores into probabilities by a line in the logit (Platt 1999; Lin, Lin & Weng 2007,
 * doi:10.1007/s10994-007-5018-6). The targets are `(n₁ + 1) / (n₁ + 2)` and `1 / (n₀ + 2)` instead of 1 and 0, which
 * keeps separable scores from an infinite slope. Where all scores are the same only the mean is learned.
 * @param scores - n values from a model that did not see their rows. @param labels - n labels, 0 or 1.
 */
export function fitPlattLine(scores: ArrayLike<number>, labels: ArrayLike<number>): PlattLine {
  const targets = smoothedTargets(labels);
  const { mean, deviation } = spread(scores);
  if (deviation === 0) {
    const share = spread(targets).mean;
    return { slope: 0, intercept: log(share / (1 - share)) };
  }
  const data = new Float64Array(2 * scores.length).fill(1);
  for (let i = 0; i < scores.length; i++) data[2 * i] = (scores[i] - mean) / deviation;
  const [slope, intercept] = fitLogistic({ rows: scores.length, cols: 2, data }, targets).coefficients;
  return { slope: slope / deviation, intercept: intercept - (slope * mean) / deviation };
}

function smoothedTargets(labels: ArrayLike<number>): Float64Array {
  let positive = 0;
  for (let i = 0; i < labels.length; i++) positive += labels[i];
  const [high, low] = [(positive + 1) / (positive + 2), 1 / (labels.length - positive + 2)];
  return Float64Array.from(labels, (label) => (label === 1 ? high : low));
}

function spread(values: ArrayLike<number>): { mean: number; deviation: number } {
  let [mean, squares] = [0, 0];
  for (let i = 0; i < values.length; i++) mean += values[i] / values.length;
  for (let i = 0; i < values.length; i++) squares += (values[i] - mean) * (values[i] - mean);
  const deviation = Math.sqrt(squares / values.length);
  return { mean, deviation: deviation > 1e-12 * Math.abs(mean) ? deviation : 0 };
}
